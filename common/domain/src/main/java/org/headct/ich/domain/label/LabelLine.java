package org.headct.ich.domain.label;

/**
 * A data line of the RSNA 2019 label file, {@code ID_<image>_<subtype>,<0|1|blank>}.
 *
 * <p>A line is one row: the format needs no quotes and no line breaks in a field. Spaces and one
 * pair of double quotes around each field are dropped. A byte order mark before the line and a
 * carriage return after it are dropped too. {@link LabelValues} has the spellings of a value.
 *
 * <p>The image is named by the text before the last underscore, of which {@link LabelIds} makes the
 * id in the tables. {@link RowRules} says which rows are good.
 */
public sealed interface LabelLine {
  /** A row that can be used. */
  record Accepted(String imageId, Subtype subtype, Annotation annotation) implements LabelLine {}

  /**
   * A row that cannot be used.
   *
   * @param reason MALFORMED_ROW, UNKNOWN_SUBTYPE or BAD_VALUE, the first that applies
   * @param shown the bad text, on one line and at most 40 characters
   */
  record Rejected(LabelReason reason, String shown) implements LabelLine {
    /** Returns the ledger's entry for this row of the long form. */
    public LabelFinding finding(int file, long line) {
      return finding(file, line, 1);
    }

    /**
     * Returns the ledger's entry for this row.
     *
     * @param rows the number of rows that it stands for: {@link WideRow#ROWS} in the wide form
     */
    public LabelFinding finding(int file, long line, long rows) {
      return new LabelFinding(reason, "", file, line, rows, shown);
    }
  }

  /**
   * Parses one line, without its line feed. Never throws.
   *
   * @param header a header of two columns
   */
  static LabelLine parse(String line, LabelHeader.LongForm header, LabelIds ids) {
    return LabelLineParser.parse(line, header, ids);
  }
}
