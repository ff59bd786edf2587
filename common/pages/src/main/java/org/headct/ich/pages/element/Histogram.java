package org.headct.ich.pages.element;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.function.IntFunction;

/** Histograms with bars of equal width. A value that does not occur has an empty bar. */
public final class Histogram {
  private static final int MOST_BINS = 60;

  private Histogram() {}

  /**
   * Returns vertical bars of counts by value.
   *
   * @param values title of the value axis
   * @param counted unit that is counted, such as "series"
   * @param counts count by step; a missing step counts 0
   * @param name function that names a step
   */
  public static Bars of(
      String values, String counted, SortedMap<Integer, Long> counts, IntFunction<String> name) {
    List<String> names = new ArrayList<>();
    List<Double> heights = new ArrayList<>();
    if (!counts.isEmpty()) {
      int least = counts.firstKey();
      int most = counts.lastKey();
      int width = Math.max(1, (most - least + MOST_BINS) / MOST_BINS);
      for (int from = least; from <= most; from += width) {
        int last = from + width - 1;
        names.add(width == 1 ? name.apply(from) : name.apply(from) + "–" + name.apply(last));
        heights.add(
            (double)
                counts.subMap(from, from + width).values().stream()
                    .mapToLong(Long::longValue)
                    .sum());
      }
    }
    return new Bars(
        Axis.ofCounts(values),
        Axis.ofCounts(counted.substring(0, 1).toUpperCase(Locale.ROOT) + counted.substring(1)),
        Bars.Direction.VERTICAL,
        names,
        List.of(new Bars.Series(counted, heights, List.of())));
  }
}
