package org.headct.ich.domain.dicom.codec;

/**
 * A run of bytes inside an array. The creator checks that it lies within the array.
 *
 * @param bytes the array
 * @param offset index of the first byte
 * @param length number of bytes
 */
@SuppressWarnings("ArrayRecordComponent") // a view on purpose
public record Span(byte[] bytes, int offset, int length) {

  public int end() {
    return offset + length;
  }

  /** Returns the unsigned byte at {@code index} of the run, or -1 past its end. */
  int at(int index) {
    return index < length ? bytes[offset + index] & 0xFF : -1;
  }

  /** Returns two bytes, big endian as in all JPEG streams, or -1 if the run is too short. */
  public int big16(int index) {
    return index + 2 <= length ? at(index) << 8 | at(index + 1) : -1;
  }

  /** Returns four unsigned bytes, big endian, or -1 if the run is too short. */
  long big32(int index) {
    return index + 4 <= length ? (long) big16(index) << 16 | big16(index + 2) : -1;
  }

  Span from(int index) {
    return new Span(bytes, offset + index, length - index);
  }
}
