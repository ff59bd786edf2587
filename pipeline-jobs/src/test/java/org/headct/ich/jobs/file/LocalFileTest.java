package org.headct.ich.jobs.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.hadoop.conf.Configuration;
import org.headct.ich.domain.error.UserException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalFileTest {
  /** The SHA-256 of "abc" (FIPS 180-4). */
  private static final String SHA256 =
      "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

  private final Configuration conf = new Configuration();
  @TempDir private Path folder;
  private Path file = Path.of("");
  private String name = "";

  @BeforeEach
  void write() throws IOException {
    file = Files.writeString(folder.resolve("weights.h5"), "abc");
    // A file system whose paths are not local. Hadoop keeps one for each name.
    name = folder.getFileName().toString();
    conf.set("fs.viewfs.mounttable." + name + ".link./weights", folder.toUri().toString());
  }

  @Test
  void aLocalFileIsReadInPlaceAndStays() throws IOException {
    for (String path : new String[] {file.toString(), file.toUri().toString()}) {
      try (LocalFile local = LocalFile.of(conf, "train.weights", path)) {
        assertThat(local.path()).isEqualTo(file);
        assertThat(local.sha256()).isEqualTo(SHA256);
        assertThat(local.length()).isEqualTo(3);
      }
      assertThat(file).exists();
    }
  }

  @Test
  void anotherFileSystemsIsCopiedAndTheCopyGoes() throws IOException {
    LocalFile local =
        LocalFile.of(conf, "train.weights", "viewfs://" + name + "/weights/weights.h5");
    assertThat(local.path()).isNotEqualTo(file).content().isEqualTo("abc");
    assertThat(local.sha256()).isEqualTo(SHA256);
    local.close();
    assertThat(local.path()).doesNotExist();
    assertThat(file).exists();
  }

  @Test
  void anAbsentFileIsTheUsersMistake() {
    for (String path :
        new String[] {folder.resolve("no.h5").toString(), "viewfs://" + name + "/weights/no"}) {
      assertThatThrownBy(() -> LocalFile.of(conf, "train.weights", path))
          .isInstanceOf(UserException.class)
          .hasMessageContaining(path);
    }
  }
}
