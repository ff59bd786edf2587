package org.headct.ich.domain.label;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A class of the RSNA 2019 label file: the five subtypes of intracranial haemorrhage and {@code
 * any}, which is 1 exactly when one of the five is.
 *
 * <p>The order is the order of columns in every table and of heads in every network; it is the
 * competition's (alphabetical, {@code any} last) and must never change. Source: Flanders AE et al.,
 * Radiology: Artificial Intelligence 2020, 10.1148/ryai.2020190211.
 */
public enum Subtype {
  /** Epidural haematoma. */
  EPIDURAL("epidural"),
  /** Intraparenchymal haemorrhage. */
  INTRAPARENCHYMAL("intraparenchymal"),
  /** Intraventricular haemorrhage. */
  INTRAVENTRICULAR("intraventricular"),
  /** Subarachnoid haemorrhage. */
  SUBARACHNOID("subarachnoid"),
  /** Subdural haematoma. */
  SUBDURAL("subdural"),
  /** Any haemorrhage: the OR of the five. */
  ANY("any");

  /** The six classes, in the order of the columns. */
  public static final List<Subtype> ALL = List.of(values());

  /** The five without {@link #ANY}, in the order of the columns. */
  public static final List<Subtype> FIVE = ALL.subList(0, 5);

  private final String column;

  Subtype(String column) {
    this.column = column;
  }

  /** Returns the lower-case name: a column of the tables and the end of an id in the label file. */
  public String column() {
    return column;
  }

  /** Returns the bit in a six-bit mask: {@code 1 << ordinal()}, so {@code epidural} is 1. */
  public int bit() {
    return 1 << ordinal();
  }

  /**
   * Returns the class of a column's name.
   *
   * @throws IllegalArgumentException if there is none; the name is case-sensitive
   */
  public static Subtype ofColumn(String column) {
    Subtype found = findColumn(column);
    if (found == null) {
      throw new IllegalArgumentException("no haemorrhage subtype is named '" + column + "'");
    }
    return found;
  }

  /** Finds the class of a column's name; null if there is none. The name is case-sensitive. */
  public static @Nullable Subtype findColumn(String column) {
    return findAt(column, 0, column.length());
  }

  /** Finds the class that {@code text[from, to)} names, without a substring; null if none. */
  static @Nullable Subtype findAt(String text, int from, int to) {
    for (Subtype subtype : ALL) {
      if (subtype.column.length() == to - from && text.startsWith(subtype.column, from)) {
        return subtype;
      }
    }
    return null;
  }
}
