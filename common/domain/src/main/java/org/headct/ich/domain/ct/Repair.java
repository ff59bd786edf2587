package org.headct.ich.domain.ct;

import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;

/** A correction or assumption made when stored values become an image; stored with the image. */
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
  ABSENT_RESCALE,
  /** A HighBit that is not BitsStored - 1: each frame was read where its values lie. */
  STORED_BITS,
  /** A declared range of padding values, set to air. Nothing to worry about. */
  PADDING_RANGE,
  /** Pixels that are not square. A tensor is made of square ones, see {@link SquarePixels}. */
  SQUARE_PIXELS;

  /**
   * Repairs that {@link TensorBuilder#VERSION} 1 did not know at first. Tensors name them in their
   * recipe. So a tensor that was made without them is made again, and no other.
   */
  public static final Set<Repair> NAMED_IN_RECIPES =
      Collections.unmodifiableSet(EnumSet.of(STORED_BITS, PADDING_RANGE, SQUARE_PIXELS));
}
