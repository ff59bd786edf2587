package org.headct.ich.jobs.model;

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

  /** Whether the last epoch is the best so far. */
  boolean lastIsBest() {
    double last = losses.get(losses.size() - 1);
    return losses.stream().allMatch(l -> last <= l);
  }
}
