package org.headct.ich.jobs.averaging;

import java.util.List;
import java.util.Map;
import org.headct.ich.jobs.modelstore.EpochMetrics;
import org.headct.ich.jobs.modelstore.WorkShare;
import org.jspecify.annotations.Nullable;

/** The running totals of an epoch, updated round by round. */
final class EpochTally {
  private final long start = System.nanoTime();
  private final double rate;
  private double loss;
  private int steps;
  private long images;
  private int rounds;
  private long computingNanos;
  private long waitingNanos;
  private double trainSeconds;

  EpochTally(double rate) {
    this.rate = rate;
  }

  /**
   * Adds a round.
   *
   * @param roundLoss mean of the loss of each worker's last batch
   * @param reports reports of the round's workers
   */
  void add(double roundLoss, List<WorkerReport> reports) {
    int batches = 0;
    for (WorkerReport report : reports) {
      batches += report.steps();
      images += report.images();
      computingNanos += report.computingNanos();
      waitingNanos += report.waitingNanos();
    }
    loss += roundLoss * batches;
    steps += batches;
    rounds++;
  }

  /** Stops the clock of fitting. */
  void trained() {
    trainSeconds = seconds();
  }

  double rate() {
    return rate;
  }

  /** Returns the mean loss over the rounds, weighted by their batches. */
  double loss() {
    return loss / steps;
  }

  long images() {
    return images;
  }

  double seconds() {
    return (System.nanoTime() - start) / 1e9;
  }

  EpochMetrics metrics(
      int epoch, int workers, @Nullable Double validationLoss, Map<String, Double> auc) {
    return new EpochMetrics(
        epoch,
        rate,
        loss(),
        validationLoss,
        auc,
        images,
        rounds,
        trainSeconds,
        seconds(),
        WorkShare.of(computingNanos, waitingNanos, workers, trainSeconds));
  }
}
