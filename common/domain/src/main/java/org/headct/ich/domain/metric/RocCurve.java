package org.headct.ich.domain.metric;

import java.util.ArrayList;
import java.util.List;

/**
 * The exact ROC curve, with one point for each distinct score, from (0, 0) at threshold +∞ to (1,
 * 1) at the lowest score.
 *
 * @param auc area under the curve of all points, also after {@link #thinned}, by the trapezoid
 *     rule, which is exact with ties; NaN without a positive or without a negative
 * @param points points by descending threshold
 */
public record RocCurve(double auc, List<Point> points) {
  /**
   * The result of predicting positive from {@code score >= threshold}.
   *
   * @param threshold lowest score that counts as positive
   * @param falsePositiveRate 1 − specificity, in [0, 1]; NaN without a negative
   * @param truePositiveRate sensitivity, in [0, 1]; NaN without a positive
   */
  public record Point(double threshold, double falsePositiveRate, double truePositiveRate) {}

  public RocCurve {
    points = List.copyOf(points);
  }

  /**
   * Returns the curve of scored examples.
   *
   * @throws IllegalArgumentException if the arrays differ in length or a score is NaN
   */
  public static RocCurve of(double[] scores, boolean[] positives) {
    return of(Ranking.of(scores, positives));
  }

  /** Returns the curve of sorted examples. */
  public static RocCurve of(Ranking ranking) {
    double positives = ranking.positiveCount();
    double negatives = ranking.size() - positives;
    List<Point> points = new ArrayList<>();
    points.add(new Point(Double.POSITIVE_INFINITY, 0 / negatives, 0 / positives));
    ranking.forEachStep(
        (threshold, truePositives, falsePositives) ->
            points.add(
                new Point(threshold, falsePositives / negatives, truePositives / positives)));
    return new RocCurve(ranking.auc(), points);
  }

  /**
   * Returns at most {@code limit} (≥ 2) points for a plot, evenly along the curve, with both ends.
   */
  public RocCurve thinned(int limit) {
    return new RocCurve(
        auc,
        CurveThinning.thinned(points, Point::falsePositiveRate, Point::truePositiveRate, limit));
  }
}
