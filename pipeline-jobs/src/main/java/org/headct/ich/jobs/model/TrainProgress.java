package org.headct.ich.jobs.model;

import java.time.Duration;

/** Told on the driver how a run gets on. */
public interface TrainProgress {
  /** Told nothing. */
  TrainProgress NONE = new TrainProgress() {};

  /**
   * After every averaging.
   *
   * @param epoch 1-based
   * @param epochs of the whole run
   * @param batches done in this epoch
   * @param batchesPerEpoch of the epoch
   * @param imagesPerSecond of the epoch so far
   * @param remaining estimated time to the end of the run
   */
  record Round(
      int epoch,
      int epochs,
      int batches,
      int batchesPerEpoch,
      double imagesPerSecond,
      Duration remaining) {}

  default void round(Round round) {}

  default void epoch(EpochMetrics metrics) {}
}
