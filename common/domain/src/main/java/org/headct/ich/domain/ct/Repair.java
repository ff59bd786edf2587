package org.headct.ich.domain.ct;

/** What was put right, or assumed, on the way from stored values to HU; kept with the image. */
public enum Repair {
  /**
   * 12-bit two's complement data described as unsigned: about 2 % of the RSNA 2019 images
   * (BitsStored 12, PixelRepresentation 0, intercept above -100). HU = ((stored + 1000) & 4095) -
   * 1000, the intercept is ignored.
   */
  RSNA_WRAP,
  /** Stored -2000 without a Pixel Padding Value: the corners of GE's circular field, made air. */
  UNDECLARED_PADDING,
  /** RescaleSlope or RescaleIntercept is absent, though CT must have both; 1 and 0 were taken. */
  ABSENT_RESCALE
}
