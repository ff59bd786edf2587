package org.headct.ich.jobs.auditdicom;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.storage.StorageLevel;
import org.headct.ich.domain.config.DicomConfig;
import org.headct.ich.domain.config.DicomConfig.Depth;
import org.headct.ich.domain.config.Settings;
import org.headct.ich.domain.config.WithdrawalsConfig;
import org.headct.ich.domain.ct.SliceAudit;
import org.headct.ich.jobs.audit.AuditedRows;
import org.headct.ich.jobs.audit.ObjectAudit;
import org.headct.ich.jobs.audit.Reconciliation;
import org.headct.ich.jobs.audit.Tally;
import org.headct.ich.jobs.auditdicom.KnownObjects.Division;
import org.headct.ich.jobs.dump.DicomInput;
import org.headct.ich.jobs.report.JobReport;
import org.headct.ich.jobs.report.JobReport.Changes;
import org.headct.ich.jobs.run.DicomReaders;
import org.headct.ich.jobs.run.Job;
import org.headct.ich.jobs.run.JobContext;
import org.headct.ich.jobs.run.JobPlan;
import org.headct.ich.jobs.run.PseudonymKey;
import org.headct.ich.jobs.run.Withdrawals;
import org.headct.ich.jobs.source.Fingerprint;
import org.headct.ich.jobs.source.SourceListing.Listed;
import org.headct.ich.jobs.source.SourceObject;
import org.headct.ich.jobs.table.ImageLabelling;
import org.headct.ich.jobs.table.SliceFindingsTable;
import org.headct.ich.jobs.table.SlicesTable;
import org.headct.ich.jobs.table.SnapshotNote;
import picocli.CommandLine.Command;

/**
 * Job that reads each object of a dump, lists the usable CT slices and records defects as findings.
 */
@Command(
    name = "audit-dicom",
    header = "Catalogues the DICOM objects and lists their defects.",
    footer = {
      "Reads only objects that are new, changed or were rejected.",
      "Reads only headers by default. With --set audit.depth=pixels it decodes all pixels.",
      "Reads:   dicom.input (directories, globs, zip archives in place), labels if present",
      "Writes:  ich.slices, ich.slice_findings",
      "Example: ich audit-dicom --set dicom.input=stage_2_train",
      "Hashes ids that are not RSNA's pseudonyms, with the key in ICH_PSEUDONYM_KEY."
    })
public final class AuditDicomJob implements Job {
  private static final SlicesTable SLICES = new SlicesTable();
  private static final SliceFindingsTable FINDINGS = new SliceFindingsTable();

  private static final String NOT_READ =
      "not read: set audit.depth = pixels to find CODEC_ERROR, DAMAGED_MEMBER, SUSPECT_HU, REPAIRED_PADDING"
          + " and DUPLICATE_PIXELS as well";

  private final DicomInput input = new DicomInput();

  @Override
  public String name() {
    return "audit-dicom";
  }

  @Override
  public List<String> keys() {
    return List.of("dicom.input", "audit.depth", "dicom.reader", "max-reject-ratio");
  }

  @Override
  public void check(Settings settings) {
    DicomReaders.configured(settings);
    DicomConfig.from(settings);
    WithdrawalsConfig.from(settings);
  }

  @Override
  public JobPlan plan(JobContext context) {
    DicomReaders.configured(context.settings());
    Withdrawals.of(context);
    List<SourceObject> objects = input.objects(context);
    long bytes = objects.stream().mapToLong(SourceObject::sizeBytes).sum();
    return new JobPlan(
        List.of("%,d objects, %,d bytes".formatted(objects.size(), bytes)),
        List.of(context.warehouse().identifier(SLICES), context.warehouse().identifier(FINDINGS)));
  }

  @Override
  public boolean upToDate(JobContext context) {
    List<SourceObject> objects = input.objects(context);
    return note(context, this, objects).describes(context.warehouse().summary(SLICES));
  }

  private static SnapshotNote note(JobContext context, Job job, List<SourceObject> objects) {
    Map<String, String> inputs = new TreeMap<>(new ImageLabelling(context.warehouse()).inputs());
    inputs.put("dicom", Fingerprint.of(objects));
    Optional.of(Withdrawals.of(context).fingerprint())
        .filter(Predicate.not(String::isEmpty))
        .ifPresent(fingerprint -> inputs.put("withdrawals", fingerprint));
    inputs.put("rules", Integer.toString(SliceAudit.VERSION));
    inputs.put("key", PseudonymKey.fingerprint(PseudonymKey.fromEnvironment()));
    return context.note(
        job, new String[] {"dicom.reader", "audit.depth", "max-reject-ratio"}, inputs);
  }

  @Override
  public JobReport run(JobContext context) {
    DicomConfig config = DicomConfig.from(context.settings());
    JobReport.Builder report = context.report(this);
    List<SourceObject> objects = input.objects(context);
    context.progress().step("audit-dicom");
    // The note is made before anything is read. If another run changes the labels meanwhile, they
    // are newer than the note, and the next refresh audits again.
    AuditPublication publication =
        new AuditPublication(
            context, note(context, this, objects), AuditPublication.settings(context));
    KnownObjects known = publication.known();
    Division division = known.divide(objects);

    Dataset<Row> audited =
        ObjectAudit.of(context, config, division.toRead())
            .union(known.staying(context, division))
            .persist(StorageLevel.MEMORY_AND_DISK());
    try {
      Withdrawals withdrawals = Withdrawals.of(context);
      Dataset<Row> unique =
          Reconciliation.unique(
              Reconciliation.withdrawn(audited, withdrawals),
              Optional.of(new ImageLabelling(context.warehouse())).filter(ImageLabelling::exists));
      Tally tally = Tally.of(unique);
      report.books("objects", objects.size(), tally.accepted());
      report.changes(
          new Changes(
              division.added(), division.changed(), division.withdrawn() + tally.withdrawn()));
      tally.rejected().forEach(report::rejected);
      ObjectAudit.close(context, tally);
      report
          .closeBooks()
          .refuseAbove(config.maxRejectRatio(), () -> AuditedRows.rejectedExamples(unique));
      publication.publish(unique, tally, report);
      describe(config, input.listed(context), division, tally, report);
      report.next("select-slices");
      return report.done("%,d slices of %,d series".formatted(tally.slices(), tally.series()));
    } finally {
      audited.unpersist();
    }
  }

  private static void describe(
      DicomConfig config, Listed listed, Division division, Tally tally, JobReport.Builder report) {
    report.read(tally.bytes());
    report.fact(
        "objects read", "%,d; the others are unchanged".formatted(division.toRead().size()));
    report.fact(
        "bytes read",
        "%,d of %,d"
            .formatted(
                tally.bytes(), listed.objects().stream().mapToLong(SourceObject::sizeBytes).sum()));
    if (config.depth() == Depth.HEADER) {
      report.fact("pixels", NOT_READ);
    }
    ObjectAudit.describe(listed, "both tables contain the paths as given", tally, report);
  }
}
