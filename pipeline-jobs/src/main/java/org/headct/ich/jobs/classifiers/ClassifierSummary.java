package org.headct.ich.jobs.classifiers;

import static org.apache.spark.sql.functions.col;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.headct.ich.domain.sample.Split;
import org.headct.ich.jobs.evaluation.Evaluation;
import org.headct.ich.jobs.evaluation.Figures;
import org.headct.ich.jobs.modelstore.RunInfo;
import org.headct.ich.jobs.modelstore.RunSplit;
import org.headct.ich.jobs.run.CodeVersion;
import org.headct.ich.jobs.run.JobContext;
import org.headct.ich.jobs.table.MetricsTable;
import org.headct.ich.jobs.table.MetricsTable.Metric;
import org.headct.ich.jobs.table.SliceOrigins;
import org.headct.ich.pages.ClassifiersReport;
import org.headct.ich.pages.ClassifiersReport.Choice;
import org.headct.ich.pages.ClassifiersReport.Chosen;
import org.headct.ich.pages.ClassifiersReport.Classified;
import org.headct.ich.pages.DataOrigin;
import org.headct.ich.pages.EvaluationReport;
import org.headct.ich.pages.EvaluationReport.ClassScores;
import org.headct.ich.pages.PublishedResult;
import org.headct.ich.pages.QueryResult;
import org.headct.ich.pages.element.Estimate;

/** The collector of the classifiers page's data. */
final class ClassifierSummary {
  private static final MetricsTable METRICS = new MetricsTable();
  private static final String FIGURES =
      "ich.metrics where run = '%s' and split = 'test' and unit = 'slice' and condition = ''";

  private final JobContext context;
  private final RunInfo run;
  private final FeatureRows features;

  ClassifierSummary(JobContext context, RunInfo run, FeatureRows features) {
    this.context = context;
    this.run = run;
    this.features = features;
  }

  ClassifiersReport of(TrainedLabels trained, List<EvaluatedClassifier> found)
      throws JsonProcessingException {
    SliceOrigins origins = SliceOrigins.of(context.warehouse());
    List<Classified> systems = new ArrayList<>();
    systems.add(new Classified("network's own head", network(), QueryResult.none()));
    List<Choice> choices = new ArrayList<>();
    for (EvaluatedClassifier one : found) {
      Classifier classifier = one.classifier();
      systems.add(system(classifier, one.slices()));
      trained
          .of(classifier)
          .forEach((label, info) -> choices.addAll(choices(classifier, label.column(), info)));
    }
    return new ClassifiersReport(
        facts(),
        features.numbers(),
        new ClassifiersReport.Images(features.count(Split.TRAIN), features.count(Split.TEST)),
        DataOrigin.of(origins.phantoms(), origins.others()),
        systems,
        new QueryResult<>("classifiers/*/*.json of the run", choices),
        trained.leftOut().entrySet().stream().map(e -> e.getKey() + ", " + e.getValue()).toList(),
        PublishedResult.all());
  }

  private Classified system(Classifier classifier, Evaluation evaluation) {
    String name = classifier.run(run.run());
    return new Classified(
        classifier.words(),
        new QueryResult<>(
            FIGURES.formatted(name), evaluation.figures().stream().map(Figures::scores).toList()),
        new QueryResult<>(
            "ich.predictions where run = '%s'".formatted(name),
            evaluation.classes().stream()
                .map(c -> EvaluationReport.Curve.of(c.subtype().column(), c.roc()))
                .toList()));
  }

  /** Returns the network's own figures by evaluate-model; empty if it was not evaluated. */
  private QueryResult<ClassScores> network() {
    Map<String, Map<String, Metric>> byFinding = new LinkedHashMap<>();
    context
        .warehouse()
        .read(METRICS)
        .where(col("run").equalTo(run.run()).and(col("split").equalTo(Split.TEST.column())))
        .collectAsList()
        .stream()
        .map(METRICS::fromRow)
        .filter(Metric::isOfSlicesAsTheyAre)
        .forEach(
            metric ->
                byFinding
                    .computeIfAbsent(metric.finding(), f -> new LinkedHashMap<>())
                    .put(metric.metric(), metric));
    return new QueryResult<>(
        FIGURES.formatted(run.run()),
        byFinding.values().stream().map(ClassifierSummary::scores).toList());
  }

  private static ClassScores scores(Map<String, Metric> figures) {
    Metric any = figures.values().iterator().next();
    return new ClassScores(
        any.finding(),
        any.images(),
        any.positives(),
        estimate(figures, "accuracy").value(),
        estimate(figures, "recall").value(),
        estimate(figures, "specificity").value(),
        estimate(figures, "precision").value(),
        estimate(figures, "f1").value(),
        estimate(figures, "roc_auc"),
        estimate(figures, "pr_auc"),
        estimate(figures, "log_loss").value());
  }

  private static Estimate estimate(Map<String, Metric> figures, String name) {
    Metric metric = figures.get(name);
    return metric == null
        ? Estimate.of(Double.NaN)
        : Estimate.ofNullable(metric.value(), metric.low(), metric.high());
  }

  private static List<Choice> choices(Classifier classifier, String label, ClassifierInfo info) {
    List<Choice> choices = new ArrayList<>();
    for (int i = 0; i < info.points().size(); i++) {
      ClassifierInfo.Point point = info.points().get(i);
      choices.add(
          new Choice(
              classifier.words(),
              label,
              point.text(),
              info.folds(),
              point.auc(),
              i == info.chosen() ? Chosen.YES : Chosen.NO,
              info.scale().source()));
    }
    return choices;
  }

  private EvaluationReport.Run facts() throws JsonProcessingException {
    return new EvaluationReport.Run(
        context.runId(),
        run.run(),
        run.settings().network().key() + ", head " + run.settings().head().key(),
        run.dataset() + ", part " + Split.TEST.column(),
        Long.toString(run.tensorSnapshot()),
        RunSplit.of(run).text(),
        run.settings().seed(),
        CodeVersion.current(),
        Instant.now());
  }
}
