package org.headct.ich.jobs.explore;

import java.util.List;
import org.apache.spark.sql.Row;
import org.headct.ich.domain.label.Subtype;
import org.headct.ich.pages.ExploreReport.FindingCount;
import org.headct.ich.pages.ExploreReport.LabelCount;
import org.headct.ich.pages.ExploreReport.LeakCount;
import org.headct.ich.pages.ExploreReport.MeasureCount;
import org.headct.ich.pages.ExploreReport.PairCount;
import org.headct.ich.pages.ExploreReport.PixelDescription;
import org.headct.ich.pages.ExploreReport.PositionCount;
import org.headct.ich.pages.ExploreReport.Publication;
import org.headct.ich.pages.ExploreReport.SeriesLength;
import org.headct.ich.pages.ExploreReport.SplitCount;

/** Mappings from rows of the answers, read by column name, to records of the page. */
final class ReportRows {
  private ReportRows() {}

  /** The size of the dump: images, series, patients, bytes, and images that are phantoms. */
  record Dump(long images, long series, long patients, long bytes, long phantoms) {}

  static LabelCount label(Row row) {
    return new LabelCount(text(row, "finding"), count(row, "positives"), count(row, "negatives"));
  }

  static PairCount pair(Row row) {
    return new PairCount(text(row, "first"), text(row, "second"), count(row, "images"));
  }

  static Dump dump(Row row) {
    return new Dump(
        count(row, "images"),
        count(row, "series"),
        count(row, "patients"),
        count(row, "bytes"),
        count(row, "phantoms"));
  }

  static SeriesLength seriesLength(Row row) {
    return new SeriesLength(Math.toIntExact(count(row, "slices")), count(row, "series"));
  }

  static PositionCount position(Row row) {
    return new PositionCount(
        text(row, "finding"),
        row.getDouble(row.fieldIndex("relative_position")),
        count(row, "slices"),
        count(row, "positives"));
  }

  static MeasureCount measure(Row row) {
    return new MeasureCount(
        text(row, "measure"), row.getDouble(row.fieldIndex("value")), count(row, "series"));
  }

  static LeakCount leak(Row row) {
    return new LeakCount(
        text(row, "dataset"),
        text(row, "what"),
        row.isNullAt(row.fieldIndex("shared")) ? null : count(row, "shared"),
        count(row, "images"));
  }

  static Publication publication(Row row) {
    return new Publication(
        text(row, "table_name"),
        count(row, "snapshot_id"),
        row.getTimestamp(row.fieldIndex("committed_at")).toInstant(),
        orEmpty(row, "command"),
        orEmpty(row, "run"),
        count(row, "rows_added"),
        count(row, "rows_removed"),
        count(row, "rows"));
  }

  static FindingCount finding(Row row) {
    return new FindingCount(text(row, "reason"), count(row, "findings"));
  }

  static PixelDescription pixelDescription(Row row) {
    int intercept = row.fieldIndex("rescale_intercept");
    return new PixelDescription(
        text(row, "scanner"),
        Math.toIntExact(count(row, "pixel_rows")),
        Math.toIntExact(count(row, "pixel_columns")),
        Math.toIntExact(count(row, "bits_stored")),
        text(row, "representation"),
        text(row, "transfer_syntax"),
        row.isNullAt(intercept) ? Double.NaN : row.getDouble(intercept),
        count(row, "images"));
  }

  static SplitCount split(Row row) {
    List<SplitCount.ClassCount> positives =
        Subtype.ALL.stream()
            .map(Subtype::column)
            .map(name -> new SplitCount.ClassCount(name, count(row, name)))
            .toList();
    return new SplitCount(
        text(row, "dataset") + ": " + text(row, "split"),
        count(row, "patients"),
        count(row, "series"),
        count(row, "images"),
        positives);
  }

  private static String text(Row row, String column) {
    return row.getString(row.fieldIndex(column));
  }

  private static String orEmpty(Row row, String column) {
    return row.isNullAt(row.fieldIndex(column)) ? "" : text(row, column);
  }

  /** Returns a whole number of any width. */
  private static long count(Row row, String column) {
    return ((Number) row.get(row.fieldIndex(column))).longValue();
  }
}
