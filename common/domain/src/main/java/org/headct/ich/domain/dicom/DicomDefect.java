package org.headct.ich.domain.dicom;

/**
 * The reason why an object cannot be used. The list is closed. The findings table stores these
 * names.
 */
public enum DicomDefect {
  /** The object has neither a {@code DICM} prefix nor a plausible first element. */
  NOT_DICOM,
  /** The object ends inside an element other than PixelData. */
  TRUNCATED,
  /**
   * PixelData has fewer bytes than the header asks for. Missing pixels are never filled with zeros.
   */
  SHORT_PIXEL_DATA,
  /** The image description is absent, malformed or contradictory, or the data set is malformed. */
  BAD_HEADER,
  /** The object exceeds a bound of {@link DicomLimits}. */
  LIMIT_EXCEEDED,
  /** The reader does not decode this transfer syntax. */
  UNSUPPORTED_SYNTAX,
  /**
   * The reader decodes the transfer syntax but not this form of pixels: more than one sample per
   * pixel, or bits allocated other than 8 and 16 (12-bit packed, 1-bit, 32-bit, floating point).
   */
  UNSUPPORTED_PIXELS,
  /** The compressed stream is damaged or does not fit the header. */
  CODEC_ERROR,
  /**
   * The object is not a CT image. Callers decide this with {@link DicomHeader#isCt()}; the reader
   * never does.
   */
  NOT_CT,
  /** The object has no PixelData element. */
  NO_PIXELS
}
