package org.headct.ich.domain.dicom;

/**
 * Stored values of one frame before rescale (PS3.5 section 8.1.1): masked to BitsStored and, where
 * {@code signed}, sign-extended.
 *
 * @param rows height in pixels
 * @param columns width in pixels
 * @param signed whether PixelRepresentation is 1 (two's complement)
 * @param values row-major, {@code rows * columns} of them, index {@code y * columns + x}; when not
 *     signed a value is read as {@code value & 0xFFFF}
 */
@SuppressWarnings(
    "ArrayRecordComponent") // the hot path hands the array on; copying would double it
public record StoredPixels(int rows, int columns, boolean signed, short[] values) {

  public StoredPixels {
    if (rows < 1 || columns < 1 || (long) rows * columns != values.length) {
      throw new IllegalArgumentException(
          rows + " x " + columns + " pixels do not fit " + values.length + " values");
    }
  }

  /** The value at {@code y * columns + x}, in [-32768, 32767] or [0, 65535]. */
  public int at(int index) {
    return signed ? values[index] : values[index] & 0xFFFF;
  }
}
