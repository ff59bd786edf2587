package org.headct.ich.domain.dicom.builtin;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Fuzz test with any bytes as an object; it reads header and every frame. Every run reads the
 * earlier findings in {@code DicomFuzzTestInputs} again. CONTRIBUTING.md has the command.
 */
class DicomFuzzTest {
  static Stream<byte[]> seeds() {
    return FuzzLimits.objects();
  }

  @Timeout(FuzzLimits.HANGS_SECONDS)
  @MethodSource("seeds")
  @FuzzTest(maxDuration = "3m")
  void pixelsOrADefect(byte[] object) {
    FuzzLimits.pixelsOrADefect(object);
  }
}
