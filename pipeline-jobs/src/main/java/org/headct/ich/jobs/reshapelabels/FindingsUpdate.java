package org.headct.ich.jobs.reshapelabels;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.headct.ich.domain.label.LabelFinding;
import org.headct.ich.domain.sample.StableHash;
import org.headct.ich.jobs.report.JobReport;
import org.headct.ich.jobs.run.JobContext;
import org.headct.ich.jobs.table.LabelFindingsTable;
import org.headct.ich.jobs.table.LabelFindingsTable.Entry;
import org.headct.ich.jobs.table.SnapshotNote;
import org.headct.ich.jobs.table.Warehouse;

/** The update of the findings: this run's findings replace earlier ones of the same files. */
final class FindingsUpdate {
  private static final LabelFindingsTable FINDINGS = new LabelFindingsTable();

  private final JobContext context;
  private final List<String> filesRead = new ArrayList<>();
  private JavaRDD<Entry> entries;

  FindingsUpdate(JobContext context, List<LabelWork> works) {
    this.context = context;
    entries = context.javaSpark().emptyRDD();
    for (LabelWork work : works) {
      filesRead.addAll(work.names());
      filesRead.addAll(work.plan().retracted());
    }
  }

  /**
   * Adds findings.
   *
   * @param names the names of the files, by {@link LabelFinding#file}
   */
  FindingsUpdate add(JavaRDD<LabelFinding> findings, List<String> names) {
    entries = entries.union(findings.map(f -> entry(f, names.get(f.file()))));
    return this;
  }

  private static Entry entry(LabelFinding f, String file) {
    String id =
        "%016x"
            .formatted(
                StableHash.of(0, f.reason() + "|" + file + "|" + f.line() + "|" + f.value()));
    return new Entry(id, f.reason().name(), f.imageId(), file, f.line(), f.rows(), f.value());
  }

  /** Publishes the findings if they change. */
  void publish(SnapshotNote note, JobReport.Builder report) {
    Warehouse warehouse = context.warehouse();
    JavaRDD<Entry> ledger = entries;
    long before = warehouse.snapshot(FINDINGS);
    if (before >= 0) {
      Dataset<Row> all = warehouse.read(FINDINGS);
      if (sameIds(all.where(ofFilesRead()), warehouse.rows(FINDINGS, entries))) {
        return;
      }
      ledger =
          entries.union(all.where(functions.not(ofFilesRead())).javaRDD().map(FINDINGS::fromRow));
    }
    long snapshot = warehouse.replace(FINDINGS, ledger.coalesce(1), before, note, Map.of());
    report.table(warehouse, FINDINGS, warehouse.records(FINDINGS), snapshot);
  }

  private Column ofFilesRead() {
    return functions.col("file").isin(filesRead.toArray());
  }

  /** Compares ids and row counts. An id is the hash of a finding's other fields. */
  private static boolean sameIds(Dataset<Row> one, Dataset<Row> other) {
    String[] columns = {"finding_id", "rows"};
    return one.selectExpr(columns).exceptAll(other.selectExpr(columns)).isEmpty()
        && other.selectExpr(columns).exceptAll(one.selectExpr(columns)).isEmpty();
  }
}
