package org.headct.ich.domain.ct;

import java.util.List;

/**
 * The k central slices of an ordered series of n: positions ⌊(n - k) / 2⌋ and the k - 1 after it. A
 * series shorter than k gives all of its slices (the short series is a finding of {@link
 * SeriesOrder}).
 */
public final class MiddleSlices {
  private MiddleSlices() {}

  /** Positions from {@code start} (0-based) up to but not including {@code end}. */
  public record Range(int start, int end) {
    public int size() {
      return end - start;
    }

    public boolean contains(int position) {
      return position >= start && position < end;
    }
  }

  /**
   * The middle of n slices.
   *
   * @param n slices in the series, at least 0
   * @param k slices wanted, at least 1
   * @throws IllegalArgumentException if n or k is below that
   */
  public static Range range(int n, int k) {
    if (n < 0 || k < 1) {
      throw new IllegalArgumentException("no middle of " + n + " slices with k = " + k);
    }
    int start = Math.max(0, (n - k) / 2);
    return new Range(start, start + Math.min(n, k));
  }

  /** The middle of an ordered list; a view, as {@link List#subList} is. */
  public static <T> List<T> of(List<T> ordered, int k) {
    Range range = range(ordered.size(), k);
    return ordered.subList(range.start(), range.end());
  }
}
