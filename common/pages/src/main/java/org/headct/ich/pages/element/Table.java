package org.headct.ich.pages.element;

import java.util.Set;

/**
 * A table with its title, caption and source.
 *
 * @param source SQL query that made the table; may be empty
 * @param marked indices of the highlighted rows
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
