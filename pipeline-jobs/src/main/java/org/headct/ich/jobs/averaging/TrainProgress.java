package org.headct.ich.jobs.averaging;

import java.time.Duration;
import java.util.List;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.headct.ich.jobs.modelstore.EpochMetrics;

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
   * @param images done in this epoch
   * @param loss mean of the epoch so far, without weight decay
   * @param imagesPerSecond of the epoch so far
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
   * The network after an averaging; it belongs to the training and must not be changed.
   *
   * @param score loss of the round, weight decay included
   * @param iteration steps that each worker has made in the run
   */
  default void averaged(ComputationGraph network, double score, int iteration) {}

  default void epoch(EpochMetrics metrics) {}

  /** Once, at the end: whether the training went through or failed. */
  default void ended(boolean done) {}

  /** Tells all of them, in their order. */
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
