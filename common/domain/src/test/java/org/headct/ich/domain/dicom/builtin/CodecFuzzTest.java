package org.headct.ich.domain.dicom.builtin;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Fuzz tests with any bytes as the pixels of an object with a sound header, so that the fuzzer
 * spends its time in the decoders. Fuzz one target per run: {@code -Dtest=CodecFuzzTest#rle}.
 */
class CodecFuzzTest {
  private static final String DEFLATED = "1.2.840.10008.1.2.1.99";

  static Stream<byte[]> rleSeeds() {
    return FuzzLimits.streams("rle");
  }

  static Stream<byte[]> jpegSeeds() {
    return FuzzLimits.streams("jpeg");
  }

  static Stream<byte[]> jpeg2000Seeds() {
    return FuzzLimits.streams("j2k");
  }

  static Stream<byte[]> deflatedSeeds() {
    byte[] object = RawObject.explicitLittle().image().pixels(1, 2, 3, 4, 5, 6).deflatedFile();
    int start = RawObject.file(DEFLATED, new byte[0]).length;
    return Stream.of(Arrays.copyOfRange(object, start, object.length));
  }

  @Timeout(FuzzLimits.HANGS_SECONDS)
  @MethodSource("rleSeeds")
  @FuzzTest(maxDuration = "3m")
  void rle(byte[] stream) {
    FuzzLimits.pixelsOrADefect(object("1.2.840.10008.1.2.5", stream));
  }

  @Timeout(FuzzLimits.HANGS_SECONDS)
  @MethodSource("jpegSeeds")
  @FuzzTest(maxDuration = "3m")
  void jpegLossless(byte[] stream) {
    FuzzLimits.pixelsOrADefect(object("1.2.840.10008.1.2.4.70", stream));
  }

  @Timeout(FuzzLimits.HANGS_SECONDS)
  @MethodSource("jpeg2000Seeds")
  @FuzzTest(maxDuration = "3m")
  void jpeg2000(byte[] stream) {
    FuzzLimits.pixelsOrADefect(object("1.2.840.10008.1.2.4.90", stream));
  }

  @Timeout(FuzzLimits.HANGS_SECONDS)
  @MethodSource("deflatedSeeds")
  @FuzzTest(maxDuration = "3m")
  void deflated(byte[] stream) {
    FuzzLimits.pixelsOrADefect(RawObject.file(DEFLATED, stream));
  }

  /**
   * Returns an object with the size of the synthetic streams, so that a stream's own head also
   * fits.
   */
  private static byte[] object(String syntaxUid, byte[] stream) {
    return RawObject.explicitLittle()
        .image(20, 24)
        .head(Tag.PIXEL_DATA, "OB", RawObject.UNDEFINED)
        .bytes(Tag.ITEM, "")
        .bytes(Tag.ITEM, "", stream)
        .head(Tag.SEQUENCE_DELIMITER, "", 0)
        .file(syntaxUid);
  }
}
