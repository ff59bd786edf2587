package org.headct.ich.jobs.evaluatemodel;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.functions;
import org.headct.ich.domain.config.EvaluateConfig;
import org.headct.ich.domain.config.Settings;
import org.headct.ich.domain.error.UserException;
import org.headct.ich.jobs.batch.TensorBatches;
import org.headct.ich.jobs.batch.TensorPlan;
import org.headct.ich.jobs.evaluation.EvaluationRows;
import org.headct.ich.jobs.evaluation.EvaluationStore;
import org.headct.ich.jobs.evaluation.Figures;
import org.headct.ich.jobs.modelstore.ModelStore;
import org.headct.ich.jobs.modelstore.RunInfo;
import org.headct.ich.jobs.report.JobReport;
import org.headct.ich.jobs.run.Job;
import org.headct.ich.jobs.run.JobContext;
import org.headct.ich.jobs.run.JobPlan;
import org.headct.ich.jobs.scoring.ScoredImage;
import org.headct.ich.jobs.scoring.Scorer;
import org.headct.ich.jobs.scoring.ScoringTime;
import org.headct.ich.jobs.table.MetricsTable;
import org.headct.ich.jobs.table.PredictionsTable;
import org.headct.ich.jobs.table.TensorsTable;
import org.headct.ich.jobs.table.Warehouse;
import org.headct.ich.pages.EvaluationPage;
import org.headct.ich.pages.PageNames;
import picocli.CommandLine.Command;

/** The command that scores a part of the dataset with a saved model and evaluates the scores. */
@Command(
    name = "evaluate-model",
    header = "Scores held-out tensors; writes figures and a page.",
    description =
        "Scores held-out tensors with a saved model; writes figures with intervals, and a page.",
    footer = {
      "Reads:   models.path/<run>/model.zip, ich.tensors (the snapshot that the run names)",
      "Writes:  ich.predictions, ich.metrics, reports.path/evaluation-<run>.html",
      "Example: ich evaluate-model --set evaluate.run=NAME (the newest run if none is named)"
    })
public final class EvaluateModelJob implements Job {
  private static final PredictionsTable PREDICTIONS = new PredictionsTable();
  private static final MetricsTable METRICS = new MetricsTable();
  private static final TensorsTable TENSORS = new TensorsTable();

  @Override
  public String name() {
    return "evaluate-model";
  }

  @Override
  public List<String> keys() {
    return List.of("evaluate");
  }

  @Override
  public void check(Settings settings) {
    EvaluateConfig.from(settings);
  }

  @Override
  public JobPlan plan(JobContext context) {
    EvaluateConfig config = EvaluateConfig.from(context.settings());
    context.warehouse().require(TENSORS);
    ModelStore store = ModelStore.find(context.hadoop(), context.places().models(), config.run());
    return new JobPlan(
        List.of(store.modelPath(), context.warehouse().identifier(TENSORS)),
        List.of(
            context.warehouse().identifier(PREDICTIONS), context.warehouse().identifier(METRICS)));
  }

  /**
   * Returns whether this model was evaluated with these settings, and its tables and page exist.
   */
  @Override
  public boolean upToDate(JobContext context) {
    EvaluateConfig config = EvaluateConfig.from(context.settings());
    ModelStore store = ModelStore.find(context.hadoop(), context.places().models(), config.run());
    Warehouse warehouse = context.warehouse();
    try {
      return EvaluationRecord.isUpToDate(context, store)
          && warehouse.exists(METRICS)
          && !warehouse
              .read(METRICS)
              .where(functions.col("run").equalTo(store.name()))
              .limit(1)
              .isEmpty();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the run of " + store.modelPath(), e);
    }
  }

  @Override
  public JobReport run(JobContext context) {
    EvaluateConfig config = EvaluateConfig.from(context.settings());
    JobReport.Builder report = context.report(this);
    EvaluationStore evaluations = new EvaluationStore(context.warehouse());
    context.progress().step("evaluate-model");
    ModelStore store = ModelStore.find(context.hadoop(), context.places().models(), config.run());
    try {
      RunInfo run = store.readRun();
      TensorPlan plan = plan(context, config, run);
      ScoringTime time = new ScoringTime(context.javaSpark());
      List<ScoredImage> scored = score(context, store, run, plan, time);
      EvaluatedModel found = EvaluatedModel.of(context, config, store, plan, scored, time);
      publish(context, evaluations, config, run, scored, found, report);
      String page =
          context
              .reports()
              .save(
                  PageNames.evaluation(run.run()),
                  EvaluationPage.render(
                      new EvaluationSummary(context, config, run, store.readMetrics()).of(found)));
      EvaluationRecord.of(context, store).write(store);
      report.file("page", page);
      if (run.settings().readsSeries()) {
        report.fact("left out", EvaluatedModel.LEFT_OUT_OF_SERIES);
      }
      return report.done(
          "%s on %s: %s".formatted(run.run(), config.split(), found.slices().headline()));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the run of " + store.modelPath(), e);
    }
  }

  private static TensorPlan plan(JobContext context, EvaluateConfig config, RunInfo run)
      throws IOException {
    TensorPlan plan =
        TensorBatches.plan(context, run.tensorSnapshot(), run.dataset(), config.split());
    if (plan.rows() == 0) {
      throw new UserException(
          "evaluate.split: dataset %s has no %s rows in snapshot %d of ich.tensors"
              .formatted(run.dataset(), config.split(), run.tensorSnapshot()));
    }
    return plan;
  }

  private static List<ScoredImage> score(
      JobContext context, ModelStore store, RunInfo run, TensorPlan plan, ScoringTime time)
      throws IOException {
    List<ScoredImage> scored =
        new ArrayList<>(
            Scorer.score(
                    context.javaSpark(),
                    store.modelPath(),
                    run.settings(),
                    plan,
                    4 * context.javaSpark().defaultParallelism(),
                    time)
                .collect());
    scored.sort(Comparator.comparing(ScoredImage::imageId));
    return scored;
  }

  private void publish(
      JobContext context,
      EvaluationStore evaluations,
      EvaluateConfig config,
      RunInfo run,
      List<ScoredImage> scored,
      EvaluatedModel found,
      JobReport.Builder report) {
    EvaluationRows rows = new EvaluationRows(run.run(), run.dataset(), config.split());
    rows.predictions(run.settings().head().subtypes(), scored);
    rows.metrics(MetricsTable.SLICE, MetricsTable.UNDISTURBED, found.slices().figures());
    rows.metrics(MetricsTable.SCAN, MetricsTable.UNDISTURBED, found.scans().figures());
    for (Robustness.Condition one : found.conditions()) {
      rows.metrics(one.unit(), one.text(), one.figures());
    }
    evaluations.replace(
        List.of(rows),
        context.note(
            this,
            new String[] {"evaluate"},
            Map.of("tensors", Long.toString(run.tensorSnapshot()), "model", run.run())),
        report);
    report.fact("images", "%,d".formatted(scored.size()));
    report.fact("scans", "%,d".formatted(found.scans().figures().get(0).images()));
    for (Figures one : found.slices().figures()) {
      one.intervals()
          .forEach(
              (metric, interval) ->
                  report.fact(one.finding() + " " + metric, Figures.text(interval)));
    }
  }
}
