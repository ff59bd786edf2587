package org.headct.ich.pages;

import java.time.Instant;
import java.util.List;
import org.headct.ich.pages.element.Chart;
import org.headct.ich.pages.element.DataTable;
import org.headct.ich.pages.element.Facts;
import org.jspecify.annotations.Nullable;

/**
 * Everything that the page of a data set shows, as plain data, each list with the query that made
 * it. What was not asked is {@link QueryResult#none()}.
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

  public ExploreReport {
  }

  /**
   * @param name the data set or warehouse
   * @param facts key figures: images, series, patients, findings, snapshots …
   */
  public record Dataset(String name, String codeVersion, Instant finished, List<Facts.Fact> facts) {
    public Dataset {
      facts = List.copyOf(facts);
    }
  }

  /** Images with label 1 and label 0 of one class; "any" and the five subtypes. */
  public record LabelCount(String name, long positives, long negatives) {}

  /** Images that show both classes; a class with itself counts its own. Either order will do. */
  public record PairCount(String first, String second, long images) {}

  /** How many series have this many slices. */
  public record SeriesLength(int slices, long series) {}

  /**
   * Slices of one class at a place in their series.
   *
   * @param relativePosition middle of the bin: 0 is the first slice of the series, 1 the last
   */
  public record PositionCount(String name, double relativePosition, long slices, long positives) {}

  /**
   * Series whose median of a measure is this.
   *
   * @param measure its name and unit, as the query has it
   */
  public record MeasureCount(String measure, double value, long series) {}

  /** A closed reason of the ledger and how often it was found. */
  public record FindingCount(String reason, long findings) {}

  /**
   * Images that share a scanner and a way of storing pixels.
   *
   * @param scanner manufacturer and model; empty where the header states neither
   * @param rescaleIntercept in HU; not a number where the header has none
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
   * What stands in more than one part of a dataset.
   *
   * @param what patient, series, image or pixels
   * @param shared how many of them; null where it is not known
   * @param images that belong to them
   */
  public record LeakCount(String dataset, String what, @Nullable Long shared, long images) {}

  /**
   * A snapshot of a table.
   *
   * @param rows of the table since
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
