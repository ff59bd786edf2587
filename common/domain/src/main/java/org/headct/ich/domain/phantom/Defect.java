package org.headct.ich.domain.phantom;

/**
 * A defect that a phantom dump can have, as real dumps do. The name refers to the finding that it
 * tests.
 */
public enum Defect {
  /** The file ends in the middle of its header. */
  TRUNCATED,
  /** PixelData declares and holds about 29 % of the pixels, like the thesis' corrupt file. */
  SHORT_PIXEL_DATA,
  /** The file is a text, not a DICOM object. */
  NOT_DICOM,
  /** The image has no row in the label file. */
  UNANNOTATED,
  /** The label file has six rows for an image that has no file. */
  ORPHAN_LABEL,
  /** A second file in another folder has the same image id and other pixels. */
  DUPLICATE_ID,
  /** A second file has another id and the same pixels, one step beyond the end of the series. */
  DUPLICATE_PIXELS,
  /** The image has no position and no orientation. */
  MISSING_GEOMETRY,
  /** The image has no rescale slope and intercept; its stored values are HU. */
  NO_RESCALE,
  /**
   * The image is RSNA's wrapped form: 12-bit unsigned with intercept 0, stored = HU modulo 4096.
   */
  RSNA_WRAP,
  /** The image has the transfer syntax JPEG-LS, which the reader does not decode. */
  UNSUPPORTED_SYNTAX,
  /** The image is an MR image. */
  NOT_CT,
  /** The series has an additional sagittal image. */
  LOCALIZER,
  /** A slice's file and labels are missing. */
  MISSING_SLICE,
  /** Two slices have the same position. */
  TIED_POSITION,
  /** The file's name is not its image id. */
  NAME_MISMATCH,
  /** The label file has a row twice, with different values. */
  CONFLICTING_LABEL,
  /** The label file has the rows of an image twice, with equal values. */
  DUPLICATE_LABEL,
  /** A row of the label file has no value. */
  BLANK_LABEL,
  /** A row of the label file is malformed. */
  MALFORMED_LABEL,
  /** The label {@code any} is not the OR of the five subtypes. */
  ANY_MISMATCH
}
