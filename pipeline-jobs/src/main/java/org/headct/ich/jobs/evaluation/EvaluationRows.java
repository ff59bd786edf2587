package org.headct.ich.jobs.evaluation;

import java.util.ArrayList;
import java.util.List;
import org.headct.ich.domain.label.Subtype;
import org.headct.ich.jobs.scoring.ScoredImage;
import org.headct.ich.jobs.table.MetricsTable;
import org.headct.ich.jobs.table.PredictionsTable;
import org.jspecify.annotations.Nullable;

/** The rows of one evaluated run for {@code ich.predictions} and {@code ich.metrics}. */
public final class EvaluationRows {
  private final String run;
  private final String dataset;
  private final String split;
  private final List<PredictionsTable.Prediction> predictions = new ArrayList<>();
  private final List<MetricsTable.Metric> metrics = new ArrayList<>();

  /**
   * Starts without rows.
   *
   * @param run name of the run that scored
   * @param split the part of the dataset that was scored
   */
  public EvaluationRows(String run, String dataset, String split) {
    this.run = run;
    this.dataset = dataset;
    this.split = split;
  }

  /**
   * Adds scores.
   *
   * @param subtypes classes in the order of the scores
   */
  public void predictions(List<Subtype> subtypes, List<ScoredImage> scored) {
    for (ScoredImage image : scored) {
      for (int output = 0; output < subtypes.size(); output++) {
        predictions.add(
            new PredictionsTable.Prediction(
                run,
                dataset,
                split,
                image.imageId(),
                image.patientId(),
                image.seriesId(),
                subtypes.get(output).column(),
                image.labels()[output],
                image.scores()[output]));
      }
    }
  }

  /**
   * Adds figures.
   *
   * @param unit unit of evaluation, {@link MetricsTable#SLICE} or {@link MetricsTable#SCAN}
   * @param condition degradation of the images, or {@link MetricsTable#UNDISTURBED}
   */
  public void metrics(String unit, String condition, List<Figures> figures) {
    for (Figures one : figures) {
      one.intervals()
          .forEach(
              (metric, interval) ->
                  metrics.add(
                      new MetricsTable.Metric(
                          run,
                          dataset,
                          split,
                          unit,
                          condition,
                          one.finding(),
                          metric,
                          orNull(interval.estimate()),
                          orNull(interval.lower()),
                          orNull(interval.upper()),
                          one.images(),
                          one.positives())));
    }
  }

  private static @Nullable Double orNull(double value) {
    return Double.isFinite(value) ? value : null;
  }

  String run() {
    return run;
  }

  List<PredictionsTable.Prediction> predictions() {
    return predictions;
  }

  List<MetricsTable.Metric> metrics() {
    return metrics;
  }
}
