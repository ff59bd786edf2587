package org.headct.ich.common.dicom;

/**
 * The stored values of one frame, row-major: value of (row, column) at {@code row * columns +
 * column}. Each is masked to BitsStored and sign-extended by PixelRepresentation [PS3.5 8.1.1];
 * when not {@code signed}, a value is the 16 bits read without sign.
 */
public record StoredPixels(int rows, int columns, boolean signed, short[] values) {
  /** The stored value at a row-major index: -32768..32767 when signed, else 0..65535. */
  public int at(int index) {
    return signed ? values[index] : values[index] & 0xFFFF;
  }
}
