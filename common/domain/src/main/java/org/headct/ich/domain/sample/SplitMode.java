package org.headct.ich.domain.sample;

/** How the sides get their sizes. */
public enum SplitMode {
  /** Each unit decides for itself; sizes hold on average, and new data moves no old unit. */
  STABLE,
  /** All units are ordered and cut at an exact count; new data may move units next to a cut. */
  EXACT
}
