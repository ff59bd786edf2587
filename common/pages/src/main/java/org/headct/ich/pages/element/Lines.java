package org.headct.ich.pages.element;

import java.util.ArrayList;
import java.util.List;

/** Lines over a numeric axis, each with its band where its points have bounds. */
public record Lines(Axis x, Axis y, Shape shape, List<Series> series) implements Chart {

  /** Curves of a rate against a rate are read in a square. */
  public enum Shape {
    SQUARE,
    WIDE
  }

  public enum Style {
    /** A line of our data, in the colour of its name. */
    LINE,
    /** The same with a dot at each point, for few points. */
    DOTTED_POINTS,
    /** Grey and dashed: chance, perfect calibration. */
    REFERENCE
  }

  /**
   * @param detail said after the name in the legend, such as the area under the curve; may be empty
   * @param points ordered by x
   * @param marks single points to stand out, such as the operating point
   */
  public record Series(
      String name, String detail, Style style, List<Point> points, List<Point> marks) {
    public Series {
      points = List.copyOf(points);
      marks = List.copyOf(marks);
    }

    /** The diagonal from (0, 0) to (1, 1). */
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
