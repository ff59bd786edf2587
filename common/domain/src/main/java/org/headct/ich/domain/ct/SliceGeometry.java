package org.headct.ich.domain.ct;

import org.jspecify.annotations.Nullable;

/**
 * The plane of a slice in the patient's coordinates (mm; x to the left, y to the back, z to the
 * head) [PS3.3 C.7.6.2.1.1].
 *
 * <p>The normal is row direction × column direction, turned so that its largest component is
 * positive. Without that turn a series whose rows or columns run the other way (a prone patient,
 * feet first, mirrored by a workstation) would be ordered the other way round; with it axial series
 * run from feet to head, coronal ones from front to back, sagittal ones from right to left. For the
 * usual axial orientation 1\0\0\0\1\0, tilted or not, nothing is turned.
 *
 * @param normal unit vector of 3
 * @param positionMm projection of ImagePositionPatient on the normal
 */
@SuppressWarnings("ArrayRecordComponent") // three numbers that nobody writes to
public record SliceGeometry(double[] normal, double positionMm) {
  /** Direction cosines are written with few digits; beyond this they are no rotation at all. */
  private static final double COSINE_TOLERANCE = 0.05;

  /** Position of a slice on its own normal; NaN where {@link #of} has nothing. */
  public static double positionMm(
      double @Nullable [] imagePositionMm, double @Nullable [] imageOrientation) {
    SliceGeometry geometry = of(imagePositionMm, imageOrientation);
    return geometry == null ? Double.NaN : geometry.positionMm();
  }

  /**
   * The plane that two attributes describe.
   *
   * @param imagePositionMm ImagePositionPatient, 3 values in mm
   * @param imageOrientation ImageOrientationPatient, 6 values: direction of the rows, then of the
   *     columns
   * @return null if one is absent, has another length, is not finite, or the directions are not
   *     unit vectors at right angles (within 0.05)
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

  /** Angle between the planes of two slices in degrees, 0 to 90. */
  double angleDegrees(SliceGeometry other) {
    return Math.toDegrees(Math.acos(Math.min(1, Math.abs(dot(normal, other.normal)))));
  }

  static double dot(double[] a, double[] b) {
    return a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
  }

  /** Sign of the largest component; of equally large ones (to 1e-6) z decides, then y. */
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
