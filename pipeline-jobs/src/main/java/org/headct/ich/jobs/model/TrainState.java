package org.headct.ich.jobs.model;

import java.util.Collections;
import java.util.List;

/**
 * Where a run stands after an epoch; stored with the checkpoint's parameters and updater state.
 *
 * @param epoch last finished epoch, 1-based
 * @param iteration steps that each worker has made
 * @param seed that decides the order, crops and flips of every epoch
 * @param losses the loss that the schedule and the best model go by, one an epoch
 */
public record TrainState(int epoch, int iteration, long seed, List<Double> losses) {
  public TrainState {
    losses = List.copyOf(losses);
  }

  /**
   * Whether so many epochs brought no better loss than the best before them; a pure function of the
   * past, so that a resumed run stops where the unbroken one did.
   *
   * @param patience 0 for never
   */
  boolean stalled(int patience) {
    if (patience == 0 || losses.isEmpty()) {
      return false;
    }
    int best = losses.indexOf(Collections.min(losses));
    return losses.size() - 1 - best >= patience;
  }

  /** Whether the last epoch is the best so far. */
  boolean lastIsBest() {
    double last = losses.get(losses.size() - 1);
    return losses.stream().allMatch(l -> last <= l);
  }
}
