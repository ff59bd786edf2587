package org.headct.ich.jobs.evaluatemodel;

import static org.apache.spark.sql.functions.col;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.headct.ich.domain.error.UserException;
import org.headct.ich.jobs.modelstore.ModelStore;
import org.headct.ich.jobs.modelstore.RunInfo;
import org.headct.ich.jobs.modelstore.RunSplit;
import org.headct.ich.jobs.run.JobContext;
import org.headct.ich.jobs.table.MetricsTable;
import org.headct.ich.jobs.table.MetricsTable.Metric;
import org.headct.ich.pages.EvaluationReport.RunScores;
import org.headct.ich.pages.element.Estimate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The evaluated runs that are comparable with this one: same network and head, same part of the
 * split.
 */
final class OtherRuns {
  private static final Logger LOG = LoggerFactory.getLogger(OtherRuns.class);
  private static final MetricsTable METRICS = new MetricsTable();

  private OtherRuns() {}

  /**
   * Returns this run and the comparable ones, grouped by split unit.
   *
   * @param split part that was scored
   */
  static List<RunScores> of(JobContext context, RunInfo mine, String split) {
    Map<String, List<Metric>> byRun = new LinkedHashMap<>();
    context.warehouse().read(METRICS).where(col("split").equalTo(split)).collectAsList().stream()
        .map(METRICS::fromRow)
        .filter(Metric::isOfSlicesAsTheyAre)
        .forEach(metric -> byRun.computeIfAbsent(metric.run(), r -> new ArrayList<>()).add(metric));
    List<RunScores> rows = new ArrayList<>();
    for (Map.Entry<String, List<Metric>> entry : byRun.entrySet()) {
      String name = entry.getKey();
      boolean isMine = name.equals(mine.run());
      try {
        Optional<RunInfo> run = isMine ? Optional.of(mine) : read(context, name);
        if (run.filter(other -> alike(other, mine)).isPresent()) {
          rows.add(row(run.get(), entry.getValue(), isMine));
        }
      } catch (IOException | UserException e) {
        LOG.warn("run {} is not compared with {}: {}", name, mine.run(), e.getMessage());
      }
    }
    rows.sort(
        Comparator.comparing(RunScores::splitUnit)
            .thenComparing(row -> !row.mine())
            .thenComparing(RunScores::run));
    return rows;
  }

  private static boolean alike(RunInfo one, RunInfo other) {
    return one.settings().inWords().equals(other.settings().inWords());
  }

  /** Reads a run; empty if the run's folder is gone. */
  private static Optional<RunInfo> read(JobContext context, String run) throws IOException {
    ModelStore store = new ModelStore(context.hadoop(), context.places().models() + "/" + run);
    return store.exists() ? Optional.of(store.readRun()) : Optional.empty();
  }

  private static RunScores row(RunInfo run, List<Metric> metrics, boolean mine) throws IOException {
    String finding =
        metrics.stream().anyMatch(m -> m.finding().equals(MetricsTable.MEAN))
            ? MetricsTable.MEAN
            : metrics.get(0).finding();
    Map<String, Estimate> figures = new LinkedHashMap<>();
    long slices = 0;
    for (Metric metric : metrics) {
      if (metric.finding().equals(finding)) {
        figures.put(
            metric.metric(), Estimate.ofNullable(metric.value(), metric.low(), metric.high()));
        slices = metric.images();
      }
    }
    return new RunScores(
        RunSplit.of(run).unit(), run.run(), run.dataset(), finding, slices, figures, mine);
  }
}
