package org.headct.ich.jobs.file;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.attribute.PosixFilePermissions;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.hadoop.fs.permission.FsPermission;

/**
 * Hadoop's local file system with a faster way to set permissions. Without its native library
 * Hadoop starts a process, {@code chmod}, for every file and every checksum file. A table's commit
 * is a dozen small files, so that this took longer than writing the rows.
 */
public final class PlainLocalFileSystem extends LocalFileSystem {
  static final String KEY = "fs.file.impl";

  /** Called by Hadoop, which creates the class by name. */
  public PlainLocalFileSystem() {
    super(new Raw());
  }

  /**
   * Makes {@code hadoop} use this file system. A local file system that is already open is closed.
   */
  public static void use(Configuration hadoop) {
    if (PlainLocalFileSystem.class.getName().equals(hadoop.get(KEY))) {
      return;
    }
    try {
      FileSystem.get(URI.create("file:///"), hadoop).close();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot close the local file system", e);
    }
    hadoop.set(KEY, PlainLocalFileSystem.class.getName());
  }

  private static final class Raw extends RawLocalFileSystem {
    @Override
    public void setPermission(Path path, FsPermission permission) throws IOException {
      // The string has no place for the sticky bit, which nothing here sets.
      String symbol = permission.toString().substring(0, 9).replace('t', 'x').replace('T', '-');
      Files.setPosixFilePermissions(
          pathToFile(path).toPath(), PosixFilePermissions.fromString(symbol));
    }
  }
}
