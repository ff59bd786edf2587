package org.headct.ich.jobs.evaluation;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.headct.ich.domain.config.EvaluateConfig;
import org.headct.ich.domain.label.Subtype;
import org.headct.ich.domain.metric.Bootstrap;
import org.headct.ich.domain.metric.Statistic;
import org.headct.ich.jobs.scoring.ScoredImage;
import org.headct.ich.jobs.table.MetricsTable;

/**
 * The evaluation of a model on scored images.
 *
 * @param classes curves, calibration and confusion of each class
 * @param figures figures of each class; with several classes, their mean comes first
 */
public record Evaluation(List<ClassEvaluation> classes, List<Figures> figures) {
  private static final double CONFIDENCE = 0.95;

  /**
   * Evaluates all scored classes.
   *
   * @param subtypes classes in the order of the scores
   * @param config threshold, and resampling for the intervals
   */
  public static Evaluation of(
      List<Subtype> subtypes, List<ScoredImage> scored, EvaluateConfig config) {
    List<ClassEvaluation> classes = new ArrayList<>();
    for (int output = 0; output < subtypes.size(); output++) {
      classes.add(
          ClassEvaluation.of(
              subtypes.get(output), ClassExamples.of(output, scored), config.threshold()));
    }
    return new Evaluation(classes, figures(subtypes, List.of(scored), config));
  }

  /**
   * Returns figures as means over one or several scorings of the same images.
   *
   * @param draws scorings; each has the same images in the same order
   */
  public static List<Figures> figures(
      List<Subtype> subtypes, List<List<ScoredImage>> draws, EvaluateConfig config) {
    List<ScoredImage> images = draws.get(0);
    Bootstrap bootstrap = new Bootstrap(config.seed(), config.bootstrap(), CONFIDENCE);
    int[] groups = Bootstrap.groups(images.stream().map(ScoredImage::patientId).toList());
    List<Map<String, Statistic>> statistics = new ArrayList<>();
    List<Figures> figures = new ArrayList<>();
    for (int output = 0; output < subtypes.size(); output++) {
      int of = output;
      List<ClassExamples> examples =
          draws.stream().map(draw -> ClassExamples.of(of, draw)).toList();
      Map<String, Statistic> one =
          Figures.means(examples.stream().map(e -> e.statistics(config.threshold())).toList());
      statistics.add(one);
      figures.add(
          Figures.of(
              subtypes.get(output).column(),
              images.size(),
              examples.get(0).positives(),
              one,
              bootstrap,
              groups));
    }
    if (subtypes.size() > 1) {
      long positives = images.stream().filter(Evaluation::isPositive).count();
      Map<String, Statistic> means = Figures.means(statistics);
      figures.add(
          0, Figures.of(MetricsTable.MEAN, images.size(), positives, means, bootstrap, groups));
    }
    return figures;
  }

  /** Returns each class's ROC AUC with its interval, for the last line of a report. */
  public String headline() {
    StringBuilder text = new StringBuilder("ROC AUC");
    for (Figures one : figures) {
      text.append(' ').append(one.finding()).append(' ');
      text.append(Figures.text(one.interval("roc_auc")));
    }
    return text.toString();
  }

  /** Returns whether an image shows at least one of the classes. */
  public static boolean isPositive(ScoredImage image) {
    for (byte label : image.labels()) {
      if (label > 0) {
        return true;
      }
    }
    return false;
  }
}
