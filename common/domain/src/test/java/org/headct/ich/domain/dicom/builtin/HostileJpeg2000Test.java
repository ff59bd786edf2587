package org.headct.ich.domain.dicom.builtin;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.headct.ich.domain.dicom.DicomReader;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Small code streams that ask for much memory or time. Each must end within the limits, in 256 MiB.
 */
class HostileJpeg2000Test {
  private static final DicomReader READER = new BuiltinDicomReader();
  private static final int SIZE = 4096;

  /** An offset in the synthetic stream's main header, as the three below. */
  private static final int STYLE = 49;

  private static final int LEVELS = 54;
  private static final int BLOCK_WIDTH = 55;
  private static final int BLOCK_HEIGHT = 56;

  @ParameterizedTest
  @CsvSource({"4096, 1, 4", "4096, 1, 0", "256, 1, 0", "16, 1, 4", "4096, 5, 4", "4096, 32, 4"})
  void hugeImagesOfNextToNothing(int tile, int levels, int block) {
    byte[] stream = FuzzLimits.streams("j2k-90-16u").findFirst().orElseThrow();
    ByteBuffer head = ByteBuffer.wrap(stream);
    head.putInt(8, SIZE).putInt(12, SIZE).putInt(24, tile).putInt(28, tile);
    stream[LEVELS] = (byte) levels;
    stream[BLOCK_WIDTH] = (byte) block;
    stream[BLOCK_HEIGHT] = (byte) block;

    readWithinLimits(stream);
  }

  /** Precincts of one pixel: sixteen million objects in the decoder. */
  @ParameterizedTest
  @CsvSource({"0", "1", "4"})
  void precinctsOfNextToNothing(int exponent) {
    byte[] stream = FuzzLimits.streams("j2k-90-16u").findFirst().orElseThrow();
    ByteBuffer head = ByteBuffer.wrap(stream);
    head.putInt(8, SIZE).putInt(12, SIZE).putInt(24, SIZE).putInt(28, SIZE);
    int levels = stream[LEVELS];
    int end = LEVELS + 5;
    byte[] precincts = new byte[levels + 1];
    Arrays.fill(precincts, (byte) (exponent << 4 | exponent));
    byte[] longer = new byte[stream.length + precincts.length];
    System.arraycopy(stream, 0, longer, 0, end);
    System.arraycopy(precincts, 0, longer, end, precincts.length);
    System.arraycopy(stream, end, longer, end + precincts.length, stream.length - end);
    longer[STYLE] |= 1;
    ByteBuffer.wrap(longer).putShort(STYLE - 2, (short) (12 + precincts.length));

    readWithinLimits(longer);
  }

  private static void readWithinLimits(byte[] stream) {
    byte[] object =
        RawObject.explicitLittle()
            .image(SIZE, SIZE)
            .head(Tag.PIXEL_DATA, "OB", RawObject.UNDEFINED)
            .bytes(Tag.ITEM, "")
            .bytes(Tag.ITEM, "", stream)
            .head(Tag.SEQUENCE_DELIMITER, "", 0)
            .file("1.2.840.10008.1.2.4.90");
    FuzzLimits.pixelsOrADefect(object);
  }
}
