package org.headct.ich.domain.sample;

/** The side of the split that an image is on. */
public enum Split {
  /** Parameters are fitted on it; the only side that is resampled. */
  TRAIN("train"),
  /** Chooses the best epoch and the threshold. */
  VALIDATION("validation"),
  /** Reported, and used for nothing else. */
  TEST("test");

  private final String column;

  Split(String column) {
    this.column = column;
  }

  /** The lower-case name, as the tables hold it. */
  public String column() {
    return column;
  }

  /**
   * @throws IllegalArgumentException if no side has that name
   */
  public static Split ofColumn(String column) {
    for (Split split : values()) {
      if (split.column.equals(column)) {
        return split;
      }
    }
    throw new IllegalArgumentException("no split is named '" + column + "'");
  }
}
