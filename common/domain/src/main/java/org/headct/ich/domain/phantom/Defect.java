package org.headct.ich.domain.phantom;

/**
 * What a phantom dump can have wrong with it, as real dumps do; each names the finding it tests.
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
  /** A second file, in another folder, with the same image id and other pixels. */
  DUPLICATE_ID,
  /** A second file with another id and the same pixels, one step beyond the series' end. */
  DUPLICATE_PIXELS,
  /** No position and no orientation. */
  MISSING_GEOMETRY,
  /** No rescale slope and intercept; the stored values are HU. */
  NO_RESCALE,
  /** RSNA's 12-bit unsigned image with intercept 0: stored = HU modulo 4096. */
  RSNA_WRAP,
  /** JPEG-LS, for which no decoder is at hand. */
  UNSUPPORTED_SYNTAX,
  /** An MR image. */
  NOT_CT,
  /** A sagittal image more in the series. */
  LOCALIZER,
  /** A slice's file and labels are missing. */
  MISSING_SLICE,
  /** Two slices at one position. */
  TIED_POSITION,
  /** The file's name is not its image id. */
  NAME_MISMATCH,
  /** Rows twice with different values. */
  CONFLICTING_LABEL,
  /** Rows twice with equal values. */
  DUPLICATE_LABEL,
  /** A row without a value. */
  BLANK_LABEL,
  /** A row that is not of the form. */
  MALFORMED_LABEL,
  /** {@code any} is not the OR of the five. */
  ANY_MISMATCH
}
