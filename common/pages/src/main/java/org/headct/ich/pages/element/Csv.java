package org.headct.ich.pages.element;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.commons.text.StringEscapeUtils;

/** A writer of tables as CSV (RFC 4180). */
public final class Csv {
  private Csv() {}

  public static String write(DataTable table) {
    StringBuilder out = new StringBuilder();
    line(out, table.columns().stream().map(column -> safe(column.name())).toList());
    table.rows().forEach(row -> line(out, row.stream().map(DataTable.Cell::exported).toList()));
    return out.toString();
  }

  /**
   * Returns the CSV as a {@code data:} URI. A link with a {@code download} attribute saves it as a
   * file.
   */
  public static String dataUri(DataTable table) {
    byte[] bytes = write(table).getBytes(StandardCharsets.UTF_8);
    return "data:text/csv;charset=utf-8;base64," + Base64.getEncoder().encodeToString(bytes);
  }

  /**
   * Puts an apostrophe before text that a spreadsheet would run as a formula, as OWASP's "CSV
   * injection" advises. Numbers stay unchanged.
   */
  static String safe(String text) {
    return !text.isEmpty() && "=+-@\t\r".indexOf(text.charAt(0)) >= 0 ? "'" + text : text;
  }

  private static void line(StringBuilder out, List<String> fields) {
    out.append(fields.stream().map(StringEscapeUtils::escapeCsv).collect(Collectors.joining(",")))
        .append("\r\n");
  }
}
