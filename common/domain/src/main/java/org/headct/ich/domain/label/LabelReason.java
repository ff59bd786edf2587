package org.headct.ich.domain.label;

/**
 * The reason why a row of a label file, or all rows of an image or scan, did not become labels. The
 * list is closed. The package's description says which method or constant applies each.
 */
public enum LabelReason {
  /** The row has the wrong number of fields, or broken quotes, or no valid id or name. */
  MALFORMED_ROW,
  /** The id of the long form is valid but names none of the six classes. */
  UNKNOWN_SUBTYPE,
  /** A value is not 0, 1 or missing in any spelling, for example a probability. */
  BAD_VALUE,
  /**
   * The image has a blank class because nobody read it, or the scan has a class without a majority.
   * The image or scan is not kept.
   */
  UNANNOTATED,
  /** The row repeats an earlier one. It is dropped, and the image or scan may be kept. */
  DUPLICATE_ROW,
  /** One class of the image is both 0 and 1, or two rows of the scan differ. It is not kept. */
  CONFLICTING_LABEL,
  /** The image has no row for at least one class. It is not kept. */
  INCOMPLETE_IMAGE,
  /** {@code any} is not the OR of the five subtypes. The image or scan is not kept. */
  ANY_MISMATCH,
  /** The image, its patient or the scan is on a list of {@code withdrawals.input}. */
  WITHDRAWN
}
