package org.headct.ich.domain.dicom.builtin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.headct.ich.domain.dicom.DicomDefect;
import org.headct.ich.domain.dicom.DicomDefectException;
import org.headct.ich.domain.dicom.DicomHeader;
import org.headct.ich.domain.dicom.DicomReader;
import org.headct.ich.domain.dicom.StoredPixels;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Comparison of objects that pydicom, dcmtk and GDCM wrote from values of the golden script. */
class SyntheticGoldenTest {
  private final DicomReader reader = reader();

  /** Returns the reader under test. Tests of other readers override it. */
  DicomReader reader() {
    return new BuiltinDicomReader();
  }

  /** Returns whether the reader under test decodes the transfer syntax of this object. */
  boolean decodes(String member) {
    return true;
  }

  static Stream<Golden> goldens() {
    return Golden.resource("synthetic/synthetic.tsv").stream();
  }

  @ParameterizedTest
  @MethodSource("goldens")
  void readsTheValuesThatWereWritten(Golden golden) throws DicomDefectException {
    byte[] object = Golden.bytes("synthetic/" + golden.member());

    if (!decodes(golden.member())) {
      DicomHeader header = reader.header(object);
      assertThat(header.rows()).isEqualTo(golden.rows());
      DicomDefectException refusal =
          catchThrowableOfType(DicomDefectException.class, () -> reader.pixels(object, header, 0));
      assertThat(refusal.defect()).isEqualTo(DicomDefect.UNSUPPORTED_SYNTAX);
      return;
    }
    List<StoredPixels> frames = Golden.frames(reader, object);

    assertThat(frames.get(0).rows()).isEqualTo(golden.rows());
    assertThat(frames.get(0).columns()).isEqualTo(golden.columns());
    assertThat(frames.stream().map(Golden::hash)).isEqualTo(golden.hashes());

    DicomHeader header = reader.header(object);
    for (int length : new int[] {header.rows() * header.columns(), 1}) {
      short[] reuse = new short[length];
      Arrays.fill(reuse, (short) -1);
      StoredPixels pixels = reader.pixels(object, header, 0, reuse);
      assertThat(Golden.hash(pixels)).isEqualTo(Golden.hash(frames.get(0)));
    }
  }
}
