package org.headct.ich.domain.phantom;

/**
 * A slice's position in the patient coordinate system of DICOM (PS3.3 C.7.6.2.1.1).
 *
 * @param positionMm the centre of the first pixel
 * @param row the direction of rising column index, unit length
 * @param column the direction of rising row index, unit length
 * @param spacingMm the distance between pixel centres, in both directions
 * @param thicknessMm the thickness along the normal
 * @param size rows and columns
 */
@SuppressWarnings("ArrayRecordComponent") // package-private, built and read here only
record SlicePlane(
    double[] positionMm,
    double[] row,
    double[] column,
    double spacingMm,
    double thicknessMm,
    int size) {

  /** Returns row x column, the direction of slices. */
  double[] normal() {
    return new double[] {
      row[1] * column[2] - row[2] * column[1],
      row[2] * column[0] - row[0] * column[2],
      row[0] * column[1] - row[1] * column[0]
    };
  }
}
