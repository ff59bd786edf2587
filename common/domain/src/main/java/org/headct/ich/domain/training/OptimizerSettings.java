package org.headct.ich.domain.training;

/**
 * The update of a network's weights by a gradient.
 *
 * @param rule the update rule
 * @param learningRate the initial step size, above 0
 * @param momentum Nesterov momentum in [0, 1); {@code SGD} only
 * @param weightDecay L2 coefficient on weights, 0 or more; biases, gammas and betas have none
 */
public record OptimizerSettings(
    Rule rule, double learningRate, double momentum, double weightDecay) {

  /** The update rules that {@code train.optimizer} can name. */
  public enum Rule {
    /** Stochastic gradient descent with Nesterov momentum. */
    SGD,
    ADAM;

    /** Returns the name that people type. */
    public String key() {
      return Keys.of(this);
    }
  }
}
