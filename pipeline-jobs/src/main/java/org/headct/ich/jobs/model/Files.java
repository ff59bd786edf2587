package org.headct.ich.jobs.model;

import java.io.IOException;
import java.io.OutputStream;
import java.util.UUID;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileContext;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Options;
import org.apache.hadoop.fs.Path;

/** Files of a run directory on any Hadoop file system. */
final class Files {
  private Files() {}

  /** Writes what a file holds. */
  interface Content {
    void writeTo(OutputStream out) throws IOException;
  }

  /**
   * Writes a file whole or not at all: under a temporary name first, then renamed over the old one.
   */
  static void writeAtomically(Configuration conf, Path file, Content content) throws IOException {
    FileSystem fs = file.getFileSystem(conf);
    Path qualified = fs.makeQualified(file);
    Path temporary =
        new Path(qualified.getParent(), "." + file.getName() + "." + UUID.randomUUID() + ".tmp");
    try {
      try (OutputStream out = fs.create(temporary)) {
        content.writeTo(out);
      }
      replace(conf, temporary, qualified);
    } catch (IOException e) {
      fs.delete(temporary, false);
      throw new IOException("cannot write %s: %s".formatted(file, e.getMessage()), e);
    }
  }

  /** Renames a file over another in one step. */
  static void replace(Configuration conf, Path from, Path to) throws IOException {
    FileSystem fs = to.getFileSystem(conf);
    Path target = fs.makeQualified(to);
    FileContext.getFileContext(target.toUri(), conf)
        .rename(fs.makeQualified(from), target, Options.Rename.OVERWRITE);
  }
}
