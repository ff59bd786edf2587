package org.headct.ich.domain.sample;

/** The method that gives the sides their sizes. */
public enum SplitMode {
  /** Each unit is assigned by itself. Sizes hold on average, and new data moves no old unit. */
  STABLE,
  /** All units are ordered and cut at an exact count. New data may move units next to a cut. */
  EXACT
}
