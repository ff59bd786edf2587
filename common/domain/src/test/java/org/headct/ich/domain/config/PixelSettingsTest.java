package org.headct.ich.domain.config;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.headct.ich.domain.ct.TensorRecipe;
import org.headct.ich.domain.error.UserException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A run's settings against those that a user sets. */
class PixelSettingsTest {
  private static final PixelSettings TRAINED =
      new PixelSettings(
          TensorRecipe.parse("64x64 brain:40/80,subdural:80/200 float32 v1"),
          0.75,
          DicomConfig.Reader.BUILTIN);

  /** Checks defaults, all of which differ from the run's values; the user has set none. */
  @Test
  void defaultsAreNoConflict() {
    assertThatCode(() -> check(List.of())).doesNotThrowAnyException();
  }

  @Test
  void whatTheRunHasMayBeSet() {
    assertThatCode(
            () ->
                check(
                    List.of(
                        "tensors.size=64",
                        "tensors.windows=brain:40/80,subdural",
                        "tensors.adjacent-slices=no",
                        "tensors.head-mask=false",
                        "tensors.values=float32",
                        "train.crop=0.75",
                        "dicom.reader=builtin",
                        "datasets.multilabel.tensors.size=128")))
        .doesNotThrowAnyException();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "tensors.size=128 | tensors.size = 128 (--set tensors.size=128), but the run has 64",
        "tensors.windows=brain | tensors.windows = brain:40/80 (--set tensors.windows=brain), but the run has brain:40/80,subdural:80/200",
        "tensors.adjacent-slices=true | tensors.adjacent-slices = true (--set tensors.adjacent-slices=true), but the run has false",
        "tensors.head-mask=true | tensors.head-mask = true (--set tensors.head-mask=true), but the run has false",
        "tensors.values=uint8 | tensors.values = uint8 (--set tensors.values=uint8), but the run has float32",
        "train.crop=1 | train.crop = 1.0 (--set train.crop=1), but the run has 0.75",
        "dicom.reader=dcm4che | dicom.reader = dcm4che (--set dicom.reader=dcm4che), but the run has builtin",
        "datasets.binary.tensors.size=256 | datasets.binary.tensors.size = 256 (--set datasets.binary.tensors.size=256), but the run has 64"
      })
  void anotherValueIsRefused(String set, String said) {
    assertThatThrownBy(() -> check(List.of(set)))
        .isInstanceOf(UserException.class)
        .hasMessage(
            "run b1 was trained with other settings: %s. Remove them, or name a run that was trained with them"
                .formatted(said));
  }

  @Test
  void aFileIsNamedWithItsLine(@TempDir Path folder) throws IOException {
    Path file = Files.writeString(folder.resolve("my.conf"), "\ntensors { size = 256 }\n");
    Settings settings = SettingsLoader.load(List.of(file), List.of());
    assertThatThrownBy(() -> TRAINED.check(settings, "b1", "binary"))
        .hasMessageContaining("tensors.size = 256 (%s:2), but the run has 64".formatted(file));
  }

  private static void check(List<String> overrides) {
    TRAINED.check(SettingsLoader.load(List.of(), overrides), "b1", "binary");
  }
}
