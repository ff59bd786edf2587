package org.headct.ich.domain.label;

import java.io.Serializable;

/**
 * An entry of the ledger of rows that did not become labels.
 *
 * @param reason the rule that the rows break
 * @param imageId the image or scan, or "" where the row names none
 * @param file the index of the file in the run's list of inputs
 * @param line the line of the first row that shows the defect; the header is line 1, and 0 stands
 *     for no line
 * @param rows the number of input rows that this entry accounts for, at least 1. Over a whole input
 *     the rows of all findings and six for each kept image add up to the rows read
 * @param value the text or defect that was found, short and on one line
 */
public record LabelFinding(
    LabelReason reason, String imageId, int file, long line, long rows, String value)
    implements Serializable {

  /**
   * Returns the finding of an image or scan that is on a list of {@code withdrawals.input}. It
   * names no line, because the table keeps no lines beside its labels.
   *
   * @param id the image or scan
   * @param file the index of the file that the finding names
   */
  public static LabelFinding withdrawn(String id, int file) {
    return new LabelFinding(LabelReason.WITHDRAWN, id, file, 0, Subtype.ALL.size(), "");
  }
}
