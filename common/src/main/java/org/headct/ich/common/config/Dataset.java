package org.headct.ich.common.config;

/** The published datasets: which of the middle slices belong. */
public enum Dataset {
  /** Every annotated middle slice. */
  BINARY,
  /** Those of {@link #BINARY} with {@code any} = 1, in the same split. */
  MULTILABEL;

  /** The name in the tables' {@code dataset} column. */
  public String column() {
    return Settings.kebab(this);
  }
}
