package org.headct.ich.pages.element;

import java.math.BigDecimal;
import java.util.List;

/** Columns and rows, with what is shown and what is exported side by side. */
public record DataTable(List<Column> columns, List<List<Cell>> rows) {

  public enum Align {
    TEXT,
    NUMBER
  }

  public record Column(String name, Align align) {
    public static Column text(String name) {
      return new Column(name, Align.TEXT);
    }

    public static Column number(String name) {
      return new Column(name, Align.NUMBER);
    }
  }

  /**
   * @param shown for people: rounded, with separators
   * @param exported for the CSV: the number in full
   * @param link another page beside this one; empty for none
   */
  public record Cell(String shown, String exported, String link) {
    public Cell {
      Links.check(link);
    }

    public Cell(String shown, String exported) {
      this(shown, exported, "");
    }

    public static Cell text(String text) {
      return new Cell(text, Csv.safe(text));
    }

    /** Text that leads to another page; plain text where that is empty. */
    public static Cell link(String text, String page) {
      return new Cell(text, Csv.safe(text), page);
    }

    public static Cell count(long value) {
      return new Cell(Numbers.count(value), Long.toString(value));
    }

    public static Cell number(double value, Format format) {
      return new Cell(format.text(value), plain(value));
    }

    public static Cell decimal(double value, int digits) {
      return new Cell(Numbers.decimal(value, digits), plain(value));
    }

    /** The value alone is exported; its interval is in the shown text. */
    public static Cell estimate(Estimate estimate) {
      return new Cell(Numbers.estimate(estimate), plain(estimate.value()));
    }
  }

  public DataTable {
    columns = List.copyOf(columns);
    rows = rows.stream().map(List::copyOf).toList();
    int width = columns.size();
    if (rows.stream().anyMatch(row -> row.size() != width)) {
      throw new IllegalArgumentException("a row does not have " + width + " cells");
    }
  }

  /** A number as other programs read it: no exponent, no separators; empty when not finite. */
  static String plain(double value) {
    if (!Double.isFinite(value)) {
      return "";
    }
    return value == 0 ? "0" : BigDecimal.valueOf(value).stripTrailingZeros().toPlainString();
  }
}
