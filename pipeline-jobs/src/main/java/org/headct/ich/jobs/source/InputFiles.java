package org.headct.ich.jobs.source;

import java.io.IOException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.hadoop.fs.Path;

/** The file system that an input lies on. */
final class InputFiles {
  private InputFiles() {}

  /**
   * The local one without Hadoop's checksum files: a dump has none, looking for them costs a call a
   * file, and their names fail where a file's name holds a colon.
   */
  static FileSystem of(Path path, Configuration hadoop) throws IOException {
    FileSystem files = path.getFileSystem(hadoop);
    return files instanceof LocalFileSystem local ? local.getRawFileSystem() : files;
  }
}
