package org.headct.ich.jobs.buildtensors;

import static org.apache.spark.sql.functions.col;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.iceberg.DataFile;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.storage.StorageLevel;
import org.apache.spark.util.LongAccumulator;
import org.headct.ich.domain.config.TensorsConfig;
import org.headct.ich.jobs.buildtensors.TensorChanges.Touched;
import org.headct.ich.jobs.report.JobReport;
import org.headct.ich.jobs.report.JobReport.Changes;
import org.headct.ich.jobs.run.JobContext;
import org.headct.ich.jobs.table.FileExchange;
import org.headct.ich.jobs.table.SliceFindingsTable;
import org.headct.ich.jobs.table.SnapshotNote;
import org.headct.ich.jobs.table.TensorsTable;
import org.headct.ich.jobs.table.Warehouse;

/**
 * Changes of one run to {@code ich.tensors}. Files are built and copied, row counts must reconcile,
 * and the result is published.
 */
final class TensorExchange {
  private static final TensorsTable TENSORS = new TensorsTable();
  private static final SliceFindingsTable FINDINGS = new SliceFindingsTable();

  private final JobContext context;
  private final Map<String, TensorsConfig> configs;
  private final FileExchange files;
  private final JobReport.Builder report;
  private final SnapshotNote note;
  private final TensorRejections rejections;

  /**
   * Prepares the changes.
   *
   * @param configs the settings by dataset
   * @param files the files of {@code ich.tensors} at the time of the comparison
   * @param note the note for the snapshots
   */
  TensorExchange(
      JobContext context,
      Map<String, TensorsConfig> configs,
      FileExchange files,
      JobReport.Builder report,
      SnapshotNote note) {
    this.context = context;
    this.configs = configs;
    this.files = files;
    this.report = report;
    this.note = note;
    rejections = TensorRejections.of(context.spark().sparkContext());
  }

  /**
   * Makes the changes and reports them.
   *
   * @param wanted the number of tensors that the table should have
   * @param struckOut the files that are dropped in any case
   * @param bytesRead the counter of bytes read of objects
   */
  JobReport run(
      TensorChanges changes, long wanted, Set<String> struckOut, LongAccumulator bytesRead) {
    Map<String, Touched> touched = changes.touched();
    long staying = changes.staying();
    FileExchange.Tasks tasks = files.tasks(context.runId());
    List<DataFile> built = build(changes, tasks, bytesRead);
    List<DataFile> added = new ArrayList<>(built);
    boolean published = false;
    try {
      added.addAll(copy(changes, touched, tasks));
      long rows = built.stream().mapToLong(DataFile::recordCount).sum();
      report.books("selections", wanted, staying + rows);
      rejections.byReason().forEach(report::rejected);
      context.meters().sliceFindings(rejections.byReason());
      double maxRejectRatio = configs.values().iterator().next().maxRejectRatio();
      report.closeBooks().refuseAbove(maxRejectRatio, rejections::examples);
      Set<String> dropped = new HashSet<>(touched.keySet());
      dropped.addAll(struckOut);
      published = true;
      report.read(bytesRead.value());
      publish(dropped, added, staying + rows);
      long going = touched.values().stream().mapToLong(Touched::going).sum();
      long replaced = going == 0 ? 0 : changes.replaced(rejections.selections());
      report.changes(new Changes(rows - replaced, replaced, going - replaced));
      describe(staying, rows, dropped.size(), added.size());
      report.next("train-model");
      return report.done(outcome(dropped, added, rows));
    } finally {
      if (!published) {
        files.discard(added);
      }
    }
  }

  private List<DataFile> build(
      TensorChanges changes, FileExchange.Tasks tasks, LongAccumulator bytesRead) {
    TensorMakerFactory makers = TensorMakerFactory.of(context, rejections, bytesRead);
    Map<String, TensorsConfig> settings = configs;
    // The rows have no pixels. They are persisted by column, because as objects they would cost
    // more than computing them again.
    Dataset<Row> missing = changes.toBuild().persist(StorageLevel.MEMORY_AND_DISK());
    try {
      return TensorFileShares.of(missing, settings)
          .mapPartitionsWithIndex(
              (number, share) -> TensorFileTasks.build(tasks, number, share, settings, makers),
              true)
          .collect();
    } finally {
      missing.unpersist();
    }
  }

  /** Copies the rows that stay into new files, if other rows of their file are removed. */
  private List<DataFile> copy(
      TensorChanges changes, Map<String, Touched> touched, FileExchange.Tasks tasks) {
    Set<String> partly =
        touched.entrySet().stream()
            .filter(e -> e.getValue().going() < e.getValue().all())
            .map(Map.Entry::getKey)
            .collect(Collectors.toSet());
    if (partly.isEmpty()) {
      return List.of();
    }
    Map<String, TensorsConfig> settings = configs;
    return changes
        .stayingIn(partly)
        .flatMap(t -> TensorFileTasks.copy(tasks, t._1(), t._2(), settings))
        .collect();
  }

  /** Publishes the findings first, then the tensors. So every missing tensor has its finding. */
  private void publish(Set<String> dropped, List<DataFile> added, long rows) {
    Warehouse warehouse = context.warehouse();
    List<SliceFindingsTable.Entry> findings = rejections.findings();
    long findingsBefore = warehouse.snapshot(FINDINGS);
    Column own = col("job").equalTo(note.job());
    if (!findings.equals(ledger(warehouse, own))) {
      long ledger =
          warehouse.replaceWhere(
              FINDINGS,
              own,
              warehouse.rows(FINDINGS, findings),
              findings.size(),
              findingsBefore,
              note);
      report.table(warehouse, FINDINGS, findings.size(), ledger);
    }
    boolean same = dropped.isEmpty() && added.isEmpty();
    if (!same || !note.describes(warehouse.summary(TENSORS))) {
      report.table(warehouse, TENSORS, rows, files.publish(dropped, added, note));
    }
  }

  private List<SliceFindingsTable.Entry> ledger(Warehouse warehouse, Column own) {
    return warehouse.exists(FINDINGS)
        ? TensorRejections.sorted(
            warehouse.read(FINDINGS).where(own).collectAsList().stream().map(FINDINGS::fromRow))
        : List.of();
  }

  private void describe(long staying, long rows, int dropped, int added) {
    report.fact("unchanged", "%,d tensors kept".formatted(staying));
    report.fact("built", "%,d tensors".formatted(rows));
    report.fact("files", "%,d written, %,d left out".formatted(added, dropped));
    configs.forEach(
        (dataset, config) -> report.fact("shape of " + dataset, config.recipe().describe()));
  }

  private String outcome(Set<String> dropped, List<DataFile> added, long rows) {
    return dropped.isEmpty() && added.isEmpty()
        ? "nothing new: every tensor is up to date"
        : "built %,d tensors".formatted(rows);
  }
}
