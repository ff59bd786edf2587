package org.headct.ich.domain.dicom.builtin;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.headct.ich.domain.dicom.DicomDefect;
import org.headct.ich.domain.dicom.DicomDefectException;
import org.headct.ich.domain.dicom.DicomHeader;
import org.headct.ich.domain.dicom.DicomLimits;
import org.headct.ich.domain.dicom.DicomReader;
import org.headct.ich.domain.dicom.StoredPixels;
import org.headct.ich.domain.dicom.codec.Span;

/** The limits for every fuzzed input, and the sound objects that fuzzing starts from. */
final class FuzzLimits {
  /**
   * The time after which an input counts as a hang, in seconds. It is far above the CPU limit,
   * because the first input includes the start of Jazzer.
   */
  static final int HANGS_SECONDS = 60;

  private static final Duration MAX_CPU_TIME = Duration.ofSeconds(5);

  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  private static final DicomReader READER = new BuiltinDicomReader();

  private FuzzLimits() {}

  /** Reads everything of an object. Any exception other than a defect is a bug. */
  static void pixelsOrADefect(byte[] object) {
    Duration took = read(object);
    // The first input also loads and instruments a decoder's classes. A slow object stays slow.
    assertThat(took.compareTo(MAX_CPU_TIME) < 0 ? took : read(object)).isLessThan(MAX_CPU_TIME);
    StartAgreement agreement = new StartAgreement(READER, object);
    agreement.holdsFor(object.length / 2);
    agreement.holdsFor(object.length);
  }

  /**
   * Reads an object and returns the CPU time of this thread. Other work on the machine does not
   * count.
   */
  private static Duration read(byte[] object) {
    long start = THREADS.getCurrentThreadCpuTime();
    try {
      DicomHeader header = READER.header(object);
      DicomReader.Frames frames = READER.frames(object, header);
      for (int frame = 0; frame < header.frames(); frame++) {
        StoredPixels pixels = frames.frame(frame);
        assertThat(pixels.values()).hasSize(header.rows() * header.columns());
      }
    } catch (DicomDefectException defect) {
      assertThat(defect.getMessage()).isNotBlank().doesNotContain("\n");
      assertThat(defect.defect()).isNotEqualTo(DicomDefect.NOT_CT);
    }
    return Duration.ofNanos(THREADS.getCurrentThreadCpuTime() - start);
  }

  /** Returns the project's synthetic objects. */
  static Stream<byte[]> objects() {
    return members(member -> true);
  }

  /**
   * Returns the code stream of the first frame of each synthetic object whose name starts with
   * {@code prefix}.
   */
  static Stream<byte[]> streams(String prefix) {
    DicomLimits limits = DicomLimits.defaults();
    return members(member -> member.startsWith(prefix))
        .map(
            object -> {
              try {
                PixelElement pixels =
                    PixelElement.locate(
                        Part10.open(object, object.length, limits), object.length, limits);
                Span frame = Fragments.of(pixels, limits).frame(0, READER.header(object).frames());
                return Arrays.copyOfRange(frame.bytes(), frame.offset(), frame.end());
              } catch (DicomDefectException defect) {
                throw new IllegalStateException(defect);
              }
            });
  }

  private static Stream<byte[]> members(Predicate<String> chosen) {
    List<Golden> all = Golden.resource("synthetic/synthetic.tsv");
    return all.stream()
        .map(Golden::member)
        .filter(chosen)
        .map(member -> Golden.bytes("synthetic/" + member));
  }
}
