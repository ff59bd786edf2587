package org.headct.ich.domain.sample;

/**
 * Weights in a loss that give both classes of a binary label the same influence. An example of
 * class c weighs {@code n / (2 n_c)}, so each class weighs n/2 and the mean weight is 1. Source:
 * King G, Zeng L, Logistic regression in rare events data, Political Analysis 2001, with τ = 1/2;
 * {@code class_weight="balanced"} of scikit-learn.
 *
 * @param negatives n_0, number of training examples with label 0, ≥ 0
 * @param positives n_1, number of training examples with label 1, ≥ 0
 */
public record ClassWeights(long negatives, long positives) {
  /**
   * Checks the counts.
   *
   * @throws IllegalArgumentException if a count is negative
   */
  public ClassWeights {
    if (negatives < 0 || positives < 0) {
      throw new IllegalArgumentException(
          "class counts must not be negative, got %d and %d".formatted(negatives, positives));
    }
  }

  /**
   * Returns the weight of an example with label 1.
   *
   * @throws IllegalStateException if there is no such example
   */
  public double positive() {
    return weight(positives, "positive");
  }

  /**
   * Returns the weight of an example with label 0.
   *
   * @throws IllegalStateException if there is no such example
   */
  public double negative() {
    return weight(negatives, "negative");
  }

  private double weight(long count, String name) {
    if (count == 0) {
      throw new IllegalStateException("no weight for class " + name + ": it has no examples");
    }
    return (negatives + positives) / (2.0 * count);
  }
}
