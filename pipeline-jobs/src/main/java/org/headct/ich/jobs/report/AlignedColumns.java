package org.headct.ich.jobs.report;

import java.util.List;
import java.util.function.IntPredicate;

/**
 * Rows of text in aligned columns: each column as wide as its widest cell.
 *
 * <p>Width is counted in code points.
 */
public final class AlignedColumns {
  private final List<? extends List<String>> rows;
  private final IntPredicate right;
  private final int[] widths;

  /**
   * Measures the rows.
   *
   * @param rows at least one; all of one length
   * @param right tells by its index whether a column is aligned to the right, as numbers are
   */
  public AlignedColumns(List<? extends List<String>> rows, IntPredicate right) {
    this.rows = rows;
    this.right = right;
    this.widths = new int[rows.get(0).size()];
    for (List<String> row : rows) {
      for (int i = 0; i < widths.length; i++) {
        widths[i] = Math.max(widths[i], width(row.get(i)));
      }
    }
  }

  /** Returns a row with this text between its columns, without trailing blanks. */
  public String line(int row, String between) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < widths.length; i++) {
      String cell = rows.get(row).get(i);
      String space = " ".repeat(widths[i] - width(cell));
      line.append(i == 0 ? "" : between).append(right.test(i) ? space + cell : cell + space);
    }
    return line.toString().stripTrailing();
  }

  /** Returns a rule of dashes as wide as the rows, with this text between its columns. */
  public String rule(String between) {
    StringBuilder rule = new StringBuilder();
    for (int i = 0; i < widths.length; i++) {
      rule.append(i == 0 ? "" : between).append("-".repeat(widths[i]));
    }
    return rule.toString();
  }

  private static int width(String text) {
    return text.codePointCount(0, text.length());
  }
}
