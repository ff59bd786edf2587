package org.headct.ich.jobs.averaging;

import java.io.Serializable;

/**
 * The report of a worker on its round.
 *
 * @param worker partition of the round, from 0
 * @param steps number of batches
 * @param images number of images in them
 * @param score loss of its last batch, weight decay included
 * @param computingNanos time of forward and backward passes and updates
 * @param waitingNanos time spent waiting for the reader of tensors
 */
record WorkerReport(
    int worker, int steps, int images, double score, long computingNanos, long waitingNanos)
    implements Serializable {
  /**
   * Returns the images per step, the weight in the mean. Workers with equal steps are weighted by
   * their images, as on one machine with the batches of all. A worker that makes one step less, as
   * some do in the last round of an epoch, does not lose weight for the steps that it makes.
   */
  double weight() {
    return (double) images / steps;
  }
}
