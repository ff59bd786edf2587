package org.headct.ich.jobs.sql;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.headct.ich.jobs.report.AlignedColumns;
import org.jspecify.annotations.Nullable;

/** Rows of a query for people: aligned columns, one line a row, and the count below. */
final class TextTable {
  /** The most rows that are shown; csv and json have no such limit. */
  static final int MOST_ROWS = 1000;

  private TextTable() {}

  /**
   * Writes a table and the count of its rows below it.
   *
   * @param rows one more than {@link #MOST_ROWS} when there are more
   * @return how many rows were written
   */
  static long write(StructType schema, List<List<@Nullable String>> rows, PrintWriter out) {
    StructField[] fields = schema.fields();
    List<List<String>> cells = new ArrayList<>();
    cells.add(Arrays.stream(fields).map(StructField::name).toList());
    rows.stream()
        .limit(MOST_ROWS)
        .forEach(row -> cells.add(row.stream().map(TextTable::text).toList()));
    AlignedColumns columns =
        new AlignedColumns(cells, i -> fields[i].dataType() instanceof NumericType);
    out.println(columns.line(0, " | "));
    out.println(columns.rule("-+-"));
    for (int i = 1; i < cells.size(); i++) {
      out.println(columns.line(i, " | "));
    }
    out.println(count(rows.size()));
    return cells.size() - 1L;
  }

  private static String count(int rows) {
    if (rows > MOST_ROWS) {
      return "(the first %,d rows; --format csv or json writes all)".formatted(MOST_ROWS);
    }
    return rows == 1 ? "(1 row)" : "(%,d rows)".formatted(rows);
  }

  /** Escapes what would break the line. */
  private static String text(@Nullable String cell) {
    return cell == null
        ? "NULL"
        : cell.replace("\n", "\\n").replace("\r", "\\r").replace("\t", "\\t");
  }
}
