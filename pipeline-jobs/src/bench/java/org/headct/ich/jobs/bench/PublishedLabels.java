package org.headct.ich.jobs.bench;

import java.io.IOException;
import java.nio.file.Path;
import org.headct.ich.jobs.testing.LabelFiles;

/**
 * Program that writes a label file of the published size, an input of {@code deploy/bench/start}.
 */
final class PublishedLabels {
  private PublishedLabels() {}

  /** Writes the file named by the argument, and prints the number of its rows and images. */
  public static void main(String[] args) throws IOException {
    LabelFiles.Truth truth = LabelFiles.stage2().write(Path.of(args[0]));
    System.out.println(truth.rows() + " " + truth.images());
  }
}
