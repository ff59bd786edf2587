package org.headct.ich.domain.dicom.codec;

import java.io.ByteArrayOutputStream;
import org.headct.ich.domain.dicom.StoredPixels;

/**
 * Encoder of JPEG lossless, process 14, first-order prediction (ITU-T T.81 Annex H; transfer syntax
 * 1.2.840.10008.1.2.4.70, PS3.5 section 8.2.1), as in CQ500. It writes one component with one fixed
 * Huffman table that suits heads; phantoms need no smaller files.
 */
public final class JpegLosslessEncoder {
  /** The transfer syntax UID of the encoded bytes. */
  public static final String TRANSFER_SYNTAX = "1.2.840.10008.1.2.4.70";

  /** The number of bits that follow each code, from the shortest code to the longest. */
  private static final int[] CATEGORIES = {
    4, 5, 3, 6, 2, 1, 0, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16
  };

  /** The lengths of the codes. Their Kraft sum is below one, so no code consists of ones only. */
  private static final int[] LENGTHS = {2, 3, 3, 3, 4, 4, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14};

  private static final int[] CODES = new int[17];
  private static final int[] CODE_LENGTHS = new int[17];

  static {
    int code = 0;
    for (int i = 0; i < CATEGORIES.length; i++) {
      code <<= i == 0 ? 0 : LENGTHS[i] - LENGTHS[i - 1];
      CODES[CATEGORIES[i]] = code++;
      CODE_LENGTHS[CATEGORIES[i]] = LENGTHS[i];
    }
  }

  private final ByteArrayOutputStream out;
  private long buffer;
  private int bits;

  private JpegLosslessEncoder(int size) {
    out = new ByteArrayOutputStream(size);
  }

  /**
   * Encodes one frame, from start to end of image.
   *
   * @param bitsStored the bits of a value, 2 to 16; signed values are written in two's complement
   *     of 16 bits
   */
  public static byte[] encode(StoredPixels pixels, int bitsStored) {
    int precision = pixels.signed() ? 16 : bitsStored;
    if (precision < 2 || precision > 16) {
      throw new IllegalArgumentException("bitsStored must be in [2, 16], got " + precision);
    }
    JpegLosslessEncoder encoder = new JpegLosslessEncoder(pixels.values().length);
    encoder.head(pixels, precision);
    encoder.scan(pixels, precision);
    return encoder.out.toByteArray();
  }

  private void head(StoredPixels pixels, int precision) {
    uint16(0xFFD8);
    uint16(0xFFC3);
    uint16(11);
    out.write(precision);
    uint16(pixels.rows());
    uint16(pixels.columns());
    out.writeBytes(new byte[] {1, 1, 0x11, 0});
    uint16(0xFFC4);
    uint16(2 + 1 + 16 + CATEGORIES.length);
    out.write(0);
    for (int length = 1; length <= 16; length++) {
      int count = 0;
      for (int other : LENGTHS) {
        count += other == length ? 1 : 0;
      }
      out.write(count);
    }
    for (int category : CATEGORIES) {
      out.write(category);
    }
    uint16(0xFFDA);
    uint16(8);
    out.writeBytes(new byte[] {1, 1, 0, 1, 0, 0});
  }

  private void scan(StoredPixels pixels, int precision) {
    short[] values = pixels.values();
    int columns = pixels.columns();
    for (int i = 0; i < values.length; i++) {
      int predicted =
          i == 0 ? 1 << (precision - 1) : values[i % columns == 0 ? i - columns : i - 1] & 0xFFFF;
      difference((short) ((values[i] & 0xFFFF) - predicted));
    }
    if (bits > 0) {
      put((1 << (8 - bits)) - 1, 8 - bits);
    }
    uint16(0xFFD9);
  }

  /**
   * Writes a difference modulo 2^16. The value 2^15 has no bits after its code (T.81 section
   * H.1.2.2).
   */
  private void difference(short difference) {
    int value = difference;
    if (value == Short.MIN_VALUE) {
      put(CODES[16], CODE_LENGTHS[16]);
      return;
    }
    int category = 32 - Integer.numberOfLeadingZeros(Math.abs(value));
    put(CODES[category], CODE_LENGTHS[category]);
    put((value < 0 ? value - 1 : value) & ((1 << category) - 1), category);
  }

  private void put(int value, int count) {
    buffer = buffer << count | value;
    bits += count;
    while (bits >= 8) {
      int next = (int) (buffer >> (bits - 8)) & 0xFF;
      out.write(next);
      if (next == 0xFF) {
        out.write(0);
      }
      bits -= 8;
    }
    buffer &= (1L << bits) - 1;
  }

  private void uint16(int value) {
    out.write(value >> 8);
    out.write(value);
  }
}
