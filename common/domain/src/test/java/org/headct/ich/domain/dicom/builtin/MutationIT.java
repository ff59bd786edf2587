package org.headct.ich.domain.dicom.builtin;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.Random;
import org.headct.ich.domain.dicom.DicomDefect;
import org.headct.ich.domain.dicom.DicomDefectException;
import org.headct.ich.domain.dicom.DicomHeader;
import org.headct.ich.domain.dicom.DicomReader;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Randomly damaged objects, which must give pixels or a defect and nothing else. The system
 * property {@code mutations} sets the total number of objects (profile nightly: a million). Runs of
 * the same size damage the same places, so a failure can be repeated.
 */
class MutationIT {
  /** The sum of the counts below. */
  private static final int USUAL = 28_500;

  private static final int MUTATIONS = Integer.getInteger("mutations", USUAL);
  private static final Duration MAX_TIME = Duration.ofSeconds(5);

  private final DicomReader reader = reader();

  /** Returns the reader under test. Tests of other readers override it. */
  DicomReader reader() {
    return new BuiltinDicomReader();
  }

  /** Returns whether the reader under test decodes the transfer syntax of this object. */
  boolean decodes(String member) {
    return true;
  }

  @ParameterizedTest
  @CsvSource({
    "explicit-8u-odd-3-frames.dcm, 4000",
    "implicit-12u.dcm, 4000",
    "big-endian-12s-2-frames.dcm, 4000",
    "deflated-12u.dcm, 4000",
    "rle-3-frames-16s.dcm, 4000",
    "jpeg-70-3-frames-fragments-12u.dcm, 1500",
    "jpeg-57-predictor-7-12u.dcm, 3000",
    "j2k-90-12s.dcm, 2000",
    "j2k-90-8u.dcm, 2000"
  })
  @Timeout(7200)
  void onlyDefectsComeOut(String member, int usualCount) {
    long count = Math.floorDiv((long) usualCount * MUTATIONS - 1, USUAL) + 1;
    byte[] whole = Golden.bytes("synthetic/" + member);
    Random random = new Random(20191101);
    Map<DicomDefect, Integer> seen = new EnumMap<>(DicomDefect.class);
    int read = 0;
    long slowest = 0;
    for (long i = 0; i < count; i++) {
      long start = System.nanoTime();
      byte[] object = mutate(whole, random);
      try {
        DicomHeader header = reader.header(object);
        DicomReader.Frames frames = reader.frames(object, header);
        for (int frame = 0; frame < Math.min(header.frames(), 3); frame++) {
          frames.frame(frame);
        }
        read++;
      } catch (DicomDefectException e) {
        seen.merge(e.defect(), 1, Integer::sum);
        assertThat(e.getMessage()).isNotBlank().doesNotContain("\n");
      }
      slowest = Math.max(slowest, System.nanoTime() - start);
    }
    assertThat(Duration.ofNanos(slowest)).isLessThan(MAX_TIME);
    // Some objects must be read and some refused. Otherwise this test proves nothing.
    assertThat(read > 0).isEqualTo(decodes(member));
    assertThat(seen.size()).isGreaterThan(2);
    assertThat(seen).doesNotContainKey(DicomDefect.NOT_CT);
  }

  /**
   * Returns an object with one to four damaged bytes after the preamble. Every fourth object is
   * also cut.
   */
  private static byte[] mutate(byte[] whole, Random random) {
    int length = random.nextInt(4) == 0 ? 1 + random.nextInt(whole.length) : whole.length;
    byte[] object = Arrays.copyOf(whole, length);
    for (int n = random.nextInt(4); n >= 0; n--) {
      int at = Math.min(length - 1, 128 + random.nextInt(whole.length - 128));
      object[at] =
          switch (random.nextInt(4)) {
            case 0 -> (byte) 0xFF;
            case 1 -> 0;
            case 2 -> (byte) random.nextInt(256);
            default -> (byte) (object[at] ^ 1 << random.nextInt(8));
          };
    }
    return object;
  }
}
