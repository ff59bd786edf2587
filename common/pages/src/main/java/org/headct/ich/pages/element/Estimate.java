package org.headct.ich.pages.element;

import org.headct.ich.domain.metric.Interval;
import org.jspecify.annotations.Nullable;

/**
 * A figure with its 95 % interval. {@code NaN} stands for an undefined value and for bounds that
 * were not computed.
 */
public record Estimate(double value, double lower, double upper) {

  /** Returns a figure without an interval. */
  public static Estimate of(double value) {
    return new Estimate(value, Double.NaN, Double.NaN);
  }

  /** Returns a figure with its 95 % interval. */
  public static Estimate of(double value, double lower, double upper) {
    return new Estimate(value, lower, upper);
  }

  /** Returns a figure from a table's columns, in which null means unknown. */
  public static Estimate ofNullable(
      @Nullable Double value, @Nullable Double lower, @Nullable Double upper) {
    return new Estimate(Numbers.orNaN(value), Numbers.orNaN(lower), Numbers.orNaN(upper));
  }

  public static Estimate of(Interval interval) {
    return new Estimate(interval.estimate(), interval.lower(), interval.upper());
  }

  public boolean hasInterval() {
    return Double.isFinite(value) && Double.isFinite(lower) && Double.isFinite(upper);
  }

  /**
   * Returns a proportion with its Wilson score interval at 95 % (E. B. Wilson, JASA 22, 1927). The
   * interval stays within [0, 1] for rare positives. The result is undefined for {@code total} 0.
   */
  public static Estimate ofProportion(long part, long total) {
    if (total == 0) {
      return of(Double.NaN);
    }
    double z = 1.959963984540054;
    double share = (double) part / total;
    double shrink = 1 + z * z / total;
    double middle = (share + z * z / (2.0 * total)) / shrink;
    double half =
        z / shrink * Math.sqrt(share * (1 - share) / total + z * z / (4.0 * total * total));
    return new Estimate(share, Math.max(0, middle - half), Math.min(1, middle + half));
  }
}
