package org.headct.ich.domain.dicom.codec;

/**
 * A run of bytes inside an array; the maker has checked that it lies within.
 *
 * @param bytes the array
 * @param offset of the first byte
 * @param length in bytes
 */
@SuppressWarnings("ArrayRecordComponent") // a view, on purpose
public record Span(byte[] bytes, int offset, int length) {

  public int end() {
    return offset + length;
  }

  /** The byte at {@code index} of the run, unsigned; -1 behind its end. */
  int at(int index) {
    return index < length ? bytes[offset + index] & 0xFF : -1;
  }

  /** Two bytes, big endian as in all JPEG streams; negative where the run is shorter. */
  public int big16(int index) {
    return index + 2 <= length ? at(index) << 8 | at(index + 1) : -1;
  }

  /** Four bytes, big endian, unsigned; -1 where the run is shorter. */
  long big32(int index) {
    return index + 4 <= length ? (long) big16(index) << 16 | big16(index + 2) : -1;
  }

  Span from(int index) {
    return new Span(bytes, offset + index, length - index);
  }
}
