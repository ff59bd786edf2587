package org.headct.ich.domain.metric;

import java.util.Arrays;

/**
 * The counts of a confusion matrix at a threshold, with their ratios. Each ratio is in [0, 1], or
 * NaN if its denominator is 0. scikit-learn would give 0 and a warning, a number that nobody
 * measured.
 */
public record Confusion(
    long truePositives, long falsePositives, long trueNegatives, long falseNegatives) {

  /**
   * Counts predictions; {@code score >= threshold} is positive.
   *
   * @throws IllegalArgumentException if the arrays differ in length or a score is NaN
   */
  public static Confusion at(double threshold, double[] scores, boolean[] positives) {
    int[] copies = new int[scores.length];
    Arrays.fill(copies, 1);
    return at(threshold, scores, positives, copies);
  }

  /** Counts predictions; example i counts {@code copies[i]} times. */
  public static Confusion at(double threshold, double[] scores, boolean[] positives, int[] copies) {
    MetricInputs.checkScores(scores, positives);
    long[] counts = new long[4];
    for (int i = 0; i < scores.length; i++) {
      counts[(scores[i] >= threshold ? 2 : 0) + (positives[i] ? 1 : 0)] += copies[i];
    }
    return new Confusion(counts[3], counts[2], counts[0], counts[1]);
  }

  /** Returns the sum of the counts of both. */
  public Confusion plus(Confusion other) {
    return new Confusion(
        truePositives + other.truePositives,
        falsePositives + other.falsePositives,
        trueNegatives + other.trueNegatives,
        falseNegatives + other.falseNegatives);
  }

  /** Returns the number of examples. */
  public long total() {
    return truePositives + falsePositives + trueNegatives + falseNegatives;
  }

  /** Returns (TP + TN) / all; NaN without examples. */
  public double accuracy() {
    return ratio(truePositives + trueNegatives, total());
  }

  /** Returns TP / (TP + FN), also called sensitivity; NaN without a positive. */
  public double recall() {
    return ratio(truePositives, truePositives + falseNegatives);
  }

  /** Returns {@link #recall}, under the name that radiology uses. */
  public double sensitivity() {
    return recall();
  }

  /** Returns TN / (TN + FP); NaN without a negative. */
  public double specificity() {
    return ratio(trueNegatives, trueNegatives + falsePositives);
  }

  /** Returns TP / (TP + FP); NaN if nothing is predicted positive. */
  public double precision() {
    return ratio(truePositives, truePositives + falsePositives);
  }

  /** Returns 2 TP / (2 TP + FP + FN); NaN with neither positives nor positive predictions. */
  public double f1() {
    return ratio(2 * truePositives, 2 * truePositives + falsePositives + falseNegatives);
  }

  private static double ratio(long part, long whole) {
    return whole == 0 ? Double.NaN : (double) part / whole;
  }
}
