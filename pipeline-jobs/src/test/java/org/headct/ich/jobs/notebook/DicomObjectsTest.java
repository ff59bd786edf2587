package org.headct.ich.jobs.notebook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.hadoop.conf.Configuration;
import org.headct.ich.domain.config.SettingsLoader;
import org.headct.ich.domain.error.UserException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests of reading objects by the names that findings give them. */
class DicomObjectsTest {
  private static final byte[] BYTES = "no DICOM".getBytes(StandardCharsets.UTF_8);

  @TempDir private Path folder = Path.of("");
  private DicomObjects objects;

  @BeforeEach
  void open() {
    objects = new DicomObjects(new Configuration(), SettingsLoader.defaults());
  }

  @Test
  void ofAFile() throws Exception {
    Path file = Files.write(folder.resolve("ID_1!a.dcm"), BYTES);

    assertThat(objects.bytes("file:" + file)).isEqualTo(BYTES);
  }

  @Test
  void ofAMemberWhateverMarksItsNameHas() throws Exception {
    Path archive = folder.resolve("dump!1.zip");
    try (OutputStream out = Files.newOutputStream(archive);
        ZipOutputStream zip = new ZipOutputStream(out)) {
      zip.putNextEntry(new ZipEntry("other.dcm"));
      zip.write(1);
      zip.putNextEntry(new ZipEntry("a/ID_2!b.dcm"));
      zip.write(BYTES);
    }

    assertThat(objects.bytes("file:" + archive + "!a/ID_2!b.dcm")).isEqualTo(BYTES);
  }

  @Test
  void oneThatIsGoneIsNotNamed() {
    String object = "file:" + folder.resolve("Miller.dcm");

    assertThatThrownBy(() -> objects.bytes(object))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("no longer exists")
        .hasMessageNotContaining("Miller");
  }
}
