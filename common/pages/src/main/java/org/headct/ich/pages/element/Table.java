package org.headct.ich.pages.element;

import java.util.Set;

/**
 * A table with its words.
 *
 * @param source the SQL query that made it; empty when there is none
 * @param marked indices of the rows that stand out
 */
public record Table(
    String title, String caption, String source, DataTable data, Set<Integer> marked)
    implements Block {

  public Table {
    marked = Set.copyOf(marked);
  }

  public Table(String title, String caption, String source, DataTable data) {
    this(title, caption, source, data, Set.of());
  }
}
