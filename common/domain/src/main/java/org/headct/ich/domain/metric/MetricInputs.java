package org.headct.ich.domain.metric;

/** Checks of what the metrics are given. */
final class MetricInputs {
  private MetricInputs() {}

  /**
   * @throws IllegalArgumentException if the arrays differ in length or a score is NaN
   */
  static void checkScores(double[] scores, boolean[] positives) {
    checkLengths(scores.length, positives.length);
    for (int i = 0; i < scores.length; i++) {
      if (Double.isNaN(scores[i])) {
        throw new IllegalArgumentException("score " + i + " is NaN");
      }
    }
  }

  /**
   * @throws IllegalArgumentException if the arrays differ in length or a probability is outside [0,
   *     1]
   */
  static void checkProbabilities(double[] probabilities, boolean[] positives) {
    checkLengths(probabilities.length, positives.length);
    for (int i = 0; i < probabilities.length; i++) {
      checkProbability(probabilities[i], i);
    }
  }

  static void checkProbability(double probability, int index) {
    if (!(probability >= 0 && probability <= 1)) {
      throw new IllegalArgumentException(
          "probability %d must be in [0, 1], got %s".formatted(index, probability));
    }
  }

  static void checkLengths(int scores, int labels) {
    if (scores != labels) {
      throw new IllegalArgumentException(
          "as many labels as scores are needed, got %d and %d".formatted(labels, scores));
    }
  }
}
