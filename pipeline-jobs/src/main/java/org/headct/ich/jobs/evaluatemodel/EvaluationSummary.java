package org.headct.ich.jobs.evaluatemodel;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import org.headct.ich.domain.config.EvaluateConfig;
import org.headct.ich.jobs.evaluation.ClassEvaluation;
import org.headct.ich.jobs.evaluation.Evaluation;
import org.headct.ich.jobs.evaluation.Figures;
import org.headct.ich.jobs.modelstore.EpochMetrics;
import org.headct.ich.jobs.modelstore.RunInfo;
import org.headct.ich.jobs.modelstore.RunSplit;
import org.headct.ich.jobs.run.CodeVersion;
import org.headct.ich.jobs.run.JobContext;
import org.headct.ich.jobs.table.SliceOrigins;
import org.headct.ich.pages.DataOrigin;
import org.headct.ich.pages.EvaluationReport;
import org.headct.ich.pages.EvaluationReport.Epoch;
import org.headct.ich.pages.EvaluationReport.Kept;
import org.headct.ich.pages.PublishedResult;
import org.headct.ich.pages.QueryResult;
import org.headct.ich.pages.element.Estimate;
import org.headct.ich.pages.element.Numbers;

/** The collector of the evaluation page's data. */
final class EvaluationSummary {
  private final JobContext context;
  private final EvaluateConfig config;
  private final RunInfo run;
  private final List<EpochMetrics> epochs;

  EvaluationSummary(
      JobContext context, EvaluateConfig config, RunInfo run, List<EpochMetrics> epochs) {
    this.context = context;
    this.config = config;
    this.run = run;
    this.epochs = epochs;
  }

  EvaluationReport of(EvaluatedModel found) {
    Evaluation evaluation = found.slices();
    List<ClassEvaluation> classes = evaluation.classes();
    SliceOrigins origins = SliceOrigins.of(context.warehouse());
    return new EvaluationReport(
        facts(),
        DataOrigin.of(origins.phantoms(), origins.others()),
        map(
            "ich.metrics where run = '%s' and unit = 'slice' and condition = ''"
                .formatted(run.run()),
            evaluation.figures(),
            Figures::scores),
        map(
            "ich.predictions where run = '%s'".formatted(run.run()),
            classes,
            c -> EvaluationReport.Curve.of(c.subtype().column(), c.roc())),
        map(
            "ich.predictions where run = '%s'".formatted(run.run()),
            classes,
            c -> EvaluationReport.Curve.of(c.subtype().column(), c.precisionRecall())),
        map(
            "ich.predictions where run = '%s'".formatted(run.run()),
            classes,
            c -> EvaluationReport.Calibration.of(c.subtype().column(), c.calibration())),
        epochs(),
        map(
            "ich.predictions where run = '%s'".formatted(run.run()),
            classes,
            c ->
                EvaluationReport.Confusion.of(
                    c.subtype().column(), config.threshold(), c.confusion())),
        new QueryResult<>("ich.predictions joined with ich.tensors", found.examples()),
        scans(found.scans()),
        robustness(found.conditions()),
        new QueryResult<>(
            "ich.metrics where split = '%s' and unit = 'slice' and condition = '', and run.json of each run"
                .formatted(config.split()),
            OtherRuns.of(context, run, config.split())),
        new QueryResult<>("the newest reports under reports.path/runs", found.times()),
        PublishedResult.all());
  }

  private EvaluationReport.Scans scans(Evaluation scans) {
    boolean series = run.settings().readsSeries();
    return new EvaluationReport.Scans(
        series
            ? "Evaluated by series, with the network's own output for the scan. A series has a finding if one of its evaluated slices has it. Left out: %s."
                .formatted(EvaluatedModel.LEFT_OUT_OF_SERIES)
            : "Evaluated by series. The score of a series is the highest of its evaluated slices. A series has a finding if one of them has it.",
        map(
            "ich.metrics where run = '%s' and unit = 'scan'".formatted(run.run()),
            scans.figures(),
            Figures::scores),
        map(
            series
                ? "the scan outputs of run " + run.run()
                : "ich.predictions where run = '%s', the highest score of each series"
                    .formatted(run.run()),
            scans.classes(),
            c -> EvaluationReport.Curve.of(c.subtype().column(), c.roc())));
  }

  private QueryResult<EvaluationReport.Condition> robustness(
      List<Robustness.Condition> conditions) {
    List<EvaluationReport.Condition> rows = new ArrayList<>();
    for (Robustness.Condition one : conditions) {
      for (Figures figures : one.figures()) {
        rows.add(
            new EvaluationReport.Condition(
                one.kind(),
                one.scale(),
                one.strength(),
                figures.finding(),
                one.unit(),
                figures.images(),
                Estimate.of(figures.interval("roc_auc"))));
      }
    }
    return new QueryResult<>(
        "ich.metrics where run = '%s' and metric = 'roc_auc' and condition <> ''"
            .formatted(run.run()),
        rows);
  }

  private static <A, B> QueryResult<B> map(String source, List<A> values, Function<A, B> to) {
    return new QueryResult<>(source, values.stream().map(to).toList());
  }

  private EvaluationReport.Run facts() {
    return new EvaluationReport.Run(
        context.runId(),
        run.run(),
        run.settings().inWords(),
        run.dataset() + ", part " + config.split(),
        Long.toString(run.tensorSnapshot()),
        split(),
        run.settings().seed(),
        CodeVersion.current(),
        Instant.now());
  }

  private String split() {
    try {
      return RunSplit.of(run).text();
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(
          "run.json of %s has no readable settings".formatted(run.run()), e);
    }
  }

  private QueryResult<Epoch> epochs() {
    int best =
        epochs.stream()
            .filter(m -> m.validationLoss() != null)
            .min(Comparator.comparingDouble(m -> Numbers.orNaN(m.validationLoss())))
            .map(EpochMetrics::epoch)
            .orElse(epochs.isEmpty() ? 0 : epochs.get(epochs.size() - 1).epoch());
    return map(
        "metrics.jsonl of the run",
        epochs,
        m ->
            new Epoch(
                m.epoch(),
                m.trainLoss(),
                Numbers.orNaN(m.validationLoss()),
                m.validationAuc().values().stream()
                    .mapToDouble(Double::doubleValue)
                    .average()
                    .orElse(Double.NaN),
                m.epoch() == best ? Kept.BEST : Kept.OTHER));
  }
}
