package org.headct.ich.jobs.dump;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.headct.ich.domain.ct.SeriesOrder;
import org.headct.ich.jobs.table.SlicesTable.Slice;
import org.jspecify.annotations.Nullable;

/**
 * One series with its slices in order.
 *
 * @param slices the slices in their order
 * @param leftOut the slices without a place in the order, sorted by image id: they have another
 *     orientation or no geometry
 * @param findings the irregularities of the series
 */
public record OrderedSeries(
    List<Slice> slices, List<Slice> leftOut, List<SeriesOrder.Finding> findings) {

  /**
   * Orders the slices of a series by {@link SeriesOrder}.
   *
   * @param shortBelow the number of slices below which a short series becomes a finding
   */
  public static OrderedSeries of(Iterable<Slice> rows, int shortBelow) {
    Map<String, Slice> left = new HashMap<>();
    List<SeriesOrder.Slice> slices = new ArrayList<>();
    for (Slice row : rows) {
      left.put(row.imageId(), row);
      slices.add(
          new SeriesOrder.Slice(
              row.imageId(),
              row.identity().instanceNumber(),
              array(row.geometry().imagePositionMm()),
              array(row.geometry().imageOrientation())));
    }
    SeriesOrder.Ordered order = SeriesOrder.order(slices, shortBelow);
    List<Slice> ordered =
        order.slices().stream()
            .map(s -> Objects.requireNonNull(left.remove(s.imageId()), s.imageId()))
            .toList();
    List<Slice> rest = left.values().stream().sorted(Comparator.comparing(Slice::imageId)).toList();
    return new OrderedSeries(ordered, rest, order.findings());
  }

  private static double @Nullable [] array(List<Double> values) {
    return values.isEmpty() ? null : values.stream().mapToDouble(Double::doubleValue).toArray();
  }
}
