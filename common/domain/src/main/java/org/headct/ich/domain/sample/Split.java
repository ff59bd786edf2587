package org.headct.ich.domain.sample;

/** A side of the split. */
public enum Split {
  /** The side on which parameters are fitted; only this side is resampled. */
  TRAIN("train"),
  /** The side that chooses the best epoch and the threshold. */
  VALIDATION("validation"),
  /** The side that is only reported. */
  TEST("test");

  private final String column;

  Split(String column) {
    this.column = column;
  }

  /** Returns the lower-case name that the tables hold. */
  public String column() {
    return column;
  }

  /**
   * Returns the side with a lower-case name.
   *
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
