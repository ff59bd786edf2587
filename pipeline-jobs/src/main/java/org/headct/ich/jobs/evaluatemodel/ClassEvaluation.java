package org.headct.ich.jobs.evaluatemodel;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.headct.ich.common.config.EvaluateConfig;
import org.headct.ich.common.label.Subtype;
import org.headct.ich.common.metric.Bootstrap;
import org.headct.ich.common.metric.Calibration;
import org.headct.ich.common.metric.Confusion;
import org.headct.ich.common.metric.Interval;
import org.headct.ich.common.metric.LogLoss;
import org.headct.ich.common.metric.PrecisionRecallCurve;
import org.headct.ich.common.metric.Ranking;
import org.headct.ich.common.metric.RocCurve;
import org.headct.ich.common.metric.Statistic;
import org.headct.ich.jobs.model.ScoredImage;

/**
 * All figures of one class on the scored images, with 95 % intervals by resampled patients.
 *
 * @param positives positive images among {@code images}
 * @param figures metric name to its estimate and interval; NaN where undefined
 */
record ClassEvaluation(
    Subtype subtype,
    long images,
    long positives,
    Map<String, Interval> figures,
    RocCurve roc,
    PrecisionRecallCurve precisionRecall,
    Calibration calibration,
    Confusion confusion) {

  private static final double CONFIDENCE = 0.95;
  private static final int CALIBRATION_BINS = 10;

  /**
   * Evaluates one output of the head.
   *
   * @param output index of the class among the scores
   */
  static ClassEvaluation of(
      Subtype subtype, int output, List<ScoredImage> scored, EvaluateConfig config) {
    double[] scores = new double[scored.size()];
    boolean[] truth = new boolean[scored.size()];
    List<String> patients = new ArrayList<>();
    for (int i = 0; i < scores.length; i++) {
      scores[i] = scored.get(i).scores()[output];
      truth[i] = scored.get(i).labels()[output] > 0;
      patients.add(scored.get(i).patientId());
    }
    double threshold = config.threshold();
    Ranking ranking = Ranking.of(scores, truth);
    Map<String, Statistic> statistics = new LinkedHashMap<>();
    statistics.put("accuracy", c -> Confusion.at(threshold, scores, truth, c).accuracy());
    statistics.put("recall", c -> Confusion.at(threshold, scores, truth, c).recall());
    statistics.put("specificity", c -> Confusion.at(threshold, scores, truth, c).specificity());
    statistics.put("precision", c -> Confusion.at(threshold, scores, truth, c).precision());
    statistics.put("f1", c -> Confusion.at(threshold, scores, truth, c).f1());
    statistics.put("roc_auc", ranking::auc);
    statistics.put("pr_auc", ranking::averagePrecision);
    statistics.put("log_loss", Statistic.mean(LogLoss.each(scores, truth)));

    Bootstrap bootstrap = new Bootstrap(config.seed(), config.bootstrap(), CONFIDENCE);
    int[] groups = Bootstrap.groups(patients);
    Map<String, Interval> figures = new LinkedHashMap<>();
    statistics.forEach(
        (name, statistic) -> figures.put(name, bootstrap.interval(groups, statistic)));
    Confusion confusion = Confusion.at(threshold, scores, truth);
    return new ClassEvaluation(
        subtype,
        scored.size(),
        confusion.truePositives() + confusion.falseNegatives(),
        figures,
        RocCurve.of(ranking),
        PrecisionRecallCurve.of(ranking),
        Calibration.of(scores, truth, CALIBRATION_BINS),
        confusion);
  }

  /** The estimate of a figure, NaN where undefined. */
  double figure(String metric) {
    Interval interval = figures.get(metric);
    return interval == null ? Double.NaN : interval.estimate();
  }

  /** The figure with its interval. */
  Interval interval(String metric) {
    Interval interval = figures.get(metric);
    if (interval == null) {
      throw new IllegalArgumentException("no figure is named " + metric);
    }
    return interval;
  }
}
