package org.headct.ich.domain.dicom.builtin;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.headct.ich.domain.dicom.DicomDefect;
import org.headct.ich.domain.dicom.DicomDefectException;
import org.headct.ich.domain.dicom.DicomHeader;

/** Uncompressed pixels: cells of 8 or 16 bits, frame after frame (PS3.5 section 8.1). */
final class NativePixels {
  private NativePixels() {}

  /**
   * Checks that all frames are present.
   *
   * @throws DicomDefectException SHORT_PIXEL_DATA, or BAD_HEADER if encapsulated
   */
  static void check(PixelElement pixels, DicomHeader header, ByteOrder order)
      throws DicomDefectException {
    if (pixels.isEncapsulated()) {
      throw new DicomDefectException(
          DicomDefect.BAD_HEADER, "encapsulated PixelData in a native transfer syntax");
    }
    int swap = swap(pixels, header, order);
    long needed = (frameBytes(header) * header.frames() + swap) & ~(long) swap;
    if (pixels.available() < needed) {
      throw new DicomDefectException(
          DicomDefect.SHORT_PIXEL_DATA,
          "PixelData has " + pixels.available() + " of " + needed + " bytes");
    }
  }

  private static long frameBytes(DicomHeader header) {
    return (long) header.rows() * header.columns() * (header.bitsAllocated() / 8);
  }

  /**
   * Returns 1 if bytes are swapped in pairs, else 0. Bytes written as big endian words (OW) are
   * swapped, and the last is padded to a pair.
   */
  private static int swap(PixelElement pixels, DicomHeader header, ByteOrder order) {
    boolean bytesInWords = header.bitsAllocated() == 8 && pixels.vr() == Vr.OW;
    return bytesInWords && order == ByteOrder.BIG_ENDIAN ? 1 : 0;
  }

  /**
   * Decodes the cells of a frame, not yet masked, from pixels that {@link #check} accepted.
   *
   * @param reuse the array to fill, if its length is the number of cells
   */
  static short[] decode(
      PixelElement pixels, DicomHeader header, int frame, ByteOrder order, short[] reuse) {
    int count = header.rows() * header.columns();
    long frameBytes = frameBytes(header);
    int swap = swap(pixels, header, order);
    int offset = (int) (pixels.offset() + frame * frameBytes);
    short[] values = reuse.length == count ? reuse : new short[count];
    if (header.bitsAllocated() == 16) {
      ByteBuffer.wrap(pixels.bytes(), offset, 2 * count).order(order).asShortBuffer().get(values);
    } else {
      int base = (int) (frame * frameBytes);
      for (int i = 0; i < count; i++) {
        values[i] = pixels.bytes()[pixels.offset() + (base + i ^ swap)];
      }
    }
    return values;
  }
}
