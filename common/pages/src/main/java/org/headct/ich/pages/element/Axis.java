package org.headct.ich.pages.element;

import org.jspecify.annotations.Nullable;

/**
 * What an axis measures. The title names the quantity and its unit; null bounds are chosen from the
 * data.
 */
public record Axis(String title, Format format, @Nullable Double min, @Nullable Double max) {

  public static Axis of(String title, Format format) {
    return new Axis(title, format, null, null);
  }

  /** An axis from 0 to 1, such as a rate or a score. */
  public static Axis ofFraction(String title, Format format) {
    return new Axis(title, format, 0.0, 1.0);
  }

  /** An axis of whole numbers. */
  public static Axis ofCounts(String title) {
    return of(title, Format.COUNT);
  }
}
