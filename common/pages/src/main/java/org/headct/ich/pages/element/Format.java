package org.headct.ich.pages.element;

/**
 * How numbers of an axis or a column are written, in Java for tables and in the page for charts.
 */
public enum Format {
  /** A whole number with thousands separators. */
  COUNT,
  /** A fraction of one, shown as a percentage. */
  PERCENT,
  /** A plain figure with three decimals at most. */
  DECIMAL;

  /** The number as people read it; "–" when it is not finite. */
  public String text(double value) {
    return switch (this) {
      case COUNT -> Double.isFinite(value) ? Numbers.count(Math.round(value)) : Numbers.NONE;
      case PERCENT -> Numbers.percent(value);
      case DECIMAL -> Numbers.decimal(value, 3);
    };
  }
}
