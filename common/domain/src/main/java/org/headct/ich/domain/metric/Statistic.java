package org.headct.ich.domain.metric;

/**
 * A figure of some examples, as a function of how often each of them counts; so a resample costs
 * neither copies nor sorting. For instance {@code ranking::auc}, or {@code copies ->
 * Confusion.at(0.5, scores, positives, copies).f1()}.
 */
@FunctionalInterface
public interface Statistic {
  /**
   * The figure.
   *
   * @param copies how often each example counts, ≥ 0; not to be kept or changed
   * @return NaN if it is undefined for this resample
   */
  double of(int[] copies);

  /** The mean of one value an example, such as its loss; NaN if no example counts. */
  static Statistic mean(double[] values) {
    double[] kept = values.clone();
    return copies -> {
      MetricInputs.checkLengths(kept.length, copies.length);
      double sum = 0;
      long count = 0;
      for (int i = 0; i < kept.length; i++) {
        sum += kept[i] * copies[i];
        count += copies[i];
      }
      return sum / count;
    };
  }
}
