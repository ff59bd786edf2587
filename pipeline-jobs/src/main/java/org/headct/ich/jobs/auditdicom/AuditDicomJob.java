package org.headct.ich.jobs.auditdicom;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.apache.spark.storage.StorageLevel;
import org.apache.spark.util.SerializableConfiguration;
import org.headct.ich.common.config.DicomConfig;
import org.headct.ich.common.config.DicomConfig.Depth;
import org.headct.ich.common.ct.SliceReason;
import org.headct.ich.common.dicom.Pseudonyms;
import org.headct.ich.jobs.run.DicomReaders;
import org.headct.ich.jobs.run.Job;
import org.headct.ich.jobs.run.JobContext;
import org.headct.ich.jobs.run.JobPlan;
import org.headct.ich.jobs.run.JobReport;
import org.headct.ich.jobs.run.PseudonymKey;
import org.headct.ich.jobs.source.Fingerprint;
import org.headct.ich.jobs.source.PackedObjects;
import org.headct.ich.jobs.source.SourceObject;
import org.headct.ich.jobs.table.ImageLabelling;
import org.headct.ich.jobs.table.SliceFindingsTable;
import org.headct.ich.jobs.table.SlicesTable;
import org.headct.ich.jobs.table.SnapshotNote;
import org.headct.ich.jobs.table.Warehouse;
import picocli.CommandLine.Command;

/**
 * Reads every object of a dump and says which are usable CT slices and what is wrong with the rest.
 */
@Command(
    name = "audit-dicom",
    description = "Reads every DICOM object: slices into a catalogue, defects into a ledger.",
    footer = {
      "Reads headers alone by default; --set audit.depth=pixels reads and decodes everything.",
      "Reads:   dicom.input (directories, globs, zip archives in place); labels if they are there",
      "Writes:  ich.slices, ich.slice_findings",
      "Example: ich audit-dicom --set dicom.input=stage_2_train",
      "Ids that are not RSNA's pseudonyms are hashed with the key in ICH_PSEUDONYM_KEY."
    })
public final class AuditDicomJob implements Job {
  private static final SlicesTable SLICES = new SlicesTable();
  private static final SliceFindingsTable FINDINGS = new SliceFindingsTable();

  private static final String NOT_READ =
      "not read; with audit.depth = pixels CODEC_ERROR, DAMAGED_MEMBER, REPAIRED_PADDING and"
          + " DUPLICATE_PIXELS are found, too";

  private final DicomInput input = new DicomInput();

  @Override
  public String name() {
    return "audit-dicom";
  }

  @Override
  public JobPlan plan(JobContext context) {
    DicomReaders.configured(context.settings());
    List<SourceObject> objects = input.objects(context);
    long bytes = objects.stream().mapToLong(SourceObject::sizeBytes).sum();
    return new JobPlan(
        List.of("%,d objects, %,d bytes".formatted(objects.size(), bytes)),
        List.of(context.warehouse().identifier(SLICES), context.warehouse().identifier(FINDINGS)));
  }

  @Override
  public boolean upToDate(JobContext context) {
    List<SourceObject> objects = input.objects(context);
    return note(context, objects).describes(context.warehouse().summary(SLICES));
  }

  private SnapshotNote note(JobContext context, List<SourceObject> objects) {
    Map<String, String> inputs = new TreeMap<>(new ImageLabelling(context.warehouse()).inputs());
    inputs.put("dicom", Fingerprint.of(objects));
    return context.note(
        this, new String[] {"dicom.reader", "audit.depth", "max-reject-ratio"}, inputs);
  }

  @Override
  public JobReport run(JobContext context) {
    DicomConfig config = DicomConfig.from(context.settings());
    String reader = DicomReaders.configured(context.settings());
    JobReport.Builder report = JobReport.of(this, context);
    List<SourceObject> objects = input.objects(context);
    String key = PseudonymKey.fromEnvironment();

    context.progress().step("audit-dicom");
    Dataset<Row> audited =
        audited(context, config, reader, objects, key).persist(StorageLevel.MEMORY_AND_DISK());
    try {
      Dataset<Row> unique = Reconciliation.unique(audited);
      Tally tally = Tally.of(unique);
      report.books("objects", objects.size(), tally.accepted());
      tally.rejected().forEach(report::rejected);
      report
          .closeBooks()
          .refuseAbove(config.maxRejectRatio(), () -> AuditedRows.rejectedExamples(unique));
      publish(context, objects, unique, tally, report);
      report.fact(
          "bytes read",
          "%,d of %,d"
              .formatted(tally.bytes(), objects.stream().mapToLong(SourceObject::sizeBytes).sum()));
      if (config.depth() == Depth.HEADER) {
        report.fact("pixels", NOT_READ);
      }
      if (tally.identified() > 0) {
        report.fact("ids hashed", PseudonymKey.describe(key, tally.identified()));
      }
      return report.done("%,d slices of %,d series".formatted(tally.slices(), series(context)));
    } finally {
      audited.unpersist();
    }
  }

  private static long series(JobContext context) {
    return context.warehouse().read(SLICES).select("series_id").distinct().count();
  }

  private void publish(
      JobContext context,
      List<SourceObject> objects,
      Dataset<Row> unique,
      Tally tally,
      JobReport.Builder report) {
    Warehouse warehouse = context.warehouse();
    SnapshotNote note = note(context, objects);
    boolean labelled = new ImageLabelling(warehouse).exists();
    Dataset<Row> findings = findings(warehouse, unique, labelled);
    findings.persist(StorageLevel.MEMORY_AND_DISK());
    Map<String, Long> noted = noted(findings);
    noted.forEach(report::noted);
    // The ledger first: slices that can be seen are slices whose findings can be read.
    long ledger =
        warehouse.replaceWhere(
            FINDINGS,
            functions.col("job").equalTo(name()),
            findings.orderBy("object", "reason"),
            note);
    long snapshot =
        warehouse.replace(
            SLICES, AuditedRows.slices(unique).orderBy("series_id", "image_id"), note);
    report.table(warehouse.identifier(SLICES), warehouse.read(SLICES).count(), snapshot);
    report.table(warehouse.identifier(FINDINGS), findings.count(), ledger);
    findings.unpersist();
    report.fact("slices", "%,d".formatted(tally.slices()));
    if (labelled) {
      long without = noted.getOrDefault(SliceReason.UNANNOTATED.name(), 0L);
      report.fact("slices with labels", "%,d".formatted(tally.slices() - without));
    }
    long named = objects.stream().filter(o -> !Pseudonyms.isPseudonym(o.stem())).count();
    if (named > 0) {
      report.fact(
          "file names",
          "%,d are no pseudonyms; both tables hold the paths as given".formatted(named));
    }
  }

  /**
   * Of the objects, and of all of them together; nothing is unlabelled while there are no labels.
   */
  private static Dataset<Row> findings(Warehouse warehouse, Dataset<Row> unique, boolean labelled) {
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

  private static Map<String, Long> noted(Dataset<Row> findings) {
    Map<String, Long> noted = new TreeMap<>();
    for (Row row : findings.filter("not rejected").groupBy("reason").count().collectAsList()) {
      noted.put(row.getString(0), row.getLong(1));
    }
    return noted;
  }

  private static Dataset<Row> audited(
      JobContext context,
      DicomConfig config,
      String reader,
      List<SourceObject> objects,
      String key) {
    List<PackedObjects> shares = DicomInput.shares(objects, config, context);
    Broadcast<SerializableConfiguration> hadoop = context.hadoopForTasks();
    Depth depth = config.depth();
    JavaRDD<Row> rows =
        context
            .javaSpark()
            .parallelize(shares, shares.size())
            .flatMap(
                share ->
                    ObjectAuditor.audit(hadoop.value().value(), reader, key, depth, share.unpack()))
            .map(AuditedRows::of);
    return context.spark().createDataset(rows.rdd(), Encoders.row(AuditedRows.SCHEMA));
  }
}
