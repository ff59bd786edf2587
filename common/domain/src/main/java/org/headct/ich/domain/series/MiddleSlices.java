package org.headct.ich.domain.series;

import java.util.List;

/**
 * Selects the k central slices of an ordered series of n: position ⌊(n - k) / 2⌋ and the k - 1
 * positions after it. A series shorter than k gives all of its slices; {@link SeriesOrder} reports
 * it as a finding.
 */
public final class MiddleSlices {
  private MiddleSlices() {}

  /** The positions from {@code start} (0-based) up to but not including {@code end}. */
  public record Range(int start, int end) {
    public int size() {
      return end - start;
    }

    public boolean contains(int position) {
      return position >= start && position < end;
    }
  }

  /**
   * Returns the positions of the middle of n slices.
   *
   * @param n number of slices in the series, at least 0
   * @param k number of slices wanted, at least 1
   * @throws IllegalArgumentException if n or k is out of range
   */
  public static Range range(int n, int k) {
    if (n < 0 || k < 1) {
      throw new IllegalArgumentException("no middle exists for " + n + " slices and k = " + k);
    }
    int start = Math.max(0, (n - k) / 2);
    return new Range(start, start + Math.min(n, k));
  }

  /** Returns the middle of an ordered list as a view, see {@link List#subList}. */
  public static <T> List<T> of(List<T> ordered, int k) {
    Range range = range(ordered.size(), k);
    return ordered.subList(range.start(), range.end());
  }
}
