package org.headct.ich.domain.metric;

/**
 * A figure of examples, as a function of how often each example counts. A resample thus needs no
 * copying or sorting. Examples: {@code ranking::auc}, or {@code copies -> Confusion.at(0.5, scores,
 * positives, copies).f1()}.
 */
@FunctionalInterface
public interface Statistic {
  /**
   * Returns the figure.
   *
   * @param copies number of times that each example counts, ≥ 0; do not keep or change the array
   * @return figure, or NaN if it is undefined for this resample
   */
  double of(int[] copies);

  /** Returns the mean of one value for each example, such as its loss; NaN if no example counts. */
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
