package org.headct.ich.jobs.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.ServiceLoader;
import org.headct.ich.domain.config.Settings;
import org.headct.ich.domain.config.SettingsLoader;
import org.headct.ich.domain.dicom.DicomReader;
import org.headct.ich.domain.dicom.builtin.BuiltinDicomReader;
import org.headct.ich.domain.error.UserException;
import org.junit.jupiter.api.Test;

class DicomReadersTest {

  private static Settings settings(String reader) {
    return SettingsLoader.load(List.of(), List.of("dicom.reader=" + reader));
  }

  @Test
  void theBuiltInReaderIsInEveryBuild() {
    assertThat(DicomReaders.configured(settings("builtin"))).isEqualTo("builtin");
    assertThat(DicomReaders.named("builtin")).isInstanceOf(BuiltinDicomReader.class);
  }

  @Test
  void dcm4cheIsFoundWhereTheProfileBroughtItAndRefusedWithTheRemedyElsewhere() {
    Settings settings = settings("dcm4che");
    boolean present =
        ServiceLoader.load(DicomReader.class).stream()
            .anyMatch(service -> service.type().getSimpleName().equals("Dcm4cheReader"));
    if (present) {
      assertThat(DicomReaders.configured(settings)).isEqualTo("dcm4che");
      assertThat(DicomReaders.named("dcm4che")).isNotInstanceOf(BuiltinDicomReader.class);
    } else {
      assertThatThrownBy(() -> DicomReaders.configured(settings))
          .isInstanceOf(UserException.class)
          .hasMessageContaining("dicom.reader = dcm4che is not in this build")
          .hasMessageContaining("./mvnw -Pdcm4che,quick clean package");
    }
  }
}
