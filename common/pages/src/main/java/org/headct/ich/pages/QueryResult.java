package org.headct.ich.pages;

import java.util.List;

/**
 * Rows and the query that made them. A figure shows the query as its source.
 *
 * @param source SQL query, table or file that the rows come from; may be empty
 */
public record QueryResult<T>(String source, List<T> rows) {
  public QueryResult {
    rows = List.copyOf(rows);
  }

  /** Returns an empty result, which a page shows as missing data. */
  public static <T> QueryResult<T> none() {
    return new QueryResult<>("", List.of());
  }
}
