package org.headct.ich.jobs.predict;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.storage.StorageLevel;
import org.headct.ich.domain.config.DicomConfig;
import org.headct.ich.domain.config.PredictConfig;
import org.headct.ich.domain.config.Settings;
import org.headct.ich.domain.config.WithdrawalsConfig;
import org.headct.ich.domain.dicom.builtin.DicomWriter;
import org.headct.ich.domain.label.Submission;
import org.headct.ich.domain.sample.StableHash;
import org.headct.ich.jobs.audit.AuditedRows;
import org.headct.ich.jobs.audit.ObjectAudit;
import org.headct.ich.jobs.audit.Reconciliation;
import org.headct.ich.jobs.audit.Tally;
import org.headct.ich.jobs.dump.DicomInput;
import org.headct.ich.jobs.report.JobReport;
import org.headct.ich.jobs.report.ReportStore;
import org.headct.ich.jobs.run.Job;
import org.headct.ich.jobs.run.JobContext;
import org.headct.ich.jobs.run.JobPlan;
import org.headct.ich.jobs.run.PseudonymKey;
import org.headct.ich.jobs.run.Withdrawals;
import org.headct.ich.jobs.source.Fingerprint;
import org.headct.ich.jobs.source.SourceObject;
import org.headct.ich.jobs.table.ScoreFindingsTable;
import org.headct.ich.jobs.table.ScoresTable;
import org.headct.ich.jobs.table.SnapshotNote;
import org.headct.ich.jobs.table.Warehouse;
import org.headct.ich.pages.DataOrigin;
import picocli.CommandLine.Command;

/** The command that scores every readable slice of a dump with a model. It needs no labels. */
@Command(
    name = "predict",
    header = "Scores a dump without labels with a trained model.",
    footer = {
      "All settings that shape a pixel come from the run; a setting that contradicts them is"
          + " refused.",
      "Reads:   dicom.input (directories, globs, zip archives in place), models.path/<run>/",
      "Writes:  ich.scores, ich.score_findings (rows of this run and dump),",
      "         reports.path/predict-<run>-<dump>.html and a page for each of the most suspicious scans,",
      "         reports.path/submission-<run>-<dump>.csv, for models with six outputs (train.head"
          + " = all)",
      "Example: ich predict --set predict.run=NAME --set dicom.input=DIR",
      "Ids that are not RSNA's pseudonyms are hashed with the key in ICH_PSEUDONYM_KEY."
    })
public final class PredictJob implements Job {
  private static final ScoresTable SCORES = new ScoresTable();
  private static final ScoreFindingsTable FINDINGS = new ScoreFindingsTable();
  private static final int EXAMPLES = 3;
  private static final int DUMP_DIGITS = 12;

  private final DicomInput input = new DicomInput();

  @Override
  public String name() {
    return "predict";
  }

  @Override
  public List<String> keys() {
    return List.of("predict", "dicom.input", "max-reject-ratio");
  }

  @Override
  public void check(Settings settings) {
    PredictConfig.from(settings);
    DicomConfig.from(settings);
    WithdrawalsConfig.from(settings);
  }

  @Override
  public JobPlan plan(JobContext context) {
    PredictConfig config = PredictConfig.from(context.settings());
    ScoringModel model = ScoringModel.of(context, config);
    Withdrawals.of(context);
    List<SourceObject> objects = input.objects(context);
    long bytes = objects.stream().mapToLong(SourceObject::sizeBytes).sum();
    String dump = dump(context, config);
    ReportStore reports = context.reports();
    List<String> writes = new ArrayList<>();
    writes.add(
        "%s, run %s, dump %s".formatted(context.warehouse().identifier(SCORES), model.run(), dump));
    writes.add(context.warehouse().identifier(FINDINGS));
    writes.add(reports.place(ScanPages.name(model, dump) + ".html"));
    if (Submission.isPossible(model.outputs())) {
      writes.add(reports.place(SubmissionFile.name(model, dump)));
    }
    return new JobPlan(
        List.of(
            "run %s (model %s): %s".formatted(model.run(), model.hash(), model.recipe().describe()),
            "%,d objects, %,d bytes".formatted(objects.size(), bytes)),
        writes);
  }

  /**
   * Returns the configured name of the dump, or a hash of its paths. The same paths give the same
   * name, whatever they hold now.
   */
  private static String dump(JobContext context, PredictConfig config) {
    if (!config.dump().isEmpty()) {
      return config.dump();
    }
    List<String> places = new ArrayList<>();
    for (String place : DicomConfig.from(context.settings()).input()) {
      try {
        Path path = new Path(place);
        places.add(path.getFileSystem(context.hadoop()).makeQualified(path).toString());
      } catch (IOException e) {
        throw new UncheckedIOException("cannot reach " + place, e);
      }
    }
    return "%016x".formatted(StableHash.of(0, String.join("\n", places))).substring(0, DUMP_DIGITS);
  }

  /** The snapshots of the tables before the run reads its input. */
  private record Before(long scores, long findings) {
    static Before of(Warehouse warehouse) {
      return new Before(warehouse.snapshot(SCORES), warehouse.snapshot(FINDINGS));
    }
  }

  @Override
  public JobReport run(JobContext context) {
    PredictConfig config = PredictConfig.from(context.settings());
    JobReport.Builder report = context.report(this);
    Before before = Before.of(context.warehouse());
    ScoringModel model = ScoringModel.of(context, config);
    DicomConfig dicom = DicomConfig.from(context.settings()).headersBy(model.reader());
    List<SourceObject> objects = input.objects(context);
    String dump = dump(context, config);
    context.progress().step("predict: headers");
    Dataset<Row> audited =
        ObjectAudit.of(context, dicom, objects).persist(StorageLevel.MEMORY_AND_DISK());
    try {
      Dataset<Row> unique =
          Reconciliation.unique(
              Reconciliation.withdrawn(audited, Withdrawals.of(context)), Optional.empty());
      Tally tally = Tally.of(unique);
      ObjectAudit.close(context, tally);
      // Each frame of a multi-frame object is a slice; a rejected object counts as one slice.
      long in = objects.size() - tally.accepted() + tally.slices();
      report.books("slices", in, 0);
      tally.rejected().forEach(report::rejected);
      report.refuseAbove(dicom.maxRejectRatio(), () -> AuditedRows.rejectedExamples(unique));

      context.progress().step("predict");
      DumpScores scores =
          new DumpScores(context, model, AuditedRows.slices(unique), config.kinds());
      Dataset<Row> rows = scores.rows(tally.slices()).persist(StorageLevel.MEMORY_AND_DISK());
      try {
        long start = System.nanoTime();
        Map<String, Long> counts = ScoredRows.count(rows);
        double seconds = (System.nanoTime() - start) / 1e9;
        long scored = counts.getOrDefault("", 0L);
        counts.remove("");
        counts.forEach(report::rejected);
        context.meters().sliceFindings(counts);
        report.books("slices", in, scored).closeBooks();
        report.refuseAbove(
            dicom.maxRejectRatio(), () -> ScoredRows.rejectedExamples(rows, EXAMPLES));
        report.fact(
            "model", "%s of run %s, %s".formatted(model.hash(), model.run(), model.network()));
        report.fact("dump", dump);
        report.fact("without a position", unplaced(ScoredRows.unplaced(rows)));
        publish(context, before, model, dump, note(context, model, objects), unique, rows, report);
        Map<String, Long> rejected = new TreeMap<>(tally.rejected());
        counts.forEach((reason, n) -> rejected.merge(reason, n, Long::sum));
        ReportStore reports = context.reports();
        long scans =
            new ScanPages(config, model, dump, reports)
                .write(rows, scores, origin(unique), scored, rejected, report);
        report.fact("scoring", speed(seconds, scored, scans));
        SubmissionFile.write(reports, model, dump, rows, report);
        report.read(tally.bytes() + scores.bytesRead());
        ObjectAudit.describe(
            input.listed(context), "ich.score_findings contains the paths as given", tally, report);
        return report.done("%,d slices scored by run %s".formatted(scored, model.run()));
      } finally {
        rows.unpersist();
      }
    } finally {
      audited.unpersist();
    }
  }

  /** Returns the number of slices without a position, and the reasons. */
  private static String unplaced(Map<String, Long> reasons) {
    long all = reasons.values().stream().mapToLong(Long::longValue).sum();
    String each =
        reasons.entrySet().stream()
            .map(e -> "%s %,d".formatted(e.getKey(), e.getValue()))
            .collect(Collectors.joining(", "));
    return all == 0 ? "0 slices" : "%,d slices, scored all the same: %s".formatted(all, each);
  }

  /** Returns the speed of reading, windowing and scoring. */
  private static String speed(double seconds, long slices, long scans) {
    return String.format(
        Locale.ROOT,
        "%.1f s, %.1f slices/s, %.2f s a scan",
        seconds,
        slices / seconds,
        scans == 0 ? 0 : seconds / scans);
  }

  private SnapshotNote note(JobContext context, ScoringModel model, List<SourceObject> objects) {
    Map<String, String> inputs = new TreeMap<>();
    inputs.put("dicom", Fingerprint.of(objects));
    inputs.put("run", model.run());
    inputs.put("model", model.hash());
    inputs.put("recipe", model.recipe().text());
    inputs.put("withdrawals", Withdrawals.of(context).fingerprint());
    inputs.put("key", PseudonymKey.fingerprint(PseudonymKey.fromEnvironment()));
    return context.note(this, new String[] {"predict", "select.kinds", "max-reject-ratio"}, inputs);
  }

  /** Publishes the findings first, so that visible scores always have readable findings. */
  private static void publish(
      JobContext context,
      Before before,
      ScoringModel model,
      String dump,
      SnapshotNote note,
      Dataset<Row> unique,
      Dataset<Row> rows,
      JobReport.Builder report) {
    Warehouse warehouse = context.warehouse();
    Dataset<Row> found =
        AuditedRows.findings(unique)
            .select(
                lit(model.run()).as("run"),
                lit(dump).as("dump"),
                col("object"),
                col("reason"),
                col("rejected"),
                col("image_id"),
                col("detail"))
            .union(ScoredRows.findings(rows, model, dump))
            .persist(StorageLevel.MEMORY_AND_DISK());
    Dataset<Row> scores = ScoredRows.scores(rows, model, dump);
    long entries = 0;
    for (Row kind : found.groupBy("rejected", "reason").count().collectAsList()) {
      entries += kind.getLong(2);
      if (!kind.getBoolean(0)) {
        report.noted(kind.getString(1), kind.getLong(2));
      }
    }
    long scored = scores.count();
    long ledger =
        warehouse.replaceWhere(
            FINDINGS, ScoresTable.of(model.run(), dump), found, entries, before.findings(), note);
    long snapshot =
        warehouse.replaceWhere(
            SCORES, ScoresTable.of(model.run(), dump), scores, scored, before.scores(), note);
    report.table(warehouse, SCORES, scored, snapshot);
    report.table(warehouse, FINDINGS, entries, ledger);
    found.unpersist();
  }

  /** Returns the origin of the scored dump, which may differ from the warehouse's. */
  private static DataOrigin origin(Dataset<Row> unique) {
    Dataset<Row> slices = AuditedRows.slices(unique);
    long phantoms =
        slices.where(col("implementation").equalTo(DicomWriter.IMPLEMENTATION_NAME)).count();
    return DataOrigin.of(phantoms, slices.count() - phantoms);
  }
}
