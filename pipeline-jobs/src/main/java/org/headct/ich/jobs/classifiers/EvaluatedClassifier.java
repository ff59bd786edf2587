package org.headct.ich.jobs.classifiers;

import java.util.List;
import java.util.Locale;
import org.headct.ich.domain.config.EvaluateConfig;
import org.headct.ich.domain.label.Subtype;
import org.headct.ich.domain.sample.Split;
import org.headct.ich.jobs.evaluation.Evaluation;
import org.headct.ich.jobs.evaluation.EvaluationRows;
import org.headct.ich.jobs.evaluation.Figures;
import org.headct.ich.jobs.evaluation.Scans;
import org.headct.ich.jobs.modelstore.RunInfo;
import org.headct.ich.jobs.report.JobReport;
import org.headct.ich.jobs.scoring.ScoredImage;
import org.headct.ich.jobs.table.MetricsTable;

/**
 * The scores of one kind of classifier on the test part, and their evaluation.
 *
 * @param labels labels in the order of the scores
 * @param slices evaluation by slice
 * @param scans evaluation by series
 */
record EvaluatedClassifier(
    Classifier classifier,
    List<Subtype> labels,
    List<ScoredImage> scored,
    Evaluation slices,
    Evaluation scans) {
  private static final String[] FIGURES = {"accuracy", "recall", "specificity", "roc_auc"};

  static EvaluatedClassifier of(
      Classifier classifier,
      TrainedLabels trained,
      List<ScoredImage> scored,
      EvaluateConfig config) {
    List<Subtype> labels = List.copyOf(trained.labels().keySet());
    return new EvaluatedClassifier(
        classifier,
        labels,
        scored,
        Evaluation.of(labels, scored, config),
        Evaluation.of(labels, new Scans(scored).whole(), config));
  }

  long images() {
    return scored.size();
  }

  String headline() {
    return classifier.words() + " " + slices.headline();
  }

  /** Returns the rows for the tables. */
  EvaluationRows rows(RunInfo run) {
    EvaluationRows rows =
        new EvaluationRows(classifier.run(run.run()), run.dataset(), Split.TEST.column());
    rows.predictions(labels, scored);
    rows.metrics(MetricsTable.SLICE, MetricsTable.UNDISTURBED, slices.figures());
    rows.metrics(MetricsTable.SCAN, MetricsTable.UNDISTURBED, scans.figures());
    return rows;
  }

  /** Adds the chosen parameters and the figures to the report. */
  void describe(TrainedLabels trained, JobReport.Builder report) {
    trained
        .of(classifier)
        .forEach(
            (label, info) ->
                report.fact(
                    "%s %s".formatted(classifier.key(), label.column()),
                    "%s, mean AUC of %d folds %s"
                        .formatted(
                            info.best().text(),
                            info.folds(),
                            String.format(Locale.ROOT, "%.3f", info.best().auc()))));
    for (Figures one : slices.figures()) {
      for (String figure : FIGURES) {
        report.fact(
            "%s %s %s".formatted(classifier.key(), one.finding(), figure),
            Figures.text(one.interval(figure)));
      }
    }
  }
}
