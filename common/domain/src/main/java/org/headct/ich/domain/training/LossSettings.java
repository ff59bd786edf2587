package org.headct.ich.domain.training;

import java.util.List;
import org.headct.ich.domain.error.UserException;

/**
 * The weights and targets of the training loss. The weights are measured on the training part, so
 * they are empty until the job has read it.
 *
 * @param labelSmoothing s of the training loss, in [0, 1): a label y counts as y(1−s) + s/2
 * @param classWeights weight of a row without and of one with a haemorrhage; empty for 1
 * @param positiveWeights weight of a positive label for each output of the head, which multiplies
 *     the class's weight; empty for 1
 */
public record LossSettings(
    double labelSmoothing, List<Double> classWeights, List<Double> positiveWeights) {
  public LossSettings {
    classWeights = List.copyOf(classWeights);
    positiveWeights = List.copyOf(positiveWeights);
    require(
        classWeights.isEmpty() || classWeights.size() == 2,
        "the weights of the classes",
        "empty or two",
        classWeights);
    requirePositive("the weights of the classes", classWeights);
    requirePositive("train.positive-weights", positiveWeights);
  }

  /** Returns a loss whose rows and labels all have the weight 1. */
  public static LossSettings unweighted(double labelSmoothing) {
    return new LossSettings(labelSmoothing, List.of(), List.of());
  }

  private static void requirePositive(String name, List<Double> weights) {
    require(weights.stream().allMatch(w -> w > 0 && Double.isFinite(w)), name, "above 0", weights);
  }

  static void require(boolean holds, String name, String range, Object value) {
    if (!holds) {
      throw new UserException("%s must be %s, got %s".formatted(name, range, value));
    }
  }
}
