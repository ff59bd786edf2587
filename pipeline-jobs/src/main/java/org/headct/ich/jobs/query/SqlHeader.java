package org.headct.ich.jobs.query;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The comment at the head of an SQL file, and the query below it.
 *
 * <pre>
 * -- How many series have how many slices?
 * --   slices: number of slices in a series
 * --   series: number of series with this many slices
 * SELECT …
 * </pre>
 *
 * @param comment the comment with its line ends; empty for none
 * @param about the lines that describe no column, as one text
 * @param columns column name to description, in the order of the lines
 * @param query the rest of the file
 */
public record SqlHeader(String comment, String about, Map<String, String> columns, String query) {
  private static final Pattern COLUMN = Pattern.compile("-- {3}(\\w+): (.+)");

  /** Reads the leading lines that begin with {@code --}. */
  public static SqlHeader of(String sql) {
    StringBuilder comment = new StringBuilder();
    List<String> about = new ArrayList<>();
    Map<String, String> columns = new LinkedHashMap<>();
    for (String line : sql.lines().takeWhile(one -> one.startsWith("--")).toList()) {
      comment.append(line).append('\n');
      Matcher column = COLUMN.matcher(line);
      if (column.matches()) {
        columns.put(column.group(1), column.group(2));
      } else {
        about.add(line.substring(2).strip());
      }
    }
    return new SqlHeader(
        comment.toString(),
        String.join(" ", about),
        columns,
        sql.lines().dropWhile(one -> one.startsWith("--")).reduce("", SqlHeader::joined).strip());
  }

  private static String joined(String text, String line) {
    return text + line + "\n";
  }
}
