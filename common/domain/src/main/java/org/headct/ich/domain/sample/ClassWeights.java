package org.headct.ich.domain.sample;

/**
 * Weights that make both classes of a binary label weigh the same in a loss: an example of class c
 * weighs {@code n / (2 n_c)}, so each class weighs n/2 and the mean weight is 1. Source: King G,
 * Zeng L, Logistic regression in rare events data, Political Analysis 2001, with τ = 1/2; {@code
 * class_weight="balanced"} of scikit-learn.
 *
 * @param negatives n_0, examples with label 0 on the training side, ≥ 0
 * @param positives n_1, examples with label 1 on the training side, ≥ 0
 */
public record ClassWeights(long negatives, long positives) {
  /**
   * @throws IllegalArgumentException if a count is negative
   */
  public ClassWeights {
    if (negatives < 0 || positives < 0) {
      throw new IllegalArgumentException(
          "class counts must not be negative, got %d and %d".formatted(negatives, positives));
    }
  }

  /**
   * The weight of an example with label 1.
   *
   * @throws IllegalStateException if there is none
   */
  public double positive() {
    return weight(positives, "positive");
  }

  /**
   * The weight of an example with label 0.
   *
   * @throws IllegalStateException if there is none
   */
  public double negative() {
    return weight(negatives, "negative");
  }

  private double weight(long count, String name) {
    if (count == 0) {
      throw new IllegalStateException("a class without examples has no weight: no " + name);
    }
    return (negatives + positives) / (2.0 * count);
  }
}
