package org.headct.ich.domain.metric;

/** The checks of the inputs of metrics. */
final class MetricInputs {
  private MetricInputs() {}

  /**
   * Checks scores and labels.
   *
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
   * Checks probabilities and labels.
   *
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
          "labels and scores must have the same length, got %d and %d".formatted(labels, scores));
    }
  }
}
