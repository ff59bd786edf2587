package org.headct.ich.domain.label;

/**
 * One data line of the RSNA 2019 label file, {@code ID_<image>_<subtype>,<0|1|blank>}.
 *
 * <p>A line is one row: the format needs no quotes and no line breaks in a field. Around each field
 * spaces and one pair of double quotes are dropped, so are a byte order mark before the line and a
 * carriage return after it. Values are {@code 0} and {@code 1}; {@code 0.0} and {@code 1.0} are the
 * same, because pandas writes an integer column that has blanks so. Every other number, such as the
 * 0.5 of a sample submission, is {@link LabelReason#BAD_VALUE}.
 *
 * <p>The image id keeps its prefix: {@code ID_000012eaf}. It is what stands before the last
 * underscore; it holds letters, digits, {@code _}, {@code -} and {@code .} only. An empty line is a
 * malformed row, so that lines and rows are the same number.
 */
public sealed interface LabelLine {
  /** A row that can be used. */
  record Accepted(String imageId, Subtype subtype, Annotation annotation) implements LabelLine {}

  /**
   * A row that can't be.
   *
   * @param reason MALFORMED_ROW, UNKNOWN_SUBTYPE or BAD_VALUE, the first that applies
   * @param shown the offending text, on one line and at most 40 characters
   */
  record Rejected(LabelReason reason, String shown) implements LabelLine {
    /** The ledger's entry for this row of the long form. */
    public LabelFinding finding(int file, long line) {
      return finding(file, line, 1);
    }

    /**
     * The ledger's entry for this row.
     *
     * @param rows how many rows it stands for: {@link WideRow#ROWS} in the wide form
     */
    public LabelFinding finding(int file, long line, long rows) {
      return new LabelFinding(reason, "", file, line, rows, shown);
    }
  }

  /** Reads one line, without its line feed. Never throws; makes no garbage but the result. */
  static LabelLine parse(String line, LabelHeader.LongForm header) {
    return LabelLineParser.parse(line, header);
  }
}
