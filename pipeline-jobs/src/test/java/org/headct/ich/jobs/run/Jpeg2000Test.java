package org.headct.ich.jobs.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import org.headct.ich.domain.dicom.DicomDefectException;
import org.headct.ich.domain.dicom.DicomHeader;
import org.headct.ich.domain.dicom.DicomReader;
import org.headct.ich.domain.dicom.builtin.BuiltinDicomReader;
import org.headct.ich.domain.dicom.codec.Jpeg2000;
import org.headct.ich.jobs.testing.Repository;
import org.junit.jupiter.api.Test;

/** JPEG 2000 without its decoder, as in a standard build, gives a finding. */
class Jpeg2000Test {
  @Test
  void isDecodedOrSaysWhatItTakes() throws IOException, DicomDefectException {
    byte[] object =
        Files.readAllBytes(
            Repository.top()
                .resolve(
                    "common/domain/src/test/resources/org/headct/ich/domain/dicom/builtin/synthetic")
                .resolve("j2k-90-12u.dcm"));
    DicomReader reader = new BuiltinDicomReader();
    DicomHeader header = reader.header(object);

    if (Jpeg2000.isPresent()) {
      assertThat(reader.pixels(object, header, 0).rows()).isEqualTo(header.rows());
      return;
    }
    assertThatThrownBy(() -> reader.pixels(object, header, 0))
        .isInstanceOf(DicomDefectException.class)
        .hasMessage(
            "transfer syntax 1.2.840.10008.1.2.4.90: JPEG 2000 takes a jar built with -Pjpeg2000");
    assertThat(reader.start(object, object.length).orElseThrow().unreadable())
        .hasMessageContaining("-Pjpeg2000");
  }
}
