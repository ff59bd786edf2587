package org.headct.ich.jobs.page;

import java.util.ArrayList;
import java.util.List;

/** A point of a line; {@code NaN} bounds where there is no band. */
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

  /**
   * At most {@code most} of the points of a curve in the unit square, ends kept, spread evenly
   * along its length: a curve has as many points as there are slices, and the eye sees some
   * hundreds.
   */
  public static List<Point> thin(List<Point> points, int most) {
    if (most < 2) {
      throw new IllegalArgumentException("a curve needs at least 2 points, got " + most);
    }
    if (points.size() <= most) {
      return List.copyOf(points);
    }
    double[] length = new double[points.size()];
    for (int i = 1; i < length.length; i++) {
      Point from = points.get(i - 1);
      Point to = points.get(i);
      length[i] = length[i - 1] + Math.abs(to.x() - from.x()) + Math.abs(to.y() - from.y());
    }
    double step = length[length.length - 1] / (most - 1);
    List<Point> kept = new ArrayList<>(most);
    int taken = -1;
    for (int k = 0, i = 0; k < most - 1; k++) {
      while (length[i] < k * step && i < length.length - 1) {
        i++;
      }
      if (i != taken && i < length.length - 1) {
        kept.add(points.get(i));
        taken = i;
      }
    }
    kept.add(points.get(points.size() - 1));
    return List.copyOf(kept);
  }
}
