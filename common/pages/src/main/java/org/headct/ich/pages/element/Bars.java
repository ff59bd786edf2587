package org.headct.ich.pages.element;

import java.util.ArrayList;
import java.util.List;

/**
 * A bar chart. Several series are drawn as groups of bars.
 *
 * @param categories title of the category axis; its format is not used
 * @param values axis of the bars' lengths
 * @param names names of the categories, in order
 */
public record Bars(
    Axis categories, Axis values, Direction direction, List<String> names, List<Series> series)
    implements Chart {

  /**
   * The direction of the bars. Horizontal bars leave room for long names; vertical bars suit
   * ordered categories.
   */
  public enum Direction {
    HORIZONTAL,
    VERTICAL
  }

  /**
   * The bars of one series.
   *
   * @param values one value per category
   * @param labels texts at the ends of the bars; empty for none
   */
  public record Series(String name, List<Double> values, List<String> labels) {
    public Series {
      values = List.copyOf(values);
      labels = List.copyOf(labels);
    }
  }

  public Bars {
    names = List.copyOf(names);
    series = List.copyOf(series);
    for (Series one : series) {
      if (one.values().size() != names.size()
          || !(one.labels().isEmpty() || one.labels().size() == names.size())) {
        throw new IllegalArgumentException(
            "series %s must have one value per category (%d), and as many labels or none"
                .formatted(one.name(), names.size()));
      }
    }
  }

  @Override
  public DataTable data() {
    List<DataTable.Column> columns = new ArrayList<>();
    columns.add(DataTable.Column.text(categories.title()));
    series.forEach(one -> columns.add(DataTable.Column.number(one.name())));
    List<List<DataTable.Cell>> rows = new ArrayList<>();
    for (int i = 0; i < names.size(); i++) {
      List<DataTable.Cell> row = new ArrayList<>();
      row.add(DataTable.Cell.text(names.get(i)));
      for (Series one : series) {
        double value = one.values().get(i);
        row.add(
            one.labels().isEmpty()
                ? DataTable.Cell.number(value, values.format())
                : new DataTable.Cell(one.labels().get(i), DataTable.plain(value)));
      }
      rows.add(row);
    }
    return new DataTable(columns, rows);
  }

  @Override
  public boolean isEmpty() {
    return series.stream().allMatch(one -> one.values().stream().noneMatch(v -> v != 0));
  }
}
