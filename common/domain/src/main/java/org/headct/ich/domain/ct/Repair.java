package org.headct.ich.domain.ct;

/** A correction or assumption made when stored values become HU; stored with the image. */
public enum Repair {
  /**
   * The RSNA wrap: 12-bit two's complement data described as unsigned. About 2 % of the RSNA 2019
   * images have it (BitsStored 12, PixelRepresentation 0, intercept above -100). HU = ((stored +
   * 1000) & 4095) - 1000; the intercept is ignored.
   */
  RSNA_WRAP,
  /** Stored -2000 without a Pixel Padding Value: corners of GE's circular field, set to air. */
  UNDECLARED_PADDING,
  /** An absent RescaleSlope (counts as 1) or RescaleIntercept (0), although CT must have both. */
  ABSENT_RESCALE
}
