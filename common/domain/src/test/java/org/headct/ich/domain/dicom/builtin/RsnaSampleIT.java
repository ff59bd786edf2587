package org.headct.ich.domain.dicom.builtin;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Map;
import org.headct.ich.domain.dicom.DicomDefectException;
import org.headct.ich.domain.dicom.DicomHeader;
import org.headct.ich.domain.dicom.DicomReader;
import org.headct.ich.domain.dicom.StoredPixels;
import org.junit.jupiter.api.Test;

/** Comparison of the 201 slices of rsna-sample.zip with pydicom's values. */
class RsnaSampleIT {

  /** Returns the reader under test. Tests of other readers override it. */
  DicomReader reader() {
    return new BuiltinDicomReader();
  }

  @Test
  void agreesWithPydicomOnEverySlice() throws DicomDefectException {
    DicomReader reader = reader();
    MessageDigest total = Golden.sha256();
    int count = 0;
    for (Map.Entry<String, byte[]> member : Golden.sharedArchive("rsna-sample.zip").entrySet()) {
      DicomHeader header = reader.header(member.getValue());
      assertThat(header.isCt()).isTrue();
      StoredPixels pixels = reader.pixels(member.getValue(), header, 0);
      String line =
          String.join(
              "\t",
              member.getKey(),
              String.valueOf(pixels.rows()),
              String.valueOf(pixels.columns()),
              String.valueOf(header.frames()),
              "exact",
              Golden.hash(pixels),
              "");
      total.update((line + "\n").getBytes(UTF_8));
      count++;
    }
    String golden = new String(Golden.bytes("rsna-sample.tsv"), UTF_8).strip();

    assertThat(count + "\t" + HexFormat.of().formatHex(total.digest())).isEqualTo(golden);
  }

  /** Checks that 2048 bytes, 0.4 % of a file, are enough for the audit of its header. */
  @Test
  void theFirstTwoKilobytesTellTheHeader() {
    Golden.sharedArchive("rsna-sample.zip")
        .forEach(
            (member, object) ->
                assertThat(new StartAgreement(reader(), object).holdsFor(2048))
                    .as(member)
                    .isTrue());
  }
}
