package org.headct.ich.jobs.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.attribute.PosixFilePermissions;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.permission.FsPermission;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Permissions are set as by Hadoop's own local file system. */
class PlainLocalFileSystemTest {
  @TempDir private java.nio.file.Path folder = java.nio.file.Path.of("");

  @Test
  void itTakesThePlaceOfHadoopsOwn() throws IOException {
    Configuration hadoop = new Configuration(false);
    FileSystem before = FileSystem.get(URI.create("file:///"), hadoop);
    try {
      PlainLocalFileSystem.use(hadoop);
      FileSystem after = FileSystem.get(URI.create("file:///"), hadoop);
      PlainLocalFileSystem.use(hadoop);

      assertThat(after).isInstanceOf(PlainLocalFileSystem.class).isNotSameAs(before);
      assertThat(FileSystem.get(URI.create("file:///"), hadoop)).isSameAs(after);
    } finally {
      FileSystem.get(URI.create("file:///"), hadoop).close();
    }
  }

  @Test
  void rightsAreThoseThatWereAskedFor() throws IOException {
    Configuration hadoop = new Configuration(false);
    hadoop.set("fs.permissions.umask-mode", "027");
    try (PlainLocalFileSystem files = new PlainLocalFileSystem()) {
      files.initialize(URI.create("file:///"), hadoop);
      Path made = new Path(folder.resolve("a/b.txt").toString());
      files.mkdirs(made.getParent());
      files.create(made, true).close();
      assertThat(rights("a")).isEqualTo("rwxr-x---");
      assertThat(rights("a/b.txt")).isEqualTo("rw-r-----");

      for (String symbol : new String[] {"-rwx------", "-r--r--r--", "-rwxr-xr-t", "-rw-rw---T"}) {
        files.setPermission(made, FsPermission.valueOf(symbol));
        assertThat(rights("a/b.txt"))
            .isEqualTo(symbol.substring(1).replace('t', 'x').replace('T', '-'));
      }
    }
  }

  private String rights(String name) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve(name)));
  }
}
