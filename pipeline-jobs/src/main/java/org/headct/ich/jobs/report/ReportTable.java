package org.headct.ich.jobs.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Counts by row and column, for people and for schedulers.
 *
 * @param title what is counted
 * @param header the heading of the rows' names, then one of each count
 * @param rows in order
 */
public record ReportTable(String title, List<String> header, List<Line> rows) {
  /**
   * One row.
   *
   * @param counts one a column
   */
  public record Line(String name, List<Long> counts) {
    private List<String> cells() {
      List<String> cells = new ArrayList<>(List.of(name));
      counts.forEach(count -> cells.add(String.format(Locale.ROOT, "%,d", count)));
      return cells;
    }
  }

  /**
   * @throws IllegalArgumentException if a row has not one count for each heading
   */
  public ReportTable {
    for (Line row : rows) {
      if (row.counts().size() != header.size() - 1) {
        throw new IllegalArgumentException(
            "%s: %d counts of %s under %d headings"
                .formatted(title, row.counts().size(), row.name(), header.size() - 1));
      }
    }
  }

  /** Title, headings, a rule, rows: names to the left, numbers to the right. */
  List<String> lines() {
    List<List<String>> cells = new ArrayList<>(List.of(header));
    rows.forEach(row -> cells.add(row.cells()));
    AlignedColumns columns = new AlignedColumns(cells, i -> i > 0);
    List<String> lines = new ArrayList<>(List.of(title, columns.line(0, "  "), columns.rule("--")));
    for (int i = 1; i < cells.size(); i++) {
      lines.add(columns.line(i, "  "));
    }
    return lines;
  }
}
