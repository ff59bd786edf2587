package org.headct.ich.jobs.sql;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/** Rows as aligned columns: numbers to the right, texts to the left. */
final class TextTable {
  /** More than people read; csv and json have no such limit. */
  static final int MOST_ROWS = 1000;

  private static final String NULL = "NULL";

  private TextTable() {}

  /**
   * Writes a table and the count of its rows below it.
   *
   * @param rows one more than {@link #MOST_ROWS} when there are more
   * @return how many rows were written
   */
  static long write(StructType schema, List<List<@Nullable String>> rows, PrintWriter out) {
    List<List<@Nullable String>> shown = rows.subList(0, Math.min(rows.size(), MOST_ROWS));
    StructField[] fields = schema.fields();
    int[] widths = new int[fields.length];
    for (int i = 0; i < fields.length; i++) {
      widths[i] = width(fields[i].name());
      for (List<@Nullable String> row : shown) {
        widths[i] = Math.max(widths[i], width(text(row.get(i))));
      }
    }
    List<@Nullable String> header = new ArrayList<>();
    List<@Nullable String> rule = new ArrayList<>();
    for (int i = 0; i < fields.length; i++) {
      header.add(fields[i].name());
      rule.add("-".repeat(widths[i]));
    }
    line(out, header, fields, widths, " | ");
    line(out, rule, fields, widths, "-+-");
    shown.forEach(row -> line(out, row, fields, widths, " | "));
    out.println(count(rows.size()));
    return shown.size();
  }

  private static String count(int rows) {
    if (rows > MOST_ROWS) {
      return "(the first %,d rows; --format csv or json writes all)".formatted(MOST_ROWS);
    }
    return rows == 1 ? "(1 row)" : "(%,d rows)".formatted(rows);
  }

  private static void line(
      PrintWriter out,
      List<@Nullable String> cells,
      StructField[] fields,
      int[] widths,
      String between) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < widths.length; i++) {
      String text = text(cells.get(i));
      String space = " ".repeat(widths[i] - width(text));
      boolean number = fields[i].dataType() instanceof NumericType;
      line.append(i == 0 ? "" : between).append(number ? space + text : text + space);
    }
    out.println(line.toString().stripTrailing());
  }

  /** A row is a line: what would break it is shown escaped. */
  private static String text(@Nullable String cell) {
    return cell == null
        ? NULL
        : cell.replace("\n", "\\n").replace("\r", "\\r").replace("\t", "\\t");
  }

  private static int width(String text) {
    return text.codePointCount(0, text.length());
  }
}
