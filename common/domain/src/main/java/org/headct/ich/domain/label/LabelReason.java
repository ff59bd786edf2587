package org.headct.ich.domain.label;

import org.headct.ich.domain.error.Explanation;

/**
 * The reason why a row of a label file, or all rows of an image or scan, did not become labels. The
 * list is closed. The package's description says which method or constant applies each. Each
 * constant states its meaning, its usual cause and the remedy.
 */
public enum LabelReason {
  MALFORMED_ROW(
      "A row has the wrong number of fields, broken quotes, or an id that names no image. It is dropped.",
      "A damaged line, or a quoted line break.",
      "Look at file and line; repair the row."),
  UNKNOWN_SUBTYPE(
      "The id of a row names none of the six classes. The row is dropped.",
      "A class of another data set, or a spelling.",
      "Name the classes epidural, intraparenchymal, intraventricular, subarachnoid, subdural and any."),
  BAD_VALUE(
      "A value is neither 0, 1 nor missing. The row is dropped.",
      "A file of probabilities, such as a submission.",
      "Give the file of labels."),
  UNANNOTATED(
      "A class of the image is blank, or a scan's class has no majority. The image or scan is not kept.",
      "Images that nobody read, or an even number of readers.",
      "Complete the labels, or leave the images out."),
  DUPLICATE_ROW(
      "A row repeats an earlier one with the same value. It is dropped; the image is kept.",
      "The published file of RSNA repeats four images.",
      "None needed."),
  CONFLICTING_LABEL(
      "Two rows of one image, or of one scan, differ. It is not kept.",
      "Two label files that were joined.",
      "Decide which row is right, or load the correction as a later file."),
  INCOMPLETE_IMAGE(
      "At least one of the image's six classes has no row. It is not kept.",
      "A file that was cut.",
      "Copy the label file again."),
  ANY_MISMATCH(
      "The label any contradicts the five subtypes. The image or scan is not kept.",
      "Labels that were edited by hand.",
      "Repair any or the subtype."),
  WITHDRAWN(
      "The image, its patient or the scan is on a list of withdrawals.input. It is not kept.",
      "A consent that was withdrawn.",
      "None needed.");

  private final Explanation explanation;

  LabelReason(String meaning, String cause, String remedy) {
    explanation = new Explanation(meaning, cause, remedy);
  }

  /** Returns the explanation for users. */
  public Explanation explanation() {
    return explanation;
  }
}
