package org.headct.ich.jobs.source;

import java.io.IOException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.hadoop.fs.Path;

/** The file system of an input. */
final class InputFiles {
  private InputFiles() {}

  /**
   * Returns the file system; for local files the one without Hadoop's checksum files. A dump has
   * none, and looking for each costs a call. Their names also fail if a file's name contains a
   * colon.
   */
  static FileSystem of(Path path, Configuration hadoop) throws IOException {
    FileSystem files = path.getFileSystem(hadoop);
    return files instanceof LocalFileSystem local ? local.getRawFileSystem() : files;
  }
}
