package org.headct.ich.jobs.explore;

import static org.apache.spark.sql.functions.col;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.headct.ich.domain.config.ExploreConfig;
import org.headct.ich.domain.error.UserException;
import org.headct.ich.jobs.modelstore.ModelStore;
import org.headct.ich.jobs.modelstore.Runs;
import org.headct.ich.jobs.query.Question;
import org.headct.ich.jobs.report.JobReport;
import org.headct.ich.jobs.run.CodeVersion;
import org.headct.ich.jobs.run.JobContext;
import org.headct.ich.jobs.run.JobPlan;
import org.headct.ich.jobs.table.MetricsTable;
import org.headct.ich.jobs.table.MetricsTable.Metric;
import org.headct.ich.pages.PageNames;
import org.headct.ich.pages.PublishedResult;
import org.headct.ich.pages.QueryResult;
import org.headct.ich.pages.RunsPage;
import org.headct.ich.pages.RunsReport;
import org.headct.ich.pages.RunsReport.Result;
import org.headct.ich.pages.RunsReport.Run;
import org.headct.ich.pages.element.Estimate;

/**
 * The experiments page, {@code explore --experiments}: all runs under {@code models.path} beside
 * published results.
 */
final class RunSheet {
  private static final MetricsTable METRICS = new MetricsTable();

  private RunSheet() {}

  static JobPlan plan(JobContext context) {
    String models = context.places().models();
    if (Runs.all(context.hadoop(), models).isEmpty()) {
      throw new UserException(
          "--experiments: no run under models.path = %s; run train-model first".formatted(models));
    }
    return new JobPlan(
        List.of(models, context.warehouse().identifier(METRICS)),
        List.of(context.places().reports() + "/" + PageNames.EXPERIMENTS));
  }

  static JobReport run(JobContext context, JobReport.Builder report) {
    RunsReport answers = ask(context);
    String path = context.reports().save(PageNames.EXPERIMENTS, RunsPage.render(answers));
    for (Run run : answers.runs()) {
      report.fact(
          run.name(),
          "%s, %d of %d epochs, best %d"
              .formatted(run.network(), run.epochs().size(), run.asked(), run.best()));
    }
    answers.unreadable().forEach(line -> report.noted("unreadable: " + line, 1));
    return report.file("page", path).done("the experiments page is written");
  }

  private static RunsReport ask(JobContext context) {
    List<Run> runs = new ArrayList<>();
    List<String> unreadable = new ArrayList<>();
    for (ModelStore store : Runs.all(context.hadoop(), context.places().models())) {
      try {
        runs.add(RunFacts.of(store.readRun(), store.readMetrics()));
      } catch (IOException | UserException e) {
        // The run is of another release or half copied; the page shows the other runs.
        String reason = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
        unreadable.add("%s (%s)".formatted(store.name(), reason));
      }
    }
    return new RunsReport(
        KeyFigures.origin(new ExploreAnswers(context).to(Question.DUMP, ReportRows::dump)),
        runs,
        unreadable,
        results(context, runs),
        PublishedResult.all(),
        ExploreConfig.from(context.settings()).coreHourPrice(),
        CodeVersion.current(),
        Instant.now());
  }

  /** Returns the results of the shown runs, in their order. */
  private static QueryResult<Result> results(JobContext context, List<Run> runs) {
    String table = context.warehouse().identifier(METRICS);
    if (!context.warehouse().exists(METRICS)) {
      return new QueryResult<>(
          "-- %s does not exist yet: run %s.".formatted(table, METRICS.filledBy()), List.of());
    }
    List<Metric> rows =
        context
            .warehouse()
            .read(METRICS)
            .orderBy(
                col("run"),
                col("split"),
                col("unit").desc(),
                col("finding").notEqual(MetricsTable.MEAN),
                col("finding"))
            .collectAsList()
            .stream()
            .map(METRICS::fromRow)
            .toList();
    List<String> names = runs.stream().map(Run::name).toList();
    Map<List<String>, List<Metric>> grouped = new LinkedHashMap<>();
    for (Metric metric : rows) {
      if (metric.isOfImagesAsTheyAre()) {
        List<String> key = List.of(metric.run(), metric.split(), metric.unit(), metric.finding());
        grouped.computeIfAbsent(key, k -> new ArrayList<>()).add(metric);
      }
    }
    return new QueryResult<>(
        "SELECT * FROM %s\nWHERE condition = '%s'\nORDER BY run, split, unit DESC, finding <> '%s', finding"
            .formatted(table, MetricsTable.UNDISTURBED, MetricsTable.MEAN),
        grouped.values().stream()
            .map(RunSheet::result)
            .filter(result -> names.contains(result.training()))
            .toList());
  }

  private static Result result(List<Metric> metrics) {
    Metric one = metrics.get(0);
    Map<String, Estimate> figures = new LinkedHashMap<>();
    for (Metric metric : metrics) {
      figures.put(
          metric.metric(), Estimate.ofNullable(metric.value(), metric.low(), metric.high()));
    }
    return new Result(
        one.run(), one.split(), one.unit(), one.finding(), one.images(), one.positives(), figures);
  }
}
