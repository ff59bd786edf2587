package org.headct.ich.pages.element;

import java.util.ArrayList;
import java.util.List;

/**
 * A matrix as coloured cells.
 *
 * @param columns names along the horizontal axis
 * @param rows names along the vertical axis, first on top
 * @param value axis of the colours
 * @param values one list per row; {@code NaN} leaves a cell empty
 * @param labels texts of the cells, in the same shape
 */
public record HeatMap(
    Axis x,
    Axis y,
    Axis value,
    List<String> columns,
    List<String> rows,
    List<List<Double>> values,
    List<List<String>> labels)
    implements Chart {

  public HeatMap {
    columns = List.copyOf(columns);
    rows = List.copyOf(rows);
    values = values.stream().map(List::copyOf).toList();
    labels = labels.stream().map(List::copyOf).toList();
    int width = columns.size();
    if (values.size() != rows.size()
        || labels.size() != rows.size()
        || values.stream().anyMatch(row -> row.size() != width)
        || labels.stream().anyMatch(row -> row.size() != width)) {
      throw new IllegalArgumentException(
          "values and labels must be %d rows of %d columns".formatted(rows.size(), width));
    }
  }

  @Override
  public DataTable data() {
    List<DataTable.Column> header = new ArrayList<>();
    header.add(DataTable.Column.text(y.title()));
    columns.forEach(name -> header.add(DataTable.Column.number(name)));
    List<List<DataTable.Cell>> body = new ArrayList<>();
    for (int r = 0; r < rows.size(); r++) {
      List<DataTable.Cell> row = new ArrayList<>();
      row.add(DataTable.Cell.text(rows.get(r)));
      for (int c = 0; c < columns.size(); c++) {
        String plain = DataTable.plain(values.get(r).get(c));
        row.add(new DataTable.Cell(labels.get(r).get(c), plain));
      }
      body.add(row);
    }
    return new DataTable(header, body);
  }

  @Override
  public boolean isEmpty() {
    return values.stream().allMatch(row -> row.stream().allMatch(v -> v.isNaN()));
  }
}
