package org.headct.ich.domain.ct;

import org.headct.ich.domain.dicom.DicomHeader;
import org.jspecify.annotations.Nullable;

/**
 * The shape of an image's pixels.
 *
 * @param ratio height of a pixel divided by its width, from 1 / {@link #MAX_RATIO} to {@link
 *     #MAX_RATIO}
 */
public record PixelShape(double ratio) {
  /** The largest ratio that is believed: reformats have up to 5 mm by 0.5 mm. */
  public static final double MAX_RATIO = 10;

  public static final PixelShape SQUARE = new PixelShape(1);

  /** The side to which every image is resampled, in pixels. Longer sides shrink to it at once. */
  private static final int SIDE = 512;

  /**
   * Checks the ratio.
   *
   * @throws IllegalArgumentException if the ratio is out of range
   */
  public PixelShape {
    if (!isCredible(ratio)) {
      throw new IllegalArgumentException("ratio must be in [0.1, 10], got " + ratio);
    }
  }

  /**
   * Returns the shape by PixelSpacing (0028,0030), or by PixelAspectRatio (0028,0034) if there is
   * no spacing. Pixels count as square if both are absent or the ratio cannot be believed.
   */
  public static PixelShape of(DicomHeader header) {
    double ratio = declared(header);
    return ratio != 1 && isCredible(ratio) ? new PixelShape(ratio) : SQUARE;
  }

  /** Returns the ratio that the header declares, from 0 to infinity; 1 if it declares none. */
  static double declared(DicomHeader header) {
    double[] spacing = header.pixelSpacingMm();
    return ratio(spacing == null ? header.pixelAspectRatio() : spacing);
  }

  static double ratio(double @Nullable [] sizes) {
    return sizes == null || sizes[0] == sizes[1] ? 1 : sizes[0] / sizes[1];
  }

  static boolean isCredible(double ratio) {
    return ratio >= 1 / MAX_RATIO && ratio <= MAX_RATIO;
  }

  /** Returns whether square pixels would give an image of this size no other proportions. */
  public boolean isSquare(int rows, int columns) {
    return Math.round(rows * ratio) == rows && Math.round(columns / ratio) == columns;
  }

  /** Returns the rows of the image in square pixels: 512 if it is higher than wide. */
  int squareRows(int rows, int columns) {
    return side(rows * ratio, columns);
  }

  /** Returns the columns of the image in square pixels: 512 if it is at least as wide as high. */
  int squareColumns(int rows, int columns) {
    return side(columns, rows * ratio);
  }

  private static int side(double length, double other) {
    return length >= other ? SIDE : Math.max(1, (int) Math.round(SIDE * length / other));
  }
}
