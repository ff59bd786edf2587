package org.headct.ich.domain.metric;

import java.util.ArrayList;
import java.util.List;

/**
 * The calibration of probabilities: the agreement of predicted probabilities with observed rates.
 *
 * @param bins bins of equal width over [0, 1], including empty ones. Bin m of M is ((m − 1)/M,
 *     m/M]; the first also holds 0
 * @param expectedCalibrationError Σ n_m/n |positive rate − mean probability|, in [0, 1] (Naeini MP
 *     et al., AAAI 2015, for the probability of the positive class). Depends on the number of bins;
 *     NaN without examples
 * @param brier mean (probability − label)², in [0, 1] (Brier GW, Monthly Weather Review 1950); NaN
 *     without examples
 */
public record Calibration(List<Bin> bins, double expectedCalibrationError, double brier) {
  /**
   * One bin of the reliability diagram.
   *
   * @param lower lower edge
   * @param upper upper edge
   * @param count number of examples in the bin
   * @param meanProbability mean probability of the bin's examples; NaN if the bin is empty
   * @param positiveRate fraction of positive examples in the bin; NaN if the bin is empty
   */
  public record Bin(
      double lower, double upper, long count, double meanProbability, double positiveRate) {}

  public Calibration {
    bins = List.copyOf(bins);
  }

  /**
   * Returns the calibration of predictions.
   *
   * @param probabilities predicted probability of each example
   * @param positives label of each example
   * @param bins number of bins, ≥ 1; 10 and 15 are usual
   * @throws IllegalArgumentException if the arrays differ in length, a probability is outside [0,
   *     1], or {@code bins} is below 1
   */
  public static Calibration of(double[] probabilities, boolean[] positives, int bins) {
    MetricInputs.checkProbabilities(probabilities, positives);
    if (bins < 1) {
      throw new IllegalArgumentException("calibration needs at least 1 bin, got " + bins);
    }
    long[] counts = new long[bins];
    long[] positive = new long[bins];
    double[] sums = new double[bins];
    double squares = 0;
    for (int i = 0; i < probabilities.length; i++) {
      int bin = binOf(probabilities[i], bins);
      counts[bin]++;
      positive[bin] += positives[i] ? 1 : 0;
      sums[bin] += probabilities[i];
      double error = probabilities[i] - (positives[i] ? 1 : 0);
      squares += error * error;
    }
    double total = probabilities.length;
    double gaps = 0;
    List<Bin> filled = new ArrayList<>();
    for (int bin = 0; bin < bins; bin++) {
      double count = counts[bin];
      gaps += Math.abs(positive[bin] - sums[bin]);
      filled.add(
          new Bin(
              edge(bin, bins),
              edge(bin + 1, bins),
              counts[bin],
              sums[bin] / count,
              positive[bin] / count));
    }
    return new Calibration(filled, gaps / total, squares / total);
  }

  /**
   * Returns the bin of a probability. The edges decide, because the product may round across one.
   */
  private static int binOf(double probability, int bins) {
    int bin = Math.min(bins - 1, (int) (probability * bins));
    while (bin > 0 && probability <= edge(bin, bins)) {
      bin--;
    }
    while (bin < bins - 1 && probability > edge(bin + 1, bins)) {
      bin++;
    }
    return bin;
  }

  private static double edge(int bin, int bins) {
    return (double) bin / bins;
  }
}
