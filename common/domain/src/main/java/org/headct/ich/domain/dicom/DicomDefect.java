package org.headct.ich.domain.dicom;

/** Why an object can not be used; closed list. The names are the reasons in the findings table. */
public enum DicomDefect {
  /** Neither a {@code DICM} prefix nor a plausible first element. */
  NOT_DICOM,
  /** The object ends inside an element other than PixelData. */
  TRUNCATED,
  /** Fewer bytes of PixelData than the header asks for; never zero-filled. */
  SHORT_PIXEL_DATA,
  /** Image description absent, malformed or contradictory, or a malformed data set. */
  BAD_HEADER,
  /** A bound of {@link DicomLimits} was exceeded. */
  LIMIT_EXCEEDED,
  /** The transfer syntax is not among those that are decoded. */
  UNSUPPORTED_SYNTAX,
  /**
   * The transfer syntax is read but not this form of pixels: more than one sample per pixel, or
   * bits allocated other than 8 and 16 (12-bit packed, 1-bit, 32-bit, floating point).
   */
  UNSUPPORTED_PIXELS,
  /** The compressed stream is damaged or does not fit the header. */
  CODEC_ERROR,
  /** Not a CT image; the caller's judgement by {@link DicomHeader#isCt()}, the reader's never. */
  NOT_CT,
  /** The object has no PixelData element. */
  NO_PIXELS
}
