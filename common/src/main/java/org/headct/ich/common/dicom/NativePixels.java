package org.headct.ich.common.dicom;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Pixels that are not compressed: cells of 8 or 16 bits, frame after frame (PS3.5 section 8.1). */
final class NativePixels {
  private NativePixels() {}

  /** The cells of a frame, not yet masked. */
  static short[] decode(PixelElement pixels, DicomHeader header, int frame, ByteOrder order)
      throws DicomDefectException {
    if (pixels.isEncapsulated()) {
      throw new DicomDefectException(
          DicomDefect.BAD_HEADER, "encapsulated PixelData in a native transfer syntax");
    }
    int count = header.rows() * header.columns();
    int cellBytes = header.bitsAllocated() / 8;
    long frameBytes = (long) count * cellBytes;
    // Bytes written as big endian words (OW) come swapped in pairs, the last padded to a pair.
    int swap = cellBytes == 1 && order == ByteOrder.BIG_ENDIAN && pixels.vr() == Vr.OW ? 1 : 0;
    long needed = (frameBytes * header.frames() + swap) & ~(long) swap;
    if (pixels.length() < needed || pixels.available() < needed) {
      throw new DicomDefectException(
          DicomDefect.SHORT_PIXEL_DATA,
          "PixelData has " + pixels.available() + " of " + needed + " bytes");
    }
    int offset = (int) (pixels.offset() + frame * frameBytes);
    short[] values = new short[count];
    if (cellBytes == 2) {
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
