package org.headct.ich.pages.element;

import java.math.BigDecimal;
import java.util.List;

/** The columns and rows of a table. Each cell has a shown text and an exported value. */
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
   * A cell of a table.
   *
   * @param shown text on the page: rounded, with separators
   * @param exported value in the CSV: the number in full
   * @param link relative link to another page; empty for none
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

    /** Returns a cell whose text links to a page, or plain text if the page is empty. */
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

    /** Returns a cell that shows the value with its interval and exports only the value. */
    public static Cell estimate(Estimate estimate) {
      return new Cell(Numbers.estimate(estimate), plain(estimate.value()));
    }
  }

  public DataTable {
    columns = List.copyOf(columns);
    rows = rows.stream().map(List::copyOf).toList();
    int width = columns.size();
    if (rows.stream().anyMatch(row -> row.size() != width)) {
      throw new IllegalArgumentException("every row must have " + width + " cells, one per column");
    }
  }

  /** Returns a number for other programs: no exponent, no separators; empty if not finite. */
  static String plain(double value) {
    if (!Double.isFinite(value)) {
      return "";
    }
    return value == 0 ? "0" : BigDecimal.valueOf(value).stripTrailingZeros().toPlainString();
  }
}
