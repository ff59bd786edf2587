package org.headct.ich.domain.metric;

import java.util.Arrays;

/**
 * Counts at a threshold and the ratios of them, each in [0, 1], or NaN where its denominator is 0
 * (scikit-learn would give 0 and a warning, and so a figure that nobody measured).
 */
public record Confusion(
    long truePositives, long falsePositives, long trueNegatives, long falseNegatives) {

  /**
   * Predicts positive from {@code score >= threshold}.
   *
   * @throws IllegalArgumentException if the arrays differ in length or a score is NaN
   */
  public static Confusion at(double threshold, double[] scores, boolean[] positives) {
    int[] copies = new int[scores.length];
    Arrays.fill(copies, 1);
    return at(threshold, scores, positives, copies);
  }

  /** As above, where example i counts {@code copies[i]} times. */
  public static Confusion at(double threshold, double[] scores, boolean[] positives, int[] copies) {
    MetricInputs.checkScores(scores, positives);
    long[] counts = new long[4];
    for (int i = 0; i < scores.length; i++) {
      counts[(scores[i] >= threshold ? 2 : 0) + (positives[i] ? 1 : 0)] += copies[i];
    }
    return new Confusion(counts[3], counts[2], counts[0], counts[1]);
  }

  /** The counts of both together. */
  public Confusion plus(Confusion other) {
    return new Confusion(
        truePositives + other.truePositives,
        falsePositives + other.falsePositives,
        trueNegatives + other.trueNegatives,
        falseNegatives + other.falseNegatives);
  }

  /** All examples. */
  public long total() {
    return truePositives + falsePositives + trueNegatives + falseNegatives;
  }

  /** (TP + TN) / all; NaN without examples. */
  public double accuracy() {
    return ratio(truePositives + trueNegatives, total());
  }

  /** TP / (TP + FN); NaN without a positive. Also called sensitivity. */
  public double recall() {
    return ratio(truePositives, truePositives + falseNegatives);
  }

  /** The same as {@link #recall}, by the name that radiology uses. */
  public double sensitivity() {
    return recall();
  }

  /** TN / (TN + FP); NaN without a negative. */
  public double specificity() {
    return ratio(trueNegatives, trueNegatives + falsePositives);
  }

  /** TP / (TP + FP); NaN if nothing is predicted positive. */
  public double precision() {
    return ratio(truePositives, truePositives + falsePositives);
  }

  /** 2 TP / (2 TP + FP + FN); NaN if nothing is or is predicted positive. */
  public double f1() {
    return ratio(2 * truePositives, 2 * truePositives + falsePositives + falseNegatives);
  }

  private static double ratio(long part, long whole) {
    return whole == 0 ? Double.NaN : (double) part / whole;
  }
}
