package org.headct.ich.domain.dicom.codec;

import java.util.Arrays;
import org.headct.ich.domain.dicom.DicomDefectException;

/**
 * Reader of the differences in a lossless JPEG scan (ITU-T T.81 sections F.2.2 and H.2). A Huffman
 * code gives the number of bits that follow it. Stuffed zero bytes are dropped. Missing bits are an
 * error; they never count as zero.
 */
final class JpegHuffman {
  private static final int CODE_BITS = 16;

  private final Span stream;

  /**
   * Code table, indexed by the next sixteen bits: the code's length in the upper byte, its symbol
   * in the lower.
   */
  private final short[] codes;

  private int position;
  private long buffer;
  private int bits;

  /**
   * @param table sixteen counts of codes by length, then their symbols, as in a DHT segment
   * @param position index of the first byte of the scan's data
   */
  JpegHuffman(Span table, Span stream, int position) throws DicomDefectException {
    this.codes = codes(table);
    this.stream = stream;
    this.position = position;
  }

  private static short[] codes(Span table) throws DicomDefectException {
    short[] codes = new short[1 << CODE_BITS];
    int next = 0;
    int symbol = CODE_BITS;
    for (int length = 1; length <= CODE_BITS; length++) {
      int span = 1 << (CODE_BITS - length);
      for (int n = table.at(length - 1); n > 0; n--) {
        int value = table.at(symbol++);
        if (next + span > codes.length || value < 0 || value > 16) {
          throw JpegLosslessDecoder.damaged("a Huffman table is damaged");
        }
        Arrays.fill(codes, next, next + span, (short) (length << 8 | value));
        next += span;
      }
    }
    return codes;
  }

  /** Reads the next difference, in [-32767, 32768]. */
  int difference() throws DicomDefectException {
    fill();
    int head =
        bits >= CODE_BITS
            ? (int) (buffer >>> (bits - CODE_BITS)) & 0xFFFF
            : (int) (buffer << (CODE_BITS - bits)) & 0xFFFF;
    int code = codes[head];
    int size = code & 0xFF;
    take(code >>> 8);
    if (size == 0) {
      if (code == 0) {
        throw JpegLosslessDecoder.damaged("a code is not in the Huffman table");
      }
      return 0;
    }
    if (size == 16) {
      return 32_768;
    }
    take(size);
    int value = (int) (buffer >>> bits) & (1 << size) - 1;
    return value >>> (size - 1) == 0 ? value - (1 << size) + 1 : value;
  }

  /** Steps over the marker RSTn and drops the remaining bits. */
  void restart() throws DicomDefectException {
    bits = 0;
    int marker = stream.big16(position);
    if (marker < 0xFFD0 || marker > 0xFFD7) {
      throw JpegLosslessDecoder.damaged("a restart marker is missing");
    }
    position += 2;
  }

  private void take(int count) throws DicomDefectException {
    bits -= count;
    if (bits < 0) {
      throw JpegLosslessDecoder.damaged("the scan ends early");
    }
  }

  /**
   * Fills the buffer to at least 32 bits (a code and its difference), unless a marker or the end
   * comes first.
   */
  private void fill() {
    while (bits <= 48) {
      int value = stream.at(position);
      if (value < 0 || value == 0xFF && stream.at(position + 1) != 0) {
        return;
      }
      position += value == 0xFF ? 2 : 1;
      buffer = buffer << 8 | value;
      bits += 8;
    }
  }
}
