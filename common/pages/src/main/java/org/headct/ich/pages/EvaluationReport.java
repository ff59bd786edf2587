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
 * Everything that the evaluation page shows, as plain data; classes are named as in the tables
 * ("any", "epidural", …). What was not measured is {@link QueryResult#none()}.
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
   * @param model the model's run directory or id
   * @param snapshot the snapshot of the tensors table
   * @param split how the data were divided, such as "patient, 80/20, exact"
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
   * The figures of one class on the evaluated split; rates in [0, 1], NaN where undefined.
   *
   * @param prAuc the average precision
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
   * A ROC curve (false positive rate, recall) or a PR curve (recall, precision) of one class. Every
   * point is in the file, so thin a curve first; points that are not finite are left out.
   */
  public record Curve(String name, List<Point> points) {
    /** More points than a curve has pixels would only make the file heavy. */
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

  /** How often the class is there, by the score the model gives; bins in order of score. */
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

  /** NaN for what an epoch did not measure. */
  public record Epoch(
      int number, double trainLoss, double validationLoss, double validationAuc, Kept kept) {}

  /** Whether the evaluated model is this epoch's. */
  public enum Kept {
    BEST,
    OTHER
  }

  /**
   * Counts of one class at its operating point: a slice is called positive from the threshold on.
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

  /** Why a slice is shown. */
  public enum Outcome {
    FALSE_POSITIVE,
    FALSE_NEGATIVE,
    TRUE_POSITIVE,
    TRUE_NEGATIVE
  }

  /**
   * @param className the class that the score is of
   * @param truth the subtypes that the annotators saw; empty for none
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
   * Series by series.
   *
   * @param how a sentence on where the score of a series comes from
   */
  public record Scans(String how, QueryResult<ClassScores> classes, QueryResult<Curve> roc) {
    public static Scans none() {
      return new Scans("", QueryResult.none(), QueryResult.none());
    }
  }

  /**
   * The ROC AUC of a class when the images are worse.
   *
   * @param kind what was done to them, such as {@code noise}
   * @param scale what the strength is measured in
   * @param strength 0 for the images as they are
   * @param name of the class
   * @param unit what was scored: {@code slice} or {@code scan}
   * @param units how many
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
   * A run of the project, this one or one that can stand beside it.
   *
   * @param splitUnit what its split keeps together: {@code patient}, {@code slice}; empty where not
   *     known
   * @param finding the class of the figures, or the mean over the classes
   * @param figures by their names in {@code ich.metrics}
   * @param mine whether it is this page's
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
   * What a stage took.
   *
   * @param units how many it worked on
   * @param unit what they are
   * @param source where the figure is from
   */
  public record StageTime(String stage, long units, String unit, double seconds, String source) {}
}
