package org.headct.ich.pages.element;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Numbers as people read them, the same in every locale. */
public final class Numbers {
  /** Stands for a figure that does not exist, such as the recall of a class without positives. */
  public static final String NONE = "–";

  /** From this width of an interval on, a third decimal would be noise. */
  private static final double WIDE_INTERVAL = 0.02;

  private Numbers() {}

  /** What is not known is not a number. */
  public static double orNaN(@Nullable Double value) {
    return value == null ? Double.NaN : value;
  }

  /** 752803 becomes "752,803". */
  public static String count(long value) {
    return String.format(Locale.ROOT, "%,d", value);
  }

  /** A fraction of one: 0.1434 becomes "14.3%"; below one per cent with two decimals. */
  public static String percent(double fraction) {
    if (!Double.isFinite(fraction)) {
      return NONE;
    }
    double percent = 100 * fraction;
    boolean small = percent != 0 && Math.abs(percent) < 1;
    return String.format(Locale.ROOT, small ? "%.2f%%" : "%.1f%%", percent);
  }

  /** A part of a whole as a percentage; "–" of an empty whole. */
  public static String share(long part, long whole) {
    return whole == 0 ? NONE : percent((double) part / whole);
  }

  public static String decimal(double value, int digits) {
    return Double.isFinite(value) ? String.format(Locale.ROOT, "%,." + digits + "f", value) : NONE;
  }

  /**
   * "0.94 [0.90, 0.97]", with a third decimal where the interval is narrow enough to bear it; the
   * value alone, with three decimals, where there is no interval.
   */
  public static String estimate(Estimate estimate) {
    if (!estimate.hasInterval()) {
      return decimal(estimate.value(), 3);
    }
    int digits = estimate.upper() - estimate.lower() >= WIDE_INTERVAL ? 2 : 3;
    return decimal(estimate.value(), digits)
        + " ["
        + decimal(estimate.lower(), digits)
        + ", "
        + decimal(estimate.upper(), digits)
        + "]";
  }
}
