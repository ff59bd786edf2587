package org.headct.ich.domain.dicom;

/**
 * The stored values of one frame before rescale (PS3.5 section 8.1.1). They are masked to
 * BitsStored and, if {@code signed}, sign-extended.
 *
 * @param rows height in pixels
 * @param columns width in pixels
 * @param signed true if PixelRepresentation is 1 (two's complement)
 * @param values {@code rows * columns} values, row-major: index {@code y * columns + x}. If not
 *     signed, a value is {@code value & 0xFFFF}
 */
@SuppressWarnings(
    "ArrayRecordComponent") // the hot path passes the array on; a copy would double the memory
public record StoredPixels(int rows, int columns, boolean signed, short[] values) {

  public StoredPixels {
    if (rows < 1 || columns < 1 || (long) rows * columns != values.length) {
      throw new IllegalArgumentException(
          rows + " x " + columns + " pixels do not fit " + values.length + " values");
    }
  }

  /** Returns the value at index {@code y * columns + x}, in [-32768, 32767] or [0, 65535]. */
  public int at(int index) {
    return signed ? values[index] : values[index] & 0xFFFF;
  }
}
