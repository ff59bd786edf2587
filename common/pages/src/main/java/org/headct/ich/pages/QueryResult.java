package org.headct.ich.pages;

import java.util.List;

/**
 * Rows together with the query that made them, so that a figure can say where it comes from.
 *
 * @param source the SQL query, or the table or file; shown with the figure, may be empty
 */
public record QueryResult<T>(String source, List<T> rows) {
  public QueryResult {
    rows = List.copyOf(rows);
  }

  /** Nothing was measured; the page says so. */
  public static <T> QueryResult<T> none() {
    return new QueryResult<>("", List.of());
  }
}
