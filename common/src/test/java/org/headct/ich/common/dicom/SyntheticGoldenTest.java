package org.headct.ich.common.dicom;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Objects that pydicom, dcmtk and GDCM wrote of values that the golden script drew. */
class SyntheticGoldenTest {
  private final DicomReader reader = new BuiltinDicomReader();

  static Stream<Golden> goldens() {
    return Golden.resource("synthetic/synthetic.tsv").stream();
  }

  @ParameterizedTest
  @MethodSource("goldens")
  void readsTheValuesThatWereWritten(Golden golden) throws DicomDefectException {
    byte[] object = Golden.bytes("synthetic/" + golden.member());

    List<StoredPixels> frames = Golden.frames(reader, object);

    assertThat(frames.get(0).rows()).isEqualTo(golden.rows());
    assertThat(frames.get(0).columns()).isEqualTo(golden.columns());
    assertThat(frames.stream().map(Golden::hash)).isEqualTo(golden.hashes());
  }
}
