package org.headct.ich.pages.element;

import java.util.ArrayList;
import java.util.List;

/** A chart of lines over a numeric axis. A line has a band if its points have bounds. */
public record Lines(Axis x, Axis y, Shape shape, List<Series> series) implements Chart {

  /** The shape of the chart. Curves of a rate against a rate are drawn in a square. */
  public enum Shape {
    SQUARE,
    WIDE
  }

  public enum Style {
    /** A line of our data, in the colour of its name. */
    LINE,
    /** A line with a dot at each point, for few points. */
    DOTTED_POINTS,
    /** A grey dashed line, such as chance or perfect calibration. */
    REFERENCE
  }

  /**
   * A line of the chart.
   *
   * @param detail text after the name in the legend, such as the ROC AUC; may be empty
   * @param points ordered by x
   * @param marks single highlighted points, such as the operating point
   */
  public record Series(
      String name, String detail, Style style, List<Point> points, List<Point> marks) {
    public Series {
      points = List.copyOf(points);
      marks = List.copyOf(marks);
    }

    /** Returns the diagonal from (0, 0) to (1, 1). */
    public static Series diagonal(String name) {
      List<Point> ends = List.of(Point.of(0, 0), Point.of(1, 1));
      return new Series(name, "", Style.REFERENCE, ends, List.of());
    }
  }

  public Lines {
    series = List.copyOf(series);
  }

  @Override
  public DataTable data() {
    List<DataTable.Column> columns =
        List.of(
            DataTable.Column.text("Series"),
            DataTable.Column.number(x.title()),
            DataTable.Column.number(y.title()),
            DataTable.Column.number("Lower bound"),
            DataTable.Column.number("Upper bound"));
    boolean bounds =
        series.stream().flatMap(one -> one.points().stream()).anyMatch(Point::hasBounds);
    int width = bounds ? columns.size() : columns.size() - 2;
    List<List<DataTable.Cell>> rows = new ArrayList<>();
    for (Series one : series) {
      if (one.style() != Style.REFERENCE) {
        one.points().forEach(point -> rows.add(row(one.name(), point).subList(0, width)));
        one.marks()
            .forEach(point -> rows.add(row(one.name() + " (marked)", point).subList(0, width)));
      }
    }
    return new DataTable(columns.subList(0, width), rows);
  }

  private List<DataTable.Cell> row(String name, Point point) {
    return List.of(
        DataTable.Cell.text(name),
        DataTable.Cell.number(point.x(), x.format()),
        DataTable.Cell.number(point.y(), y.format()),
        DataTable.Cell.number(point.lower(), y.format()),
        DataTable.Cell.number(point.upper(), y.format()));
  }

  @Override
  public boolean isEmpty() {
    return series.stream()
        .filter(one -> one.style() != Style.REFERENCE)
        .allMatch(one -> one.points().isEmpty());
  }
}
