package org.headct.ich.jobs.modelstore;

import java.util.List;
import org.headct.ich.domain.training.RateSchedule;

/**
 * Where a run stands after an epoch; stored with the checkpoint's parameters and updater state.
 *
 * @param iteration steps that each worker has made
 * @param seed that decides the order, crops and flips of every epoch
 * @param metrics of all epochs so far, in their order
 */
public record TrainState(int iteration, long seed, List<EpochMetrics> metrics) {
  public TrainState {
    metrics = List.copyOf(metrics);
  }

  /** The last finished epoch, 1-based; 0 before the first. */
  public int epoch() {
    return metrics.size();
  }

  /** The loss that the schedule and the best model go by, one an epoch. */
  public List<Double> losses() {
    return metrics.stream().map(EpochMetrics::loss).toList();
  }

  /**
   * Whether so many epochs brought no better loss than the best before them, {@link
   * RateSchedule#isBetter}; a pure function of the past, so that a resumed run stops where the
   * unbroken one did.
   *
   * @param patience 0 for never
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
   * Whether the last epoch's is the model to keep: the best so far, or the last one unvalidated.
   */
  boolean lastIsBest() {
    EpochMetrics last = metrics.get(metrics.size() - 1);
    return last.validationLoss() == null || metrics.stream().allMatch(m -> last.loss() <= m.loss());
  }
}
