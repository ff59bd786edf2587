package org.headct.ich.jobs.averaging;

import java.io.Serializable;

/**
 * What a worker tells of its round.
 *
 * @param worker partition of the round, from 0
 * @param steps batches
 * @param images in them
 * @param score of its last batch, weight decay included
 * @param computingNanos in forward and backward passes and updates
 * @param waitingNanos for the reader of tensors
 */
record WorkerReport(
    int worker, int steps, int images, double score, long computingNanos, long waitingNanos)
    implements Serializable {
  /**
   * Images a step. Workers of equal steps are then averaged by their images, as one machine with
   * the batches of all would; and a worker that makes a step less, as some do in the last round of
   * an epoch, does not lose weight in the steps that it makes.
   */
  double weight() {
    return (double) images / steps;
  }
}
