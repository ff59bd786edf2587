package org.headct.ich.jobs.averaging;

import java.time.Duration;
import java.util.List;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.headct.ich.jobs.modelstore.EpochMetrics;

/** A listener on the driver for the progress of a run. */
public interface TrainProgress {
  /** A listener that does nothing. */
  TrainProgress NONE = new TrainProgress() {};

  /**
   * The progress after an averaging.
   *
   * @param epoch 1-based
   * @param epochs number of epochs in the whole run
   * @param batches batches done in this epoch
   * @param batchesPerEpoch number of batches in the epoch
   * @param images images done in this epoch
   * @param loss mean of the epoch so far, without weight decay
   * @param imagesPerSecond rate of the epoch so far
   * @param remaining estimated time to the end of the run
   */
  record Round(
      int epoch,
      int epochs,
      int batches,
      int batchesPerEpoch,
      long images,
      double loss,
      double imagesPerSecond,
      Duration remaining) {}

  default void round(Round round) {}

  /**
   * Receives the network after an averaging. It belongs to the training: do not change it.
   *
   * @param score loss of the round, weight decay included
   * @param iteration number of steps that each worker has made in the run
   */
  default void averaged(ComputationGraph network, double score, int iteration) {}

  default void epoch(EpochMetrics metrics) {}

  /**
   * Receives the end of the training, once.
   *
   * @param done true if it completed, false if it failed
   */
  default void ended(boolean done) {}

  /** Returns a listener that calls all of these in order. */
  static TrainProgress all(List<TrainProgress> told) {
    List<TrainProgress> each = List.copyOf(told);
    return new TrainProgress() {
      @Override
      public void round(Round round) {
        each.forEach(one -> one.round(round));
      }

      @Override
      public void averaged(ComputationGraph network, double score, int iteration) {
        each.forEach(one -> one.averaged(network, score, iteration));
      }

      @Override
      public void epoch(EpochMetrics metrics) {
        each.forEach(one -> one.epoch(metrics));
      }

      @Override
      public void ended(boolean done) {
        each.forEach(one -> one.ended(done));
      }
    };
  }
}
