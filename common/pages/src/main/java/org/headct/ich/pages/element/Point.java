package org.headct.ich.pages.element;

/** A point of a line. Its bounds are {@code NaN} if the line has no band. */
public record Point(double x, double y, double lower, double upper) {

  public static Point of(double x, double y) {
    return new Point(x, y, Double.NaN, Double.NaN);
  }

  public static Point of(double x, Estimate y) {
    return new Point(x, y.value(), y.lower(), y.upper());
  }

  public boolean hasBounds() {
    return Double.isFinite(lower) && Double.isFinite(upper);
  }
}
