package org.headct.ich.jobs.evaluatemodel;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.headct.ich.common.config.EvaluateConfig;
import org.headct.ich.common.label.Subtype;
import org.headct.ich.common.metric.Bootstrap;
import org.headct.ich.common.metric.Statistic;
import org.headct.ich.jobs.model.ScoredImage;
import org.headct.ich.jobs.table.MetricsTable;

/**
 * What the scored images say of a model.
 *
 * @param figures of each class and, if there are several, of their mean first
 */
record Evaluation(List<ClassEvaluation> classes, List<Figures> figures) {
  private static final double CONFIDENCE = 0.95;

  static Evaluation of(List<Subtype> subtypes, List<ScoredImage> scored, EvaluateConfig config) {
    Bootstrap bootstrap = new Bootstrap(config.seed(), config.bootstrap(), CONFIDENCE);
    int[] groups = Bootstrap.groups(scored.stream().map(ScoredImage::patientId).toList());
    List<ClassEvaluation> classes = new ArrayList<>();
    List<Map<String, Statistic>> statistics = new ArrayList<>();
    List<Figures> figures = new ArrayList<>();
    for (int output = 0; output < subtypes.size(); output++) {
      ClassExamples examples = ClassExamples.of(output, scored);
      Map<String, Statistic> one = examples.statistics(config.threshold());
      ClassEvaluation evaluation =
          ClassEvaluation.of(subtypes.get(output), examples, config.threshold());
      classes.add(evaluation);
      statistics.add(one);
      figures.add(
          Figures.of(
              evaluation.subtype().column(),
              scored.size(),
              examples.positives(),
              one,
              bootstrap,
              groups));
    }
    if (classes.size() > 1) {
      long positives = scored.stream().filter(Evaluation::isPositive).count();
      Map<String, Statistic> means = Figures.means(statistics);
      figures.add(
          0, Figures.of(MetricsTable.MEAN, scored.size(), positives, means, bootstrap, groups));
    }
    return new Evaluation(classes, figures);
  }

  private static boolean isPositive(ScoredImage image) {
    for (byte label : image.labels()) {
      if (label > 0) {
        return true;
      }
    }
    return false;
  }
}
