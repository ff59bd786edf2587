package org.headct.ich.pages.element;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Numbers as readable text, the same in every locale. */
public final class Numbers {
  /** The sign for an undefined figure, such as the recall of a class without positives. */
  public static final String NONE = "–";

  /** The width from which on an interval gets two decimals, because a third would be noise. */
  private static final double WIDE_INTERVAL = 0.02;

  private Numbers() {}

  /** Returns the value, or NaN for null. */
  public static double orNaN(@Nullable Double value) {
    return value == null ? Double.NaN : value;
  }

  /** Writes a whole number with separators: 752803 becomes "752,803". */
  public static String count(long value) {
    return String.format(Locale.ROOT, "%,d", value);
  }

  /**
   * Writes a fraction of one as a percentage: 0.1434 becomes "14.3%". A value below one per cent
   * has two decimals.
   */
  public static String percent(double fraction) {
    if (!Double.isFinite(fraction)) {
      return NONE;
    }
    double percent = 100 * fraction;
    boolean small = percent != 0 && Math.abs(percent) < 1;
    return String.format(Locale.ROOT, small ? "%.2f%%" : "%.1f%%", percent);
  }

  /** Writes a part of a whole as a percentage, or "–" if the whole is 0. */
  public static String share(long part, long whole) {
    return whole == 0 ? NONE : percent((double) part / whole);
  }

  public static String decimal(double value, int digits) {
    return Double.isFinite(value) ? String.format(Locale.ROOT, "%,." + digits + "f", value) : NONE;
  }

  /**
   * Writes an estimate with its interval: "0.94 [0.90, 0.97]". A narrow interval has a third
   * decimal. Without an interval, the value is written with three decimals.
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
