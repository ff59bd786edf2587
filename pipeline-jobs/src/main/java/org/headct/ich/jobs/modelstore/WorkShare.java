package org.headct.ich.jobs.modelstore;

import java.util.Locale;

/**
 * The distribution of the workers' time in an epoch, as fractions of workers × seconds of fitting.
 * The three add up to 1.
 *
 * @param computing forward and backward passes and updates
 * @param waiting waiting for tensors to be read
 * @param averaging the rest: transfer and averaging of parameters, the start of tasks, and workers
 *     that have no batch left or wait for the slowest
 */
public record WorkShare(double computing, double waiting, double averaging) {
  public static WorkShare of(long computingNanos, long waitingNanos, int workers, double seconds) {
    double all = Math.max(workers * seconds * 1e9, 1);
    double computing = computingNanos / all;
    double waiting = waitingNanos / all;
    return new WorkShare(computing, waiting, 1 - computing - waiting);
  }

  /**
   * Returns a text such as {@code executors computed 91 %, waited 2 % for tensors, 7 % averaging}.
   */
  public String text() {
    return String.format(
        Locale.ROOT,
        "executors computed %.0f %%, waited %.0f %% for tensors, %.0f %% averaging",
        100 * computing,
        100 * waiting,
        100 * averaging);
  }
}
