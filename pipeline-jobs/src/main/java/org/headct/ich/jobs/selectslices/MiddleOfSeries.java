package org.headct.ich.jobs.selectslices;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.headct.ich.common.config.Dataset;
import org.headct.ich.common.ct.MiddleRule;
import org.headct.ich.common.ct.MiddleSlices;
import org.headct.ich.common.ct.SeriesOrder;
import org.headct.ich.common.ct.SliceReason;
import org.headct.ich.common.sample.Split;
import org.headct.ich.jobs.table.SelectionsTable.Selection;
import org.headct.ich.jobs.table.SliceFindingsTable;
import org.headct.ich.jobs.table.SlicesTable.Content;
import org.headct.ich.jobs.table.SlicesTable.Slice;
import org.jspecify.annotations.Nullable;

/** From the rows of one series to its middle slices and to what is odd about its order. */
final class MiddleOfSeries {
  private static final String JOB = "select-slices";

  private MiddleOfSeries() {}

  /**
   * A middle slice at its position in the ordered series.
   *
   * @param pixelHash null where pixels were not read, and of an image of one value, which is no
   *     sign that two are the same
   */
  record Middle(
      String imageId,
      String patientId,
      String seriesId,
      int position,
      int seriesSlices,
      @Nullable String pixelHash)
      implements Serializable {
    Selection in(Dataset dataset, Split split, double weight) {
      return new Selection(
          dataset.column(),
          imageId,
          patientId,
          seriesId,
          position,
          seriesSlices,
          split.column(),
          weight,
          1);
    }
  }

  /** What comes of one series. */
  record Series(List<Middle> middles, List<SliceFindingsTable.Entry> findings)
      implements Serializable {}

  static Series of(String seriesId, Iterable<Slice> rows, MiddleRule rule) {
    Map<String, Slice> byImage = new HashMap<>();
    List<SeriesOrder.Slice> slices = new ArrayList<>();
    for (Slice row : rows) {
      byImage.put(row.imageId(), row);
      slices.add(
          new SeriesOrder.Slice(
              row.imageId(),
              row.identity().instanceNumber(),
              array(row.geometry().imagePositionMm()),
              array(row.geometry().imageOrientation())));
    }
    SeriesOrder.Ordered ordered = SeriesOrder.order(slices, rule.least());
    List<Middle> middles = new ArrayList<>();
    int n = ordered.slices().size();
    MiddleSlices.Range range = MiddleSlices.range(n, rule.of(n));
    for (int position = range.start(); position < range.end(); position++) {
      String imageId = ordered.slices().get(position).imageId();
      Slice row = byImage.get(imageId);
      if (row == null) {
        throw new IllegalStateException("the order of " + seriesId + " invented " + imageId);
      }
      middles.add(
          new Middle(
              imageId,
              row.identity().patientId(),
              seriesId,
              position,
              n,
              pixelHash(row.content())));
    }
    List<SliceFindingsTable.Entry> findings =
        ordered.findings().stream()
            .map(
                f ->
                    new SliceFindingsTable.Entry(
                        JOB,
                        f.imageId().isEmpty() ? seriesId : f.imageId(),
                        SliceReason.valueOf(f.reason().name()).name(),
                        false,
                        f.imageId(),
                        "series " + seriesId + ": " + f.detail()))
            .toList();
    return new Series(middles, findings);
  }

  private static @Nullable String pixelHash(Content content) {
    return Objects.equals(content.minHu(), content.maxHu()) ? null : content.pixelHash();
  }

  private static double @Nullable [] array(List<Double> values) {
    return values.isEmpty() ? null : values.stream().mapToDouble(Double::doubleValue).toArray();
  }
}
