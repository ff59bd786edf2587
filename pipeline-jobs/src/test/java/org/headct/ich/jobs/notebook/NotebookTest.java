package org.headct.ich.jobs.notebook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.headct.ich.domain.config.Settings;
import org.headct.ich.domain.error.UserException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests of the options of {@code deploy/bin/notebooks} as they reach the kernel. */
class NotebookTest {
  @TempDir private Path folder = Path.of("");

  @Test
  void laterFilesAndSettingsWin() throws IOException {
    Path one =
        Files.writeString(folder.resolve("one.conf"), "warehouse.path = a, train.epochs = 3");
    Path two = Files.writeString(folder.resolve("two.conf"), "warehouse.path = b");

    Settings settings =
        Notebook.settings(
            Map.of(
                Notebook.CONFIG,
                one + "\n" + two,
                Notebook.SET,
                "models.path=c d\n\ndicom.input=e,f\n"));

    assertThat(settings.text("warehouse.path")).isEqualTo("b");
    assertThat(settings.text("models.path")).isEqualTo("c d");
    assertThat(settings.text("train.epochs")).isEqualTo("3");
    assertThat(settings.texts("dicom.input")).containsExactly("e", "f");
  }

  @Test
  void withoutOptionsTheDefaultsHold() {
    assertThat(Notebook.settings(Map.of()).text("warehouse.path")).isEqualTo("ich-data/warehouse");
  }

  @Test
  void anUnknownKeyIsRefusedAsByTheCommands() {
    assertThatThrownBy(() -> Notebook.settings(Map.of(Notebook.SET, "warehouse.pat=a")))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("warehouse.path");
  }
}
