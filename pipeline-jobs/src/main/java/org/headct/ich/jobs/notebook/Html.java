package org.headct.ich.jobs.notebook;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.apache.commons.text.StringEscapeUtils;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.headct.ich.pages.element.ImageGrid.Tile;
import org.headct.ich.pages.element.Picture;
import org.jspecify.annotations.Nullable;
import scala.collection.Seq;

/**
 * An HTML fragment for a notebook's output. All text from data is escaped.
 *
 * @param markup HTML as {@code display("html", this)} takes it
 */
public record Html(String markup) {
  /** The most rows of a query that are shown. */
  private static final int MOST_ROWS = 60;

  private static final String CELL =
      "<%1$s style=\"text-align:%2$s;vertical-align:top;padding:2px 10px;white-space:pre-wrap\">%3$s</%1$s>";

  /** Returns a paragraph. */
  public static Html text(String text) {
    return new Html("<p>%s</p>".formatted(escaped(text)));
  }

  /** Returns a table with the first {@value #MOST_ROWS} rows of a query, under its column names. */
  public static Html table(Dataset<Row> rows) {
    List<Row> first = rows.takeAsList(MOST_ROWS + 1);
    List<List<?>> values = new ArrayList<>();
    for (Row row : first.subList(0, Math.min(MOST_ROWS, first.size()))) {
      List<@Nullable Object> cells = new ArrayList<>();
      for (int i = 0; i < row.size(); i++) {
        cells.add(row.get(i) instanceof Seq<?> ? row.getList(i) : row.get(i));
      }
      values.add(cells);
    }
    Html table = table(Arrays.asList(rows.columns()), values);
    return first.size() > MOST_ROWS
        ? table.and(text("The first %d rows; there are more.".formatted(MOST_ROWS)))
        : table;
  }

  /**
   * Returns a table.
   *
   * @param rows rows as long as the header; numbers are right-aligned
   */
  public static Html table(List<String> header, List<? extends List<?>> rows) {
    StringBuilder html = new StringBuilder("<table><thead><tr>");
    header.forEach(name -> html.append(cell("th", "left", name)));
    html.append("</tr></thead><tbody>");
    for (List<?> row : rows) {
      html.append("<tr>");
      for (Object value : row) {
        html.append(cell("td", value instanceof Number ? "right" : "left", shown(value)));
      }
      html.append("</tr>");
    }
    html.append("</tbody></table>");
    Html table = new Html(html.toString());
    return rows.isEmpty() ? table.and(text("No rows.")) : table;
  }

  private static String cell(String tag, String align, String text) {
    return CELL.formatted(tag, align, escaped(text));
  }

  /**
   * Returns slices side by side, each with its pictures and lines of text.
   *
   * @param widthPixels width of a picture on the screen, in pixels
   */
  public static Html tiles(List<Tile> tiles, int widthPixels) {
    StringBuilder html = new StringBuilder("<div style=\"display:flex;flex-wrap:wrap;gap:16px\">");
    for (Tile tile : tiles) {
      html.append("<figure style=\"margin:0\"><div style=\"display:flex;gap:2px\">");
      for (Picture picture : tile.pictures()) {
        html.append(
            "<div><img src=\"%s\" alt=\"%2$s\" width=\"%3$d\" style=\"image-rendering:pixelated\"><br><small>%2$s</small></div>"
                .formatted(picture.dataUri(), escaped(picture.name()), widthPixels));
      }
      html.append("</div><figcaption><b>%s</b>".formatted(escaped(tile.title())));
      tile.lines().forEach(line -> html.append("<br>").append(escaped(line)));
      html.append("</figcaption></figure>");
    }
    return new Html(html.append("</div>").toString());
  }

  /** Returns this fragment with another one below it. */
  public Html and(Html below) {
    return new Html(markup + below.markup);
  }

  /** Returns the markup, as the kernel needs it. */
  @Override
  public String toString() {
    return markup;
  }

  private static String escaped(String text) {
    return StringEscapeUtils.escapeHtml4(text);
  }

  /** Writes a value: doubles rounded, whole numbers in full. */
  private static String shown(@Nullable Object value) {
    if (value == null) {
      return "";
    } else if (value instanceof Double || value instanceof Float) {
      return number(((Number) value).doubleValue());
    } else if (value instanceof Number) {
      return String.format(Locale.ROOT, "%,d", ((Number) value).longValue());
    } else if (value instanceof Iterable<?> list) {
      List<String> parts = new ArrayList<>();
      list.forEach(part -> parts.add(shown(part)));
      return String.join(", ", parts);
    }
    return value.toString();
  }

  private static String number(double value) {
    if (value == Math.rint(value) && Math.abs(value) < 1e6) {
      return String.format(Locale.ROOT, "%.0f", value);
    }
    return Math.abs(value) >= 0.001 && Math.abs(value) < 1e6
        ? String.format(Locale.ROOT, Math.abs(value) >= 100 ? "%.1f" : "%.3f", value)
        : String.format(Locale.ROOT, "%.3g", value);
  }
}
