package org.headct.ich.domain.ct;

/**
 * One CT image in Hounsfield units, row-major: the value of (row, column) is at {@code row *
 * columns + column}. The record keeps the array without a copy; the caller must not reuse it. Two
 * images are equal only if they share the array.
 *
 * @param rows height in pixels, at least 1
 * @param columns width in pixels, at least 1
 * @param hu values in HU
 */
@SuppressWarnings("ArrayRecordComponent") // the fast path passes the array on; a copy is 1 MB
public record HuImage(int rows, int columns, float[] hu) {
  /** The HU of air, also used outside the scanned field and outside the head [by definition]. */
  public static final float AIR_HU = -1000f;

  /**
   * Takes the array without a copy.
   *
   * @throws IllegalArgumentException if a side is not positive or the array's length is not rows ×
   *     columns
   */
  public HuImage {
    if (rows <= 0 || columns <= 0 || (long) rows * columns != hu.length) {
      throw new IllegalArgumentException(
          "an image of " + rows + "x" + columns + " cannot hold " + hu.length + " values");
    }
  }

  /** Returns the value of a pixel in HU. */
  public float at(int row, int column) {
    return hu[row * columns + column];
  }
}
