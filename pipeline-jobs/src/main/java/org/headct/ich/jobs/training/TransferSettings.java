package org.headct.ich.jobs.training;

import org.headct.ich.domain.error.UserException;

/**
 * How batches and parameters travel; a run's figures are the same under each.
 *
 * @param prefetch batches that a worker reads ahead of the one that it fits; 0 for none
 * @param aggregationDepth 1: the driver adds the parameters of all workers; 2: executors add, each
 *     a part of the vector, and the driver takes the sum. Without meaning where everything is in
 *     one process.
 */
public record TransferSettings(int prefetch, int aggregationDepth) {
  public TransferSettings {
    if (prefetch < 0) {
      throw new UserException("train.prefetch must be 0 or more, got " + prefetch);
    }
    if (aggregationDepth != 1 && aggregationDepth != 2) {
      throw new UserException("train.aggregation-depth must be 1 or 2, got " + aggregationDepth);
    }
  }

  /** As in {@code reference.conf}. */
  public static TransferSettings defaults() {
    return new TransferSettings(1, 2);
  }
}
