package org.headct.ich.domain.metric;

import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * A percentile bootstrap by groups. It draws whole patients with replacement, as many as there are.
 * Slices of a patient are alike, so intervals that treat them as independent are far too narrow.
 * Source: Efron B, Tibshirani RJ, An Introduction to the Bootstrap, 1993, §13.3; the cluster form:
 * Field CA, Welsh AH, JRSS B 2007, 10.1111/j.1467-9868.2007.00593.x.
 *
 * <p>The result depends only on the seed, the examples and their groups. It does not depend on
 * threads, because each resample has its own stream of random numbers.
 *
 * @param seed random seed
 * @param resamples number of resamples, ≥ 1; 1,000 is usual, 2,000 gives ends exact to a percent
 * @param confidence confidence of the interval in (0, 1), for instance 0.95
 */
public record Bootstrap(long seed, int resamples, double confidence) {
  /**
   * Checks the settings.
   *
   * @throws IllegalArgumentException if a setting is out of range
   */
  public Bootstrap {
    if (resamples < 1) {
      throw new IllegalArgumentException("resamples must be at least 1, got " + resamples);
    }
    if (!(confidence > 0 && confidence < 1)) {
      throw new IllegalArgumentException("confidence must be in (0, 1), got " + confidence);
    }
  }

  /**
   * Numbers groups 0, 1, … in the order of their sorted ids. The numbers, and so the intervals,
   * don't depend on the order of the examples.
   *
   * @param ids group (patient) of each example
   * @return number of each example's group
   */
  public static int[] groups(List<String> ids) {
    TreeMap<String, Integer> numbers = new TreeMap<>();
    ids.forEach(id -> numbers.put(id, 0));
    int next = 0;
    for (var entry : numbers.entrySet()) {
      entry.setValue(next++);
    }
    return ids.stream().mapToInt(numbers::get).toArray();
  }

  /**
   * Returns the interval of a statistic. Resamples that leave it undefined are skipped and counted.
   * The ends are the (1 ∓ confidence)/2 quantiles, linear between order statistics (numpy's
   * default).
   *
   * @param groupOf number of each example's group, from 0 on, see {@link #groups}
   * @param statistic statistic, called from several threads
   * @throws IllegalArgumentException if a group's number is negative
   */
  public Interval interval(int[] groupOf, Statistic statistic) {
    int[] once = new int[groupOf.length];
    Arrays.fill(once, 1);
    int groups = Arrays.stream(groupOf).max().orElse(-1) + 1;
    if (Arrays.stream(groupOf).anyMatch(group -> group < 0)) {
      throw new IllegalArgumentException("a group's number must not be negative");
    }
    double[] defined =
        IntStream.range(0, resamples)
            .parallel()
            .mapToDouble(resample -> statistic.of(copies(groupOf, groups, resample)))
            .filter(value -> !Double.isNaN(value))
            .sorted()
            .toArray();
    double tail = (1 - confidence) / 2;
    return new Interval(
        statistic.of(once),
        quantile(defined, tail),
        quantile(defined, 1 - tail),
        confidence,
        defined.length,
        resamples - defined.length);
  }

  private int[] copies(int[] groupOf, int groups, int resample) {
    SplitMix64 random = new SplitMix64(seed, resample);
    int[] drawn = new int[groups];
    for (int i = 0; i < groups; i++) {
      drawn[random.below(groups)]++;
    }
    int[] copies = new int[groupOf.length];
    for (int i = 0; i < copies.length; i++) {
      copies[i] = drawn[groupOf[i]];
    }
    return copies;
  }

  /** Returns a quantile of sorted values; NaN if there are none. */
  static double quantile(double[] sorted, double fraction) {
    if (sorted.length == 0) {
      return Double.NaN;
    }
    double at = fraction * (sorted.length - 1);
    int below = (int) Math.floor(at);
    int above = Math.min(below + 1, sorted.length - 1);
    return sorted[below] + (at - below) * (sorted[above] - sorted[below]);
  }
}
