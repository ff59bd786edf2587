package org.headct.ich.pages;

import java.time.Instant;
import java.util.List;
import org.headct.ich.pages.element.Facts;
import org.jspecify.annotations.Nullable;

/**
 * Everything that the data set page shows, as plain data. Each list has the query that made it. A
 * query that was not run gives {@link QueryResult#none()}.
 */
public record ExploreReport(
    Dataset dataset,
    DataOrigin origin,
    QueryResult<LabelCount> labels,
    QueryResult<PairCount> coOccurrence,
    QueryResult<SeriesLength> seriesLengths,
    QueryResult<PositionCount> positions,
    QueryResult<MeasureCount> geometry,
    QueryResult<FindingCount> labelFindings,
    QueryResult<FindingCount> sliceFindings,
    QueryResult<PixelDescription> pixelDescriptions,
    QueryResult<SplitCount> splits,
    QueryResult<LeakCount> leakage,
    QueryResult<ContactSlice> contactSheet,
    QueryResult<Publication> publications) {

  public ExploreReport {}

  /**
   * The name and key figures of the data set.
   *
   * @param name name of the data set or warehouse
   * @param facts key figures: images, series, patients, findings, snapshots …
   */
  public record Dataset(String name, String codeVersion, Instant finished, List<Facts.Fact> facts) {
    public Dataset {
      facts = List.copyOf(facts);
    }
  }

  /** The numbers of images with label 1 and label 0 of one class: "any" or a subtype. */
  public record LabelCount(String name, long positives, long negatives) {}

  /**
   * The number of images that show both classes, in either order. A class with itself counts its
   * own images.
   */
  public record PairCount(String first, String second, long images) {}

  /** The number of series that have this many slices. */
  public record SeriesLength(int slices, long series) {}

  /**
   * The numbers of slices and of positives for one class, in one bin of positions.
   *
   * @param relativePosition middle of the bin: 0 is the first slice of the series, 1 the last
   */
  public record PositionCount(String name, double relativePosition, long slices, long positives) {}

  /**
   * The number of series whose median of a measure has this value.
   *
   * @param measure name and unit of the measure, as the query writes them
   */
  public record MeasureCount(String measure, double value, long series) {}

  /** A reason from the closed list of reasons, and the number of its findings. */
  public record FindingCount(String reason, long findings) {}

  /**
   * The number of images that share a scanner and a pixel description.
   *
   * @param scanner manufacturer and model; empty where the header states neither
   * @param rescaleIntercept rescale intercept in HU; NaN if the header has none
   */
  public record PixelDescription(
      String scanner,
      int rows,
      int columns,
      int bitsStored,
      String representation,
      String transferSyntax,
      double rescaleIntercept,
      long images) {}

  /**
   * One part of the split ("train", "validation", "test") and the positives of each class in it.
   */
  public record SplitCount(
      String split, long patients, long series, long images, List<ClassCount> positives) {
    public SplitCount {
      positives = List.copyOf(positives);
    }

    public record ClassCount(String name, long images) {}
  }

  /**
   * The number of patients, series, images or equal pixels in more than one part of a dataset.
   *
   * @param what unit that is counted: patient, series, image or pixels
   * @param shared number of units in several parts; null if unknown
   * @param images number of images that belong to them
   */
  public record LeakCount(String dataset, String what, @Nullable Long shared, long images) {}

  /**
   * A snapshot of a table.
   *
   * @param rows number of rows in the table after this snapshot
   */
  public record Publication(
      String table,
      long snapshot,
      Instant committed,
      String command,
      String run,
      long added,
      long removed,
      long rows) {}
}
