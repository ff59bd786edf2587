package org.headct.ich.domain.dicom.codec;

import org.headct.ich.domain.dicom.DicomDefect;
import org.headct.ich.domain.dicom.DicomDefectException;

/**
 * Decoder of RLE (PS3.5 Annex G). A head of 64 bytes holds the number of segments and fifteen
 * offsets, as little endian 32-bit integers. One PackBits segment follows for each byte of a cell,
 * the most significant first.
 */
public final class RleDecoder {
  private static final int HEAD_BYTES = 64;

  private RleDecoder() {}

  /** Decodes the cells of a frame with one sample per pixel, not yet masked. */
  public static short[] decode(Span frame, int cells, int cellBytes) throws DicomDefectException {
    if (frame.length() < HEAD_BYTES) {
      throw damaged(frame.length() + " bytes are too few for the head of 64");
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
   * Adds a segment's bytes, shifted, to the cells. Bytes left over after the last cell are padding.
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
          throw damaged("a literal run goes past the end of its segment");
        }
        for (int i = 0; i < count; i++) {
          values[out++] |= (short) ((bytes[in++] & 0xFF) << shift);
        }
      } else if (control != -128) {
        if (in >= to) {
          throw damaged("a replicate run goes past the end of its segment");
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
