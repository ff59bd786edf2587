package org.headct.ich.jobs.auditdicom;

import static org.apache.spark.sql.functions.col;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.storage.StorageLevel;
import org.headct.ich.domain.ct.SliceAudit;
import org.headct.ich.domain.ct.SliceReason;
import org.headct.ich.jobs.audit.AuditedRows;
import org.headct.ich.jobs.audit.Reconciliation;
import org.headct.ich.jobs.audit.Tally;
import org.headct.ich.jobs.meter.Meters;
import org.headct.ich.jobs.report.JobReport;
import org.headct.ich.jobs.run.CodeVersion;
import org.headct.ich.jobs.run.JobContext;
import org.headct.ich.jobs.run.PseudonymKey;
import org.headct.ich.jobs.table.ImageLabelling;
import org.headct.ich.jobs.table.SliceFindingsTable;
import org.headct.ich.jobs.table.SlicesTable;
import org.headct.ich.jobs.table.SnapshotNote;
import org.headct.ich.jobs.table.Warehouse;

/**
 * Changes that a run makes to {@code ich.slices} and to its own rows of {@code ich.slice_findings}.
 */
final class AuditPublication {
  private static final SlicesTable SLICES = new SlicesTable();
  private static final SliceFindingsTable FINDINGS = new SliceFindingsTable();

  /**
   * Property of {@code ich.slices}: the settings under which both tables were filled. It is empty
   * while a run changes them, and after such a run was killed. Then the two tables may not match.
   */
  private static final String AUDITED_WITH = "ich.audited-with";

  private final Warehouse warehouse;
  private final Meters meters;
  private final SnapshotNote note;
  private final String settings;
  private final long slicesBefore;
  private final long findingsBefore;

  /** Records the current snapshot of each table. */
  AuditPublication(JobContext context, SnapshotNote note, String settings) {
    warehouse = context.warehouse();
    meters = context.meters();
    this.note = note;
    this.settings = settings;
    slicesBefore = warehouse.snapshot(SLICES);
    findingsBefore = warehouse.snapshot(FINDINGS);
  }

  /** Returns everything, except the object's bytes, that the result of an audit depends on. */
  static String settings(JobContext context) {
    return "%s %s v%d %s"
        .formatted(
            context.settings().hash("dicom.reader", "audit.depth"),
            SnapshotNote.release(CodeVersion.current()),
            SliceAudit.VERSION,
            PseudonymKey.fingerprint(PseudonymKey.fromEnvironment()));
  }

  /** Returns the objects whose earlier results this run may reuse. */
  KnownObjects known() {
    return slicesBefore >= 0 && auditedWith().equals(settings)
        ? KnownObjects.of(warehouse)
        : KnownObjects.none(warehouse);
  }

  private String auditedWith() {
    return warehouse.property(SLICES, AUDITED_WITH).orElse("");
  }

  /** Publishes the findings first, then the slices. So every visible slice has its findings. */
  void publish(Dataset<Row> unique, Tally tally, JobReport.Builder report) {
    boolean labelled = new ImageLabelling(warehouse).exists();
    Dataset<Row> findings = findings(unique, labelled).persist(StorageLevel.MEMORY_AND_DISK());
    Map<String, Long> noted = new TreeMap<>();
    long entries = 0;
    for (Row row : findings.groupBy("rejected", "reason").count().collectAsList()) {
      entries += row.getLong(2);
      if (!row.getBoolean(0)) {
        noted.put(row.getString(1), row.getLong(2));
      }
    }
    noted.forEach(report::noted);
    meters.sliceFindings(noted);
    if (slicesBefore >= 0 && !auditedWith().equals(settings)) {
      warehouse.setProperties(SLICES, Map.of(AUDITED_WITH, ""));
    }
    long ledger =
        warehouse.replaceWhere(
            FINDINGS, col("job").equalTo(note.job()), findings, entries, findingsBefore, note);
    long snapshot =
        warehouse.replace(SLICES, AuditedRows.slices(unique), tally.slices(), slicesBefore, note);
    if (!auditedWith().equals(settings)) {
      warehouse.setProperties(SLICES, Map.of(AUDITED_WITH, settings));
    }
    report.table(warehouse, SLICES, tally.slices(), snapshot);
    report.table(warehouse, FINDINGS, entries, ledger);
    findings.unpersist();
    report.fact("slices", "%,d".formatted(tally.slices()));
    if (labelled) {
      long without = noted.getOrDefault(SliceReason.UNANNOTATED.name(), 0L);
      report.fact("slices with labels", "%,d".formatted(tally.slices() - without));
    }
  }

  /**
   * Returns the findings of single objects and of their comparison. Nothing counts as unlabelled
   * while there are no labels.
   */
  private Dataset<Row> findings(Dataset<Row> unique, boolean labelled) {
    Dataset<Row> slices = AuditedRows.slices(unique);
    Dataset<Row> named = Reconciliation.named(slices);
    Dataset<Row> own = AuditedRows.findings(unique);
    if (!labelled) {
      return own.union(Reconciliation.duplicatePixels(named, Optional.empty()));
    }
    ImageLabelling labelling = new ImageLabelling(warehouse);
    Dataset<Row> labels = labelling.rows(slices);
    return own.union(Reconciliation.duplicatePixels(named, Optional.of(labels)))
        .union(Reconciliation.unmatched(unique, named, labels.select("image_id")))
        .union(Reconciliation.orphanScans(labelling.scansWithout(slices)));
  }
}
