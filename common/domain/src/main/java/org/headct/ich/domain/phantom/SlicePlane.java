package org.headct.ich.domain.phantom;

/**
 * Where a slice lies, in the patient coordinate system of DICOM (PS3.3 C.7.6.2.1.1).
 *
 * @param positionMm centre of the first pixel
 * @param row direction of rising column index, unit length
 * @param column direction of rising row index, unit length
 * @param spacingMm between pixel centres, both ways
 * @param thicknessMm along the normal
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

  /** Row x column: the direction of slices. */
  double[] normal() {
    return new double[] {
      row[1] * column[2] - row[2] * column[1],
      row[2] * column[0] - row[0] * column[2],
      row[0] * column[1] - row[1] * column[0]
    };
  }
}
