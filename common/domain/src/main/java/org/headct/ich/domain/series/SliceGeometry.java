package org.headct.ich.domain.series;

import org.jspecify.annotations.Nullable;

/**
 * A slice's plane in the patient's coordinates (mm; x to the left, y to the back, z to the head)
 * [PS3.3 C.7.6.2.1.1].
 *
 * <p>The normal is row direction × column direction, flipped if its largest component is negative.
 * Axial series therefore run from feet to head, coronal ones from front to back, sagittal ones from
 * right to left. Without the flip, series with reversed rows or columns would have the opposite
 * order (a prone patient, feet first, mirrored by a workstation). The usual axial orientation
 * 1\0\0\0\1\0, tilted or not, is never flipped.
 *
 * @param normal unit vector with 3 components
 * @param positionMm projection of ImagePositionPatient on the normal, in mm
 */
@SuppressWarnings("ArrayRecordComponent") // three numbers that nobody writes to
public record SliceGeometry(double[] normal, double positionMm) {
  /** The tolerance for direction cosines, which are written with few digits. */
  private static final double COSINE_TOLERANCE = 0.05;

  /** Returns the position of a slice on its own normal in mm; NaN if {@link #of} gives null. */
  public static double positionMm(
      double @Nullable [] imagePositionMm, double @Nullable [] imageOrientation) {
    SliceGeometry geometry = of(imagePositionMm, imageOrientation);
    return geometry == null ? Double.NaN : geometry.positionMm();
  }

  /**
   * Returns the plane that two attributes describe.
   *
   * @param imagePositionMm ImagePositionPatient, 3 values in mm
   * @param imageOrientation ImageOrientationPatient, 6 values: direction of the rows, then of the
   *     columns
   * @return the plane; null if an attribute is absent, has another length or is not finite, or if
   *     the directions are not unit vectors at right angles (within 0.05)
   */
  public static @Nullable SliceGeometry of(
      double @Nullable [] imagePositionMm, double @Nullable [] imageOrientation) {
    if (imagePositionMm == null
        || imageOrientation == null
        || !finite(imagePositionMm, 3)
        || !finite(imageOrientation, 6)) {
      return null;
    }
    double[] row = {imageOrientation[0], imageOrientation[1], imageOrientation[2]};
    double[] column = {imageOrientation[3], imageOrientation[4], imageOrientation[5]};
    if (Math.abs(dot(row, row) - 1) > COSINE_TOLERANCE
        || Math.abs(dot(column, column) - 1) > COSINE_TOLERANCE
        || Math.abs(dot(row, column)) > COSINE_TOLERANCE) {
      return null;
    }
    double[] normal = {
      row[1] * column[2] - row[2] * column[1],
      row[2] * column[0] - row[0] * column[2],
      row[0] * column[1] - row[1] * column[0]
    };
    double length = Math.sqrt(dot(normal, normal)) * sign(normal);
    for (int i = 0; i < 3; i++) {
      normal[i] /= length;
    }
    return new SliceGeometry(normal, dot(imagePositionMm, normal));
  }

  /** Returns the angle between the planes of two slices in degrees, 0 to 90. */
  double angleDegrees(SliceGeometry other) {
    return Math.toDegrees(Math.acos(Math.min(1, Math.abs(dot(normal, other.normal)))));
  }

  static double dot(double[] a, double[] b) {
    return a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
  }

  /** Returns the sign of the largest component; z, then y decides a tie (within 1e-6). */
  private static double sign(double[] normal) {
    int largest = 2;
    for (int i = 1; i >= 0; i--) {
      if (Math.abs(normal[i]) > Math.abs(normal[largest]) + 1e-6) {
        largest = i;
      }
    }
    return normal[largest] < 0 ? -1 : 1;
  }

  private static boolean finite(double[] values, int length) {
    if (values.length != length) {
      return false;
    }
    for (double value : values) {
      if (!Double.isFinite(value)) {
        return false;
      }
    }
    return true;
  }
}
