package org.headct.ich.domain.metric;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** Leaves out points of a curve that a plot would not show. */
final class CurveThinning {
  private CurveThinning() {}

  /**
   * Returns at most {@code limit} points, evenly along the curve (by |Δx| + |Δy|), with both ends.
   * A point that is left out is within length / (limit − 1) of a point that is kept.
   *
   * @throws IllegalArgumentException if {@code limit} is below 2
   */
  static <P> List<P> thinned(
      List<P> points, ToDoubleFunction<P> x, ToDoubleFunction<P> y, int limit) {
    if (limit < 2) {
      throw new IllegalArgumentException("a curve needs at least 2 points, got " + limit);
    }
    if (points.size() <= limit) {
      return points;
    }
    double[] at = new double[points.size()];
    for (int i = 1; i < at.length; i++) {
      P here = points.get(i);
      P before = points.get(i - 1);
      at[i] =
          at[i - 1]
              + Math.abs(x.applyAsDouble(here) - x.applyAsDouble(before))
              + Math.abs(y.applyAsDouble(here) - y.applyAsDouble(before));
    }
    double step = at[at.length - 1] / (limit - 1);
    List<P> kept = new ArrayList<>();
    kept.add(points.get(0));
    int mark = 1;
    for (int i = 1; i < at.length - 1; i++) {
      if (at[i] >= mark * step && kept.size() < limit - 1) {
        kept.add(points.get(i));
        mark = (int) Math.floor(at[i] / step) + 1;
      }
    }
    kept.add(points.get(points.size() - 1));
    return List.copyOf(kept);
  }
}
