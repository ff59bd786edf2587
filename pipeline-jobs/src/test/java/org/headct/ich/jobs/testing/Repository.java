package org.headct.ich.jobs.testing;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;

/** Places in the working copy that the tests run in. */
public final class Repository {
  private Repository() {}

  /** Returns the top folder. */
  public static Path top() {
    Path folder = Path.of("").toAbsolutePath();
    while (!Files.exists(folder.resolve(".mvn"))) {
      Path parent = folder.getParent();
      if (parent == null) {
        throw new IllegalStateException("no top folder above " + Path.of("").toAbsolutePath());
      }
      folder = parent;
    }
    return folder;
  }

  /**
   * Returns real data beside the repository. Skips the test with a message if the data is absent.
   */
  public static Path sharedData(String name) {
    Path file = top().resolveSibling("shared").resolve("data").resolve(name);
    Assumptions.assumeTrue(Files.exists(file), file + " is absent: not tested on real data");
    return file;
  }
}
