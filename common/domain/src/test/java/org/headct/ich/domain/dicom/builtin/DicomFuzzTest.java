package org.headct.ich.domain.dicom.builtin;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Any bytes as an object: header and every frame. What fuzzing found lies in {@code
 * DicomFuzzTestInputs} and is read again in every run; CONTRIBUTING says how to fuzz on.
 */
class DicomFuzzTest {
  static Stream<byte[]> seeds() {
    return FuzzBar.objects();
  }

  @Timeout(FuzzBar.HANGS_SECONDS)
  @MethodSource("seeds")
  @FuzzTest(maxDuration = "3m")
  void pixelsOrADefect(byte[] object) {
    FuzzBar.pixelsOrADefect(object);
  }
}
