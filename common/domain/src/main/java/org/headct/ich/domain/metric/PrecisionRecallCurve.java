package org.headct.ich.domain.metric;

import java.util.ArrayList;
import java.util.List;

/**
 * The exact precision–recall curve, with one point for each distinct score. Its first point is
 * (recall 0, precision 1) at threshold +∞, a convention rather than a measurement.
 *
 * @param averagePrecision figure to report: Σ (recall_k − recall_{k−1}) precision_k over all
 *     points, also after {@link #thinned}; NaN without a positive
 * @param trapezoidalAuc area under straight lines between the points, for comparison with
 *     publications that say "PR AUC". It is optimistic, because precision is not linear in recall
 *     (Davis J, Goadrich M, ICML 2006, 10.1145/1143844.1143874); NaN without a positive
 * @param points points by descending threshold
 */
public record PrecisionRecallCurve(
    double averagePrecision, double trapezoidalAuc, List<Point> points) {
  /**
   * The result of predicting positive from {@code score >= threshold}.
   *
   * @param threshold lowest score that counts as positive
   * @param recall recall in [0, 1], rising along the curve; NaN without a positive
   * @param precision precision in [0, 1]
   */
  public record Point(double threshold, double recall, double precision) {}

  public PrecisionRecallCurve {
    points = List.copyOf(points);
  }

  /**
   * Returns the curve of scored examples.
   *
   * @throws IllegalArgumentException if the arrays differ in length or a score is NaN
   */
  public static PrecisionRecallCurve of(double[] scores, boolean[] positives) {
    return of(Ranking.of(scores, positives));
  }

  /** Returns the curve of sorted examples. */
  public static PrecisionRecallCurve of(Ranking ranking) {
    double positives = ranking.positiveCount();
    List<Point> points = new ArrayList<>();
    points.add(new Point(Double.POSITIVE_INFINITY, 0 / positives, 1));
    ranking.forEachStep(
        (threshold, truePositives, falsePositives) ->
            points.add(
                new Point(
                    threshold,
                    truePositives / positives,
                    (double) truePositives / (truePositives + falsePositives))));
    double area = positives == 0 ? Double.NaN : 0;
    for (int i = 1; i < points.size(); i++) {
      Point here = points.get(i);
      Point before = points.get(i - 1);
      area += (here.recall() - before.recall()) * (here.precision() + before.precision()) / 2;
    }
    return new PrecisionRecallCurve(ranking.averagePrecision(), area, points);
  }

  /**
   * Returns at most {@code limit} (≥ 2) points for a plot, evenly along the curve, with both ends.
   */
  public PrecisionRecallCurve thinned(int limit) {
    return new PrecisionRecallCurve(
        averagePrecision,
        trapezoidalAuc,
        CurveThinning.thinned(points, Point::recall, Point::precision, limit));
  }
}
