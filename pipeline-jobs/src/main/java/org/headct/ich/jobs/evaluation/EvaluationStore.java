package org.headct.ich.jobs.evaluation;

import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.functions;
import org.headct.ich.jobs.report.JobReport;
import org.headct.ich.jobs.table.MetricsTable;
import org.headct.ich.jobs.table.PredictionsTable;
import org.headct.ich.jobs.table.SnapshotNote;
import org.headct.ich.jobs.table.Warehouse;

/** The publisher of evaluations. The rows of a run replace the run's earlier rows. */
public final class EvaluationStore {
  private static final PredictionsTable PREDICTIONS = new PredictionsTable();
  private static final MetricsTable METRICS = new MetricsTable();

  private final Warehouse warehouse;
  private final long predictionsBefore;
  private final long metricsBefore;

  /** Remembers the current snapshots; create it before the job reads its input. */
  public EvaluationStore(Warehouse warehouse) {
    this.warehouse = warehouse;
    this.predictionsBefore = warehouse.snapshot(PREDICTIONS);
    this.metricsBefore = warehouse.snapshot(METRICS);
  }

  /**
   * Replaces the rows of these runs, with one snapshot per table.
   *
   * @throws org.headct.ich.domain.error.DataRefusedException if another job has meanwhile published
   *     rows of one of the runs
   */
  public void replace(List<EvaluationRows> runs, SnapshotNote note, JobReport.Builder report) {
    Object[] names = runs.stream().map(EvaluationRows::run).toArray();
    Column theirs = functions.col("run").isin(names);
    List<PredictionsTable.Prediction> predictions =
        runs.stream().flatMap(run -> run.predictions().stream()).toList();
    List<MetricsTable.Metric> metrics =
        runs.stream().flatMap(run -> run.metrics().stream()).toList();
    long predicted =
        warehouse.replaceWhere(
            PREDICTIONS,
            theirs,
            warehouse.rows(PREDICTIONS, predictions),
            predictions.size(),
            predictionsBefore,
            note);
    long measured =
        warehouse.replaceWhere(
            METRICS, theirs, warehouse.rows(METRICS, metrics), metrics.size(), metricsBefore, note);
    report.table(warehouse, PREDICTIONS, predictions.size(), predicted);
    report.table(warehouse, METRICS, metrics.size(), measured);
  }
}
