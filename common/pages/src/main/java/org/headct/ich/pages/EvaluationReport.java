package org.headct.ich.pages;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.headct.ich.domain.metric.PrecisionRecallCurve;
import org.headct.ich.domain.metric.RocCurve;
import org.headct.ich.pages.element.Estimate;
import org.headct.ich.pages.element.Picture;
import org.headct.ich.pages.element.Point;

/**
 * Everything that the evaluation page shows, as plain data. Classes have the names of the tables
 * ("any", "epidural", …). A figure that was not measured is {@link QueryResult#none()}.
 */
public record EvaluationReport(
    Run run,
    DataOrigin origin,
    QueryResult<ClassScores> classes,
    QueryResult<Curve> roc,
    QueryResult<Curve> precisionRecall,
    QueryResult<Calibration> calibration,
    QueryResult<Epoch> epochs,
    QueryResult<Confusion> confusion,
    QueryResult<SliceExample> examples,
    Scans scans,
    QueryResult<Condition> robustness,
    QueryResult<RunScores> runs,
    QueryResult<StageTime> times,
    List<PublishedResult> results) {

  public EvaluationReport {
    results = List.copyOf(results);
  }

  /**
   * The evaluated run.
   *
   * @param model run directory or id of the model
   * @param snapshot snapshot of the tensors table
   * @param split description of the split, such as "patient, 80/20, exact"
   */
  public record Run(
      String runId,
      String model,
      String network,
      String dataset,
      String snapshot,
      String split,
      long seed,
      String codeVersion,
      Instant finished) {}

  /**
   * The figures of one class on the evaluated part of the split; rates in [0, 1], NaN if undefined.
   *
   * @param prAuc average precision
   */
  public record ClassScores(
      String name,
      long slices,
      long positives,
      double accuracy,
      double recall,
      double specificity,
      double precision,
      double f1,
      Estimate rocAuc,
      Estimate prAuc,
      double logLoss) {}

  /**
   * A ROC curve (false positive rate, recall) or a PR curve (recall, precision) of one class. The
   * file holds every point, so thin a curve first. Points that are not finite are dropped.
   */
  public record Curve(String name, List<Point> points) {
    /** The most points of a curve; more would make the file larger without a visible effect. */
    private static final int MOST_POINTS = 300;

    public Curve {
      points =
          points.stream()
              .filter(one -> Double.isFinite(one.x()) && Double.isFinite(one.y()))
              .toList();
    }

    public static Curve of(String name, RocCurve curve) {
      return new Curve(
          name,
          curve.thinned(MOST_POINTS).points().stream()
              .map(one -> Point.of(one.falsePositiveRate(), one.truePositiveRate()))
              .toList());
    }

    public static Curve of(String name, PrecisionRecallCurve curve) {
      return new Curve(
          name,
          curve.thinned(MOST_POINTS).points().stream()
              .map(one -> Point.of(one.recall(), one.precision()))
              .toList());
    }
  }

  /** The share of positives by score of the model, in bins ordered by score. */
  public record Calibration(String name, List<Bin> bins) {
    public Calibration {
      bins = List.copyOf(bins);
    }

    public record Bin(double meanScore, long slices, long positives) {}

    public static Calibration of(
        String name, org.headct.ich.domain.metric.Calibration calibration) {
      return new Calibration(
          name,
          calibration.bins().stream()
              .filter(bin -> bin.count() > 0)
              .map(
                  bin ->
                      new Bin(
                          bin.meanProbability(),
                          bin.count(),
                          Math.round(bin.positiveRate() * bin.count())))
              .toList());
    }
  }

  /** The figures of one epoch; NaN for a figure that was not measured. */
  public record Epoch(
      int number, double trainLoss, double validationLoss, double validationAuc, Kept kept) {}

  /** The mark of the epoch whose model was evaluated. */
  public enum Kept {
    BEST,
    OTHER
  }

  /**
   * The counts of one class at its operating point. A slice is called positive if its score is at
   * or above the threshold.
   */
  public record Confusion(
      String name,
      double threshold,
      long truePositives,
      long falsePositives,
      long falseNegatives,
      long trueNegatives) {

    public static Confusion of(
        String name, double threshold, org.headct.ich.domain.metric.Confusion counts) {
      return new Confusion(
          name,
          threshold,
          counts.truePositives(),
          counts.falsePositives(),
          counts.falseNegatives(),
          counts.trueNegatives());
    }
  }

  /** The outcome for which a slice is shown. */
  public enum Outcome {
    FALSE_POSITIVE,
    FALSE_NEGATIVE,
    TRUE_POSITIVE,
    TRUE_NEGATIVE
  }

  /**
   * A slice shown as an example.
   *
   * @param className class of the score
   * @param truth subtypes that the annotators labelled; empty for none
   */
  public record SliceExample(
      Outcome outcome,
      String imageId,
      String className,
      double score,
      List<String> truth,
      List<Picture> windows) {
    public SliceExample {
      truth = List.copyOf(truth);
      windows = List.copyOf(windows);
    }
  }

  /**
   * Results by series.
   *
   * @param how sentence on how a series gets its score
   */
  public record Scans(String how, QueryResult<ClassScores> classes, QueryResult<Curve> roc) {
    public static Scans none() {
      return new Scans("", QueryResult.none(), QueryResult.none());
    }
  }

  /**
   * The ROC AUC of a class on degraded images.
   *
   * @param kind kind of degradation, such as {@code noise}
   * @param scale unit of the strength
   * @param strength strength of the degradation; 0 for unchanged images
   * @param name name of the class
   * @param unit unit of evaluation: {@code slice} or {@code scan}
   * @param units number of scored units
   */
  public record Condition(
      String kind,
      String scale,
      double strength,
      String name,
      String unit,
      long units,
      Estimate rocAuc) {}

  /**
   * A run of the project: this one or a comparable one.
   *
   * @param splitUnit unit that the split keeps together: {@code patient} or {@code slice}; empty if
   *     unknown
   * @param finding class of the figures, or the mean over the classes
   * @param figures figures by their names in {@code ich.metrics}
   * @param mine true for this page's run
   */
  public record RunScores(
      String splitUnit,
      String run,
      String dataset,
      String finding,
      long slices,
      Map<String, Estimate> figures,
      boolean mine) {
    public RunScores {
      figures = Map.copyOf(figures);
    }

    Estimate figure(String name) {
      return figures.getOrDefault(name, Estimate.of(Double.NaN));
    }
  }

  /**
   * The time that a stage took.
   *
   * @param units number of units that the stage processed
   * @param unit name of the units
   * @param source source of the time
   */
  public record StageTime(String stage, long units, String unit, double seconds, String source) {}
}
