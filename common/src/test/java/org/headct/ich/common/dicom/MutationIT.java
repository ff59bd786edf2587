package org.headct.ich.common.dicom;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Objects damaged at random: pixels or a defect come out, and nothing else ever. */
class MutationIT {
  private final DicomReader reader = reader();

  /** The reader under test; other readers run the same test by extending it. */
  DicomReader reader() {
    return new BuiltinDicomReader();
  }

  /** Whether the reader under test decodes the transfer syntax of this object. */
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
  @Timeout(120)
  void onlyDefectsComeOut(String member, int count) {
    byte[] whole = Golden.bytes("synthetic/" + member);
    Random random = new Random(20191101);
    Map<DicomDefect, Integer> seen = new EnumMap<>(DicomDefect.class);
    int read = 0;
    for (int i = 0; i < count; i++) {
      byte[] object = mutate(whole, random);
      try {
        DicomHeader header = reader.header(object);
        for (int frame = 0; frame < Math.min(header.frames(), 3); frame++) {
          reader.pixels(object, header, frame);
        }
        read++;
      } catch (DicomDefectException e) {
        seen.merge(e.defect(), 1, Integer::sum);
        assertThat(e.getMessage()).isNotBlank().doesNotContain("\n");
      }
    }
    // The damage must reach both ends, or this test shows nothing.
    assertThat(read > 0).isEqualTo(decodes(member));
    assertThat(seen.size()).isGreaterThan(2);
    assertThat(seen).doesNotContainKey(DicomDefect.NOT_CT);
  }

  /** One to four damaged places behind the preamble; every fourth object is also cut. */
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
