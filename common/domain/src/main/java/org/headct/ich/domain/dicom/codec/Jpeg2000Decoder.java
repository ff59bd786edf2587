package org.headct.ich.domain.dicom.codec;

import com.github.jaiimageio.jpeg2000.impl.J2KImageReader;
import com.github.jaiimageio.jpeg2000.impl.J2KImageReaderSpi;
import jj2000.j2k.util.FacilityManager;
import jj2000.j2k.util.MsgLogger;
import org.headct.ich.domain.dicom.DicomDefectException;
import org.headct.ich.domain.dicom.DicomHeader;

/**
 * Decoder of JPEG 2000 part 1 (ISO/IEC 15444-1), one component of up to 16 bits, by JAI Image I/O.
 * It first checks the size segment that must open the code stream:
 *
 * <pre>
 * offset  length  meaning
 * 0       2       FF4F start of code stream
 * 2       2       FF51 size segment
 * 4       2       its length
 * 6       2       capabilities
 * 8       4 x 2   width and height of the reference grid
 * 16      4 x 2   offset of the image on it
 * 24      4 x 2   width and height of a tile
 * 32      4 x 2   offset of the first tile
 * 40      2       components
 * 42      1       bits - 1, with the top bit set if signed
 * </pre>
 */
public final class Jpeg2000Decoder {
  private static final String NAME = "JPEG 2000";
  private static final int START_AND_SIZE_BYTES = 43;
  private static final long SIGNATURE_BOX = 0x6A50_2020L;
  private static final long CODE_STREAM_BOX = 0x6A70_3263L;
  private static final long MAX_TILES = 65_535;

  private Jpeg2000Decoder() {}

  public static short[] decode(Span frame, DicomHeader header) throws DicomDefectException {
    Span stream = codeStream(frame);
    check(stream, header);
    Jpeg2000Structure.check(stream);
    Thread thread = Thread.currentThread();
    FacilityManager.registerMsgLogger(thread, Silent.LOGGER);
    try {
      return Codec.decode(NAME, () -> new J2KImageReader(new J2KImageReaderSpi()), stream, header);
    } finally {
      FacilityManager.unregisterMsgLogger(thread);
    }
  }

  /**
   * Returns the bare code stream, which DICOM asks for. Some writers leave it in a JP2 file; it is
   * then unpacked.
   */
  private static Span codeStream(Span frame) throws DicomDefectException {
    if (frame.big32(4) != SIGNATURE_BOX) {
      return frame;
    }
    long at = 0;
    while (at + 8 <= frame.length()) {
      long length = frame.big32((int) at);
      if (frame.big32((int) at + 4) == CODE_STREAM_BOX) {
        return frame.from((int) at + (length == 1 ? 16 : 8));
      }
      if (length < 8) {
        break;
      }
      at += length;
    }
    throw Codec.misfit(NAME, "the JP2 file has no code stream");
  }

  private static void check(Span stream, DicomHeader header) throws DicomDefectException {
    if (stream.length() < START_AND_SIZE_BYTES || stream.big32(0) != 0xFF4F_FF51L) {
      throw Codec.misfit(NAME, "the code stream does not begin with its start and size markers");
    }
    long columns = stream.big32(8) - stream.big32(16);
    long rows = stream.big32(12) - stream.big32(20);
    long tileWidth = stream.big32(24);
    long tileHeight = stream.big32(28);
    int components = stream.big16(40);
    int precision = (stream.at(42) & 0x7F) + 1;
    boolean signed = (stream.at(42) & 0x80) != 0;
    if (rows != header.rows()
        || columns != header.columns()
        || components != 1
        || precision > header.bitsAllocated()) {
      throw Codec.misfit(
          NAME,
          String.format(
              "%d x %d, %d components of %d bits do not fit the header",
              rows, columns, components, precision));
    }
    if (!isTiling(stream.big32(8), stream.big32(16), tileWidth, stream.big32(32))
        || !isTiling(stream.big32(12), stream.big32(20), tileHeight, stream.big32(36))) {
      throw Codec.misfit(NAME, "the first tile does not hold the image's first pixel");
    }
    if (tiles(stream.big32(8), stream.big32(32), tileWidth)
            * tiles(stream.big32(12), stream.big32(36), tileHeight)
        > MAX_TILES) {
      throw Codec.misfit(NAME, "more than " + MAX_TILES + " tiles");
    }
    // A known slip is unsigned in the stream and signed in the header: masking corrects it. The
    // reverse would lose the sign.
    if (signed && !header.signed()) {
      throw Codec.misfit(NAME, "values are signed in the code stream but unsigned in the header");
    }
  }

  /**
   * Returns whether the first tile holds the image's first pixel (section B.3). The decoder relies
   * on it: a tile that begins after the image makes it count, and allocate, millions of tiles.
   */
  private static boolean isTiling(long end, long start, long tile, long firstTile) {
    return tile > 0
        && end <= Integer.MAX_VALUE
        && firstTile <= start
        && firstTile + tile > start
        && firstTile + tile <= Integer.MAX_VALUE;
  }

  private static long tiles(long size, long offset, long tile) {
    return (Math.max(0, size - offset) + tile - 1) / tile;
  }

  /**
   * A logger that prints nothing. By default the library prints its warnings to standard output.
   */
  private enum Silent implements MsgLogger {
    LOGGER;

    @Override
    public void printmsg(int severity, String message) {}

    @Override
    public void println(String text, int firstIndent, int indent) {}

    @Override
    public void flush() {}
  }
}
