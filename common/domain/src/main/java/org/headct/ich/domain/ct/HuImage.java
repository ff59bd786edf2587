package org.headct.ich.domain.ct;

/**
 * One CT image in Hounsfield units, row-major: the value of (row, column) is at {@code row *
 * columns + column}. The array is not copied: who makes the record gives it away. Equality is by
 * identity of the array.
 */
@SuppressWarnings("ArrayRecordComponent") // the hot path hands the array on; a copy is 1 MB
public record HuImage(int rows, int columns, float[] hu) {
  /** Air, and whatever lies outside the scanned field or the head [HU by definition]. */
  public static final float AIR_HU = -1000f;

  /**
   * Takes the array as it is.
   *
   * @throws IllegalArgumentException if a side is not positive or the array's length is not their
   *     product
   */
  public HuImage {
    if (rows <= 0 || columns <= 0 || (long) rows * columns != hu.length) {
      throw new IllegalArgumentException(
          "an image of " + rows + "x" + columns + " cannot hold " + hu.length + " values");
    }
  }

  /** The value of a pixel in HU. */
  public float at(int row, int column) {
    return hu[row * columns + column];
  }
}
