package org.headct.ich.domain.training;

import java.util.List;

/**
 * The learning rate from epoch to epoch. The driver sets it between fits, because DL4J's own
 * schedules never advance under parameter averaging.
 *
 * @param kind the rule
 * @param patience epochs without a better validation loss after which {@code PLATEAU} halves the
 *     rate, at least 1
 * @param warmUpEpochs epochs at the start over which the rate climbs in equal steps to the rate of
 *     the rule (Goyal et al. 2017, section 2.2); 0 for none
 */
public record RateSchedule(Kind kind, int patience, int warmUpEpochs) {
  private static final double LEAST_GAIN = 1e-4;
  private static final double PLATEAU_FACTOR = 0.5;

  /** The rules that {@code train.schedule} can name. */
  public enum Kind {
    CONSTANT,
    /** Falls from the initial rate to almost nothing over the whole run. */
    COSINE,
    /** Halves the rate when the loss stalls. */
    PLATEAU;

    /** Returns the name that people type. */
    public String key() {
      return Keys.of(this);
    }
  }

  /**
   * Returns the rate of the next epoch. It depends on nothing but the past, so a resumed run
   * continues as an unbroken one does.
   *
   * @param initial the configured rate
   * @param epochs of the whole run
   * @param losses the loss of each epoch so far: of validation, or of training where there is none
   */
  public double rate(double initial, int epochs, List<Double> losses) {
    double climb = Math.min(1, (losses.size() + 1.0) / (warmUpEpochs + 1.0));
    return climb * byRule(initial, epochs, losses);
  }

  private double byRule(double initial, int epochs, List<Double> losses) {
    return switch (kind) {
      case CONSTANT -> initial;
      // Loshchilov and Hutter 2017, without restarts: the last epochs barely move the weights, so
      // that the running moments of batch norm fit them.
      case COSINE -> initial * 0.5 * (1 + Math.cos(Math.PI * losses.size() / epochs));
      case PLATEAU -> initial * Math.pow(PLATEAU_FACTOR, plateaus(losses));
    };
  }

  /**
   * Tells whether a loss is better than the best before it by more than noise. A ten-thousandth of
   * the best counts, as in PyTorch's ReduceLROnPlateau. Rounding moves a loss by some 1e-8,
   * depending on the CPU.
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
      } else if (++stalled >= patience) {
        steps++;
        stalled = 0;
      }
    }
    return steps;
  }
}
