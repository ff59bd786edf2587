package org.headct.ich.jobs.training;

import java.util.List;
import org.headct.ich.domain.error.UserException;

/**
 * How the learning rate moves from epoch to epoch. The driver sets it between fits, because DL4J's
 * own schedules never advance under parameter averaging.
 *
 * @param kind the rule
 * @param factor what the rate is multiplied by at a step, in (0, 1]; COSINE: not used
 * @param epochs STEP: epochs between steps; PLATEAU: epochs without a better validation loss before
 *     a step; COSINE: epochs of the whole run
 * @param warmUp epochs at the start over which the rate climbs in equal steps to where the rule has
 *     it (Goyal et al. 2017, section 2.2); 0 for none
 */
public record RateSchedule(Kind kind, double factor, int epochs, int warmUp) {
  private static final double LEAST_GAIN = 1e-4;

  /** The rule. */
  public enum Kind {
    CONSTANT,
    STEP,
    PLATEAU,
    COSINE
  }

  public RateSchedule {
    if (!(factor > 0 && factor <= 1) || epochs < 1 || warmUp < 0) {
      throw new UserException(
          "train.schedule needs a factor in (0, 1], at least 1 epoch and no negative warm-up, got %s, %d and %d"
              .formatted(factor, epochs, warmUp));
    }
  }

  /** Falls from the initial rate to almost nothing over a run of {@code epochs}. */
  public static RateSchedule cosine(int epochs) {
    return new RateSchedule(Kind.COSINE, 1, epochs, 0);
  }

  public static RateSchedule constant() {
    return new RateSchedule(Kind.CONSTANT, 1, 1, 0);
  }

  /** The same with a warm-up. */
  public RateSchedule warmingUp(int warmUpEpochs) {
    return new RateSchedule(kind, factor, epochs, warmUpEpochs);
  }

  /**
   * The rate of the next epoch, a pure function of the past, so that a resumed run continues alike.
   *
   * @param initial the configured rate
   * @param losses the loss of each epoch so far: of validation, or of training where there is none
   */
  public double rate(double initial, List<Double> losses) {
    double climb = Math.min(1, (losses.size() + 1.0) / (warmUp + 1.0));
    return climb * byRule(initial, losses);
  }

  private double byRule(double initial, List<Double> losses) {
    return switch (kind) {
      case CONSTANT -> initial;
      case STEP -> initial * Math.pow(factor, losses.size() / epochs);
      // Loshchilov and Hutter 2017, without restarts: the last epochs barely move the weights, so
      // that the running moments of batch norm fit them.
      case COSINE -> initial * 0.5 * (1 + Math.cos(Math.PI * losses.size() / epochs));
      case PLATEAU -> initial * Math.pow(factor, plateaus(losses));
    };
  }

  /**
   * Whether a loss is better than the best before it by more than noise: by a ten-thousandth of it,
   * as PyTorch's ReduceLROnPlateau has it. Rounding alone moves a loss by some 1e-8, by the CPU.
   */
  public static boolean isBetter(double loss, double best) {
    return loss < best * (1 - LEAST_GAIN);
  }

  private int plateaus(List<Double> losses) {
    int steps = 0;
    int stalled = 0;
    double best = Double.POSITIVE_INFINITY;
    for (double loss : losses) {
      if (isBetter(loss, best)) {
        best = loss;
        stalled = 0;
      } else if (++stalled >= epochs) {
        steps++;
        stalled = 0;
      }
    }
    return steps;
  }
}
