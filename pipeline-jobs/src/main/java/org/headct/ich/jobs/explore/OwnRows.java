package org.headct.ich.jobs.explore;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.IntegralType;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.StructField;
import org.headct.ich.domain.error.UserException;
import org.headct.ich.jobs.query.SqlHeader;
import org.headct.ich.pages.ExploreReport.OwnAnswer;
import org.headct.ich.pages.element.Axis;
import org.headct.ich.pages.element.Bars;
import org.headct.ich.pages.element.Chart;
import org.headct.ich.pages.element.DataTable;
import org.headct.ich.pages.element.Format;
import org.headct.ich.pages.element.Lines;
import org.headct.ich.pages.element.Numbers;
import org.headct.ich.pages.element.Point;

/** The rows of a user's query as a table of the page and, if its file asks for one, a chart. */
final class OwnRows {
  /** A page is for people; {@code ich sql --format csv} gives all rows. */
  static final int MOST = 1000;

  private final StructField[] fields;
  private final List<Row> rows;

  private OwnRows(StructField[] fields, List<Row> rows) {
    this.fields = fields;
    this.rows = rows;
  }

  /**
   * @param name of the file, which becomes the title
   * @throws UserException if its columns do not suit the chart
   */
  static OwnAnswer of(String name, SqlHeader header, Dataset<Row> result) {
    StructField[] fields = result.schema().fields();
    List<Row> rows = plain(result, fields).takeAsList(MOST + 1);
    boolean cut = rows.size() > MOST;
    OwnRows own = new OwnRows(fields, cut ? rows.subList(0, MOST) : rows);
    String words = name.replace('-', ' ').replace('_', ' ').strip();
    return new OwnAnswer(
        words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1),
        header.about() + (cut ? " The first %,d rows.".formatted(MOST) : ""),
        header.comment() + header.query(),
        own.table(),
        switch (header.chart()) {
          case "" -> null;
          case "bars" -> own.bars();
          case "lines" -> own.lines();
          default ->
              throw new UserException(
                  "-- chart: must be bars or lines, got '%s'".formatted(header.chart()));
        });
  }

  /** Whole numbers as long, other numbers as double, all else as text. */
  private static Dataset<Row> plain(Dataset<Row> result, StructField[] fields) {
    String[] places =
        IntStream.range(0, fields.length).mapToObj(i -> "c" + i).toArray(String[]::new);
    Column[] columns = new Column[fields.length];
    for (int i = 0; i < fields.length; i++) {
      DataType type = fields[i].dataType();
      Column column = functions.col(places[i]);
      columns[i] =
          type.equals(DataTypes.BinaryType)
              ? functions.concat(functions.length(column), functions.lit(" bytes"))
              : column.cast(
                  type instanceof IntegralType
                      ? DataTypes.LongType
                      : type instanceof NumericType ? DataTypes.DoubleType : DataTypes.StringType);
    }
    return result.toDF(places).select(columns);
  }

  private DataTable table() {
    List<DataTable.Column> columns = new ArrayList<>();
    for (StructField field : fields) {
      columns.add(
          isNumber(field)
              ? DataTable.Column.number(field.name())
              : DataTable.Column.text(field.name()));
    }
    return new DataTable(columns, rows.stream().map(this::cells).toList());
  }

  private List<DataTable.Cell> cells(Row row) {
    return IntStream.range(0, fields.length).mapToObj(i -> cell(row, i)).toList();
  }

  private static DataTable.Cell cell(Row row, int i) {
    if (row.isNullAt(i)) {
      return new DataTable.Cell(Numbers.NONE, "");
    }
    Object value = row.get(i);
    if (value instanceof Long whole) {
      return DataTable.Cell.count(whole);
    }
    return value instanceof Double number
        ? DataTable.Cell.number(number, Format.DECIMAL)
        : DataTable.Cell.text(value.toString());
  }

  /** The first column names the bars, each other one is a series. */
  private Chart bars() {
    requireNumbers("bars");
    return new Bars(
        Axis.ofCounts(fields[0].name()),
        Axis.of(fields.length == 2 ? fields[1].name() : "", format()),
        Bars.Direction.HORIZONTAL,
        rows.stream().map(row -> cell(row, 0).shown()).toList(),
        each(
            i ->
                new Bars.Series(
                    fields[i].name(),
                    rows.stream().map(row -> number(row, i)).toList(),
                    rows.stream().map(row -> cell(row, i).shown()).toList())));
  }

  /** The first column is the place on the axis, each other one is a line. */
  private Chart lines() {
    requireNumbers("lines");
    if (!isNumber(fields[0])) {
      throw new UserException(
          "-- chart: lines wants numbers in the first column, and %s is %s"
              .formatted(fields[0].name(), fields[0].dataType().sql()));
    }
    List<Row> ordered =
        rows.stream()
            .filter(row -> !row.isNullAt(0))
            .sorted(Comparator.comparingDouble(row -> number(row, 0)))
            .toList();
    return new Lines(
        Axis.of(fields[0].name(), Format.DECIMAL),
        Axis.of(fields.length == 2 ? fields[1].name() : "", format()),
        Lines.Shape.WIDE,
        each(
            i ->
                new Lines.Series(
                    fields[i].name(),
                    "",
                    Lines.Style.DOTTED_POINTS,
                    ordered.stream()
                        .filter(row -> !row.isNullAt(i))
                        .map(row -> Point.of(number(row, 0), number(row, i)))
                        .toList(),
                    List.of())));
  }

  private void requireNumbers(String chart) {
    for (int i = 1; i < fields.length; i++) {
      if (!isNumber(fields[i])) {
        throw new UserException(
            "-- chart: %s wants numbers after the first column, and %s is %s"
                .formatted(chart, fields[i].name(), fields[i].dataType().sql()));
      }
    }
    if (fields.length < 2) {
      throw new UserException("-- chart: %s wants two columns or more".formatted(chart));
    }
  }

  /** Of the values: whole if all columns are. */
  private Format format() {
    return IntStream.range(1, fields.length)
            .allMatch(i -> fields[i].dataType() instanceof IntegralType)
        ? Format.COUNT
        : Format.DECIMAL;
  }

  private <T> List<T> each(Function<Integer, T> series) {
    return IntStream.range(1, fields.length).boxed().map(series).toList();
  }

  private static double number(Row row, int i) {
    return row.isNullAt(i) ? Double.NaN : ((Number) row.get(i)).doubleValue();
  }

  private static boolean isNumber(StructField field) {
    return field.dataType() instanceof NumericType;
  }
}
