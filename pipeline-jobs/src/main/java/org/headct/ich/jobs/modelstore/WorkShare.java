package org.headct.ich.jobs.modelstore;

import java.util.Locale;

/**
 * How the workers spent an epoch, each as a fraction of the workers' time in it (workers × seconds
 * of fitting); the three make 1.
 *
 * @param computing forward and backward passes and updates
 * @param waiting for tensors to be read
 * @param averaging the rest: parameters on their way, their average, the start of tasks, and
 *     workers that have no batch left or wait for the slowest
 */
public record WorkShare(double computing, double waiting, double averaging) {
  public static WorkShare of(long computingNanos, long waitingNanos, int workers, double seconds) {
    double all = Math.max(workers * seconds * 1e9, 1);
    double computing = computingNanos / all;
    double waiting = waitingNanos / all;
    return new WorkShare(computing, waiting, 1 - computing - waiting);
  }

  /** As in {@code executors computed 91 %, waited 2 % for tensors, 7 % averaging}. */
  public String text() {
    return String.format(
        Locale.ROOT,
        "executors computed %.0f %%, waited %.0f %% for tensors, %.0f %% averaging",
        100 * computing,
        100 * waiting,
        100 * averaging);
  }
}
