package org.headct.ich.jobs.modelstore;

import java.util.List;
import org.headct.ich.domain.training.RateSchedule;

/**
 * The progress of a run after an epoch. The checkpoint stores it with the parameters and the
 * updater state.
 *
 * @param iteration number of steps that each worker has made
 * @param seed seed of the order, crops and flips in every epoch
 * @param metrics metrics of all epochs so far, in order
 */
public record TrainState(int iteration, long seed, List<EpochMetrics> metrics) {
  public TrainState {
    metrics = List.copyOf(metrics);
  }

  /** Returns the last finished epoch, 1-based; 0 before the first. */
  public int epoch() {
    return metrics.size();
  }

  /**
   * Returns the losses that the schedule and the choice of the best model use, one for each epoch.
   */
  public List<Double> losses() {
    return metrics.stream().map(EpochMetrics::loss).toList();
  }

  /**
   * Returns whether the last {@code patience} epochs brought no better loss than the best before
   * them, see {@link RateSchedule#isBetter}. The result depends only on the past, so a resumed run
   * stops at the same epoch as an uninterrupted one.
   *
   * @param patience number of epochs; 0 for never
   */
  public boolean stalled(int patience) {
    List<Double> losses = losses();
    if (patience == 0 || losses.isEmpty()) {
      return false;
    }
    double best = Double.POSITIVE_INFINITY;
    int at = 0;
    for (int epoch = 0; epoch < losses.size(); epoch++) {
      if (RateSchedule.isBetter(losses.get(epoch), best)) {
        best = losses.get(epoch);
        at = epoch;
      }
    }
    return losses.size() - 1 - at >= patience;
  }

  /**
   * Returns whether the last epoch's model is the one to keep: the best so far, or the last one if
   * there is no validation.
   */
  boolean lastIsBest() {
    EpochMetrics last = metrics.get(metrics.size() - 1);
    return last.validationLoss() == null || metrics.stream().allMatch(m -> last.loss() <= m.loss());
  }
}
