package org.headct.ich.domain.dicom.codec;

import org.headct.ich.domain.dicom.DicomDefect;
import org.headct.ich.domain.dicom.DicomDefectException;

/**
 * RLE (PS3.5 Annex G): a head of 64 bytes (the number of segments and fifteen offsets, little
 * endian 32 bits), then for each byte of a cell, the most significant first, a PackBits segment.
 */
public final class RleDecoder {
  private static final int HEAD_BYTES = 64;

  private RleDecoder() {}

  /** The cells of a frame of one sample a pixel, not yet masked. */
  public static short[] decode(Span frame, int cells, int cellBytes) throws DicomDefectException {
    if (frame.length() < HEAD_BYTES) {
      throw damaged("no room for the head in " + frame.length() + " bytes");
    }
    long segments = little32(frame, 0);
    if (segments != cellBytes) {
      throw damaged(segments + " segments for cells of " + cellBytes + " bytes");
    }
    short[] values = new short[cells];
    for (int segment = 0; segment < cellBytes; segment++) {
      long start = little32(frame, 4 + 4 * segment);
      long end = segment + 1 < cellBytes ? little32(frame, 8 + 4 * segment) : frame.length();
      if (start < HEAD_BYTES || end < start || end > frame.length()) {
        throw damaged("segment " + segment + " lies outside the frame");
      }
      unpack(
          frame.bytes(),
          frame.offset() + (int) start,
          frame.offset() + (int) end,
          values,
          8 * (cellBytes - 1 - segment));
    }
    return values;
  }

  /**
   * Adds a segment's bytes, shifted, to the cells; what is left over once they are full is padding.
   */
  private static void unpack(byte[] bytes, int from, int to, short[] values, int shift)
      throws DicomDefectException {
    int in = from;
    int out = 0;
    while (out < values.length) {
      if (in >= to) {
        throw damaged("a segment ends after " + out + " of " + values.length + " cells");
      }
      int control = bytes[in++];
      if (control >= 0) {
        int count = Math.min(control + 1, values.length - out);
        if (count > to - in) {
          throw damaged("a literal run passes the end of its segment");
        }
        for (int i = 0; i < count; i++) {
          values[out++] |= (short) ((bytes[in++] & 0xFF) << shift);
        }
      } else if (control != -128) {
        if (in >= to) {
          throw damaged("a replicate run passes the end of its segment");
        }
        short value = (short) ((bytes[in++] & 0xFF) << shift);
        int end = Math.min(out + 1 - control, values.length);
        while (out < end) {
          values[out++] |= value;
        }
      }
    }
  }

  private static long little32(Span frame, int index) {
    return Integer.toUnsignedLong(Integer.reverseBytes((int) frame.big32(index)));
  }

  private static DicomDefectException damaged(String detail) {
    return new DicomDefectException(DicomDefect.CODEC_ERROR, "RLE: " + detail);
  }
}
