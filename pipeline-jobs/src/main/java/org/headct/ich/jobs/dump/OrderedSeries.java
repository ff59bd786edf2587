package org.headct.ich.jobs.dump;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.headct.ich.domain.ct.SliceReason;
import org.headct.ich.domain.series.ImageKind;
import org.headct.ich.domain.series.SeriesOrder;
import org.headct.ich.jobs.table.SlicesTable.Slice;
import org.jspecify.annotations.Nullable;

/**
 * One series with its slices in order.
 *
 * @param slices the slices in their order
 * @param leftOut the slices without a place in the order, sorted by image id
 * @param findings the irregularities of the series
 */
public record OrderedSeries(List<Slice> slices, List<LeftOut> leftOut, List<Finding> findings) {

  private static final String NO_SERIES = "no SeriesInstanceUID: the image belongs to no series";

  /** A slice without a place in the order, and why. */
  public record LeftOut(Slice slice, SliceReason reason, String detail) {}

  /** A finding; {@code imageId} is empty if the finding is about the series. */
  public record Finding(SliceReason reason, String imageId, String detail) {}

  /**
   * Returns the key by which slices are grouped into series. A slice without a series has a key of
   * its own, because a blank id groups nothing.
   */
  public static String key(Slice slice) {
    String series = slice.identity().seriesId();
    return series.isEmpty() ? "image " + slice.imageId() : series;
  }

  /** Returns the kind of the image, for rows of earlier releases by its plane. */
  public static ImageKind kind(Slice slice) {
    ImageKind kind = slice.description().kind();
    return kind == null ? ImageKind.ofPlane(array(slice.geometry().imageOrientation())) : kind;
  }

  /**
   * Orders the slices of a series by {@link SeriesOrder}.
   *
   * @param rows the slices with one {@link #key}
   * @param shortBelow the number of slices below which a short series becomes a finding
   * @param kinds the kinds of images that get a place
   */
  public static OrderedSeries of(Iterable<Slice> rows, int shortBelow, Set<ImageKind> kinds) {
    Map<String, Slice> byId = new HashMap<>();
    List<SeriesOrder.Slice> slices = new ArrayList<>();
    for (Slice row : rows) {
      byId.put(row.imageId(), row);
      slices.add(attributes(row));
    }
    if (byId.values().stream().anyMatch(row -> row.identity().seriesId().isEmpty())) {
      return withoutSeries(byId);
    }
    SeriesOrder.Ordered order = SeriesOrder.order(slices, shortBelow, kinds);
    return new OrderedSeries(
        order.slices().stream().map(s -> row(byId, s)).toList(),
        order.leftOut().stream()
            .map(left -> new LeftOut(row(byId, left.slice()), ledger(left.reason()), left.detail()))
            .sorted(Comparator.comparing(left -> left.slice().imageId()))
            .toList(),
        order.findings().stream()
            .map(f -> new Finding(ledger(f.reason()), f.imageId(), f.detail()))
            .toList());
  }

  private static OrderedSeries withoutSeries(Map<String, Slice> byId) {
    List<LeftOut> left =
        byId.values().stream()
            .map(slice -> new LeftOut(slice, SliceReason.BLANK_ID, NO_SERIES))
            .sorted(Comparator.comparing(one -> one.slice().imageId()))
            .toList();
    return new OrderedSeries(
        List.of(),
        left,
        left.stream()
            .map(one -> new Finding(one.reason(), one.slice().imageId(), one.detail()))
            .toList());
  }

  private static SeriesOrder.Slice attributes(Slice row) {
    return new SeriesOrder.Slice(
        row.imageId(),
        row.frame(),
        row.identity().instanceNumber(),
        array(row.geometry().imagePositionMm()),
        array(row.geometry().imageOrientation()),
        row.description().sliceLocationMm(),
        kind(row));
  }

  private static Slice row(Map<String, Slice> byId, SeriesOrder.Slice slice) {
    return Objects.requireNonNull(byId.get(slice.imageId()), slice.imageId());
  }

  private static SliceReason ledger(SeriesOrder.Reason reason) {
    return SliceReason.valueOf(reason.name());
  }

  private static double @Nullable [] array(List<Double> values) {
    return values.isEmpty() ? null : values.stream().mapToDouble(Double::doubleValue).toArray();
  }
}
