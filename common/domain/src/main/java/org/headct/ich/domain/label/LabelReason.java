package org.headct.ich.domain.label;

/** Why a row of the label file, or all rows of an image, did not become labels; a closed list. */
public enum LabelReason {
  /** Not two fields, or the id is not {@code ID_<image>_<subtype>}. */
  MALFORMED_ROW,
  /** The id is well formed but names none of the six classes. */
  UNKNOWN_SUBTYPE,
  /** The value is not 0 or 1 (a probability, say), and not blank. */
  BAD_VALUE,
  /** At least one class of the image is blank, so that nobody read it; the image is not kept. */
  UNANNOTATED,
  /** The same image, class and value once more; dropped, and the image is kept. */
  DUPLICATE_ROW,
  /** One class of the image is both 0 and 1; the image is not kept. */
  CONFLICTING_LABEL,
  /** The image has no row for at least one class; it is not kept. */
  INCOMPLETE_IMAGE,
  /** {@code any} is not the OR of the five subtypes; the image is not kept. */
  ANY_MISMATCH,
  /** The image, its patient or the scan is on a list of {@code withdrawals.input}. */
  WITHDRAWN
}
