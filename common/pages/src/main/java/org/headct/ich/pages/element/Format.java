package org.headct.ich.pages.element;

/**
 * The number format of an axis or a column. Java applies it to tables, the page's script to charts.
 */
public enum Format {
  /** A whole number with thousands separators. */
  COUNT,
  /** A fraction of one, shown as a percentage. */
  PERCENT,
  /** A plain figure with three decimals at most. */
  DECIMAL;

  /** Returns the number as readable text, or "–" if it is not finite. */
  public String text(double value) {
    return switch (this) {
      case COUNT -> Double.isFinite(value) ? Numbers.count(Math.round(value)) : Numbers.NONE;
      case PERCENT -> Numbers.percent(value);
      case DECIMAL -> Numbers.decimal(value, 3);
    };
  }
}
