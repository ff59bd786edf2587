package org.headct.ich.pages.element;

import org.jspecify.annotations.Nullable;

/**
 * An axis of a chart. Its title names the quantity and the unit. A null bound is chosen from the
 * data.
 */
public record Axis(String title, Format format, @Nullable Double min, @Nullable Double max) {

  public static Axis of(String title, Format format) {
    return new Axis(title, format, null, null);
  }

  /** Returns an axis from 0 to 1, for a rate or a score. */
  public static Axis ofFraction(String title, Format format) {
    return new Axis(title, format, 0.0, 1.0);
  }

  /** Returns an axis of whole numbers. */
  public static Axis ofCounts(String title) {
    return of(title, Format.COUNT);
  }
}
