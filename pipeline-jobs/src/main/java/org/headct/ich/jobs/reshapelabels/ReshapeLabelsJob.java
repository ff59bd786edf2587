package org.headct.ich.jobs.reshapelabels;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.headct.ich.domain.config.LabelsConfig;
import org.headct.ich.domain.config.Settings;
import org.headct.ich.domain.config.WithdrawalsConfig;
import org.headct.ich.domain.dicom.Pseudonyms;
import org.headct.ich.domain.label.LabelFinding;
import org.headct.ich.domain.label.LabelIds;
import org.headct.ich.domain.label.Subtype;
import org.headct.ich.jobs.meter.Meters;
import org.headct.ich.jobs.meter.Meters.Count;
import org.headct.ich.jobs.report.JobReport;
import org.headct.ich.jobs.run.Job;
import org.headct.ich.jobs.run.JobContext;
import org.headct.ich.jobs.run.JobPlan;
import org.headct.ich.jobs.run.PseudonymKey;
import org.headct.ich.jobs.run.Withdrawals;
import org.headct.ich.jobs.run.Withdrawals.Withdrawn;
import org.headct.ich.jobs.source.Fingerprint;
import org.headct.ich.jobs.table.LabelFindingsTable;
import org.headct.ich.jobs.table.LabelsTable;
import org.headct.ich.jobs.table.ScanLabelsTable;
import org.headct.ich.jobs.table.SnapshotNote;
import org.headct.ich.jobs.table.TableDefinition;
import picocli.CommandLine.Command;

/** The job that turns label files into one row of six labels per image or scan. */
@Command(
    name = "reshape-labels",
    header = "Turns label files into one row of six labels an image.",
    footer = {
      "Reads:   labels.input: paths, globs, directories, zip archives; plain, .gz, .bz2, .zst; of the",
      "         long form (ID,Label), the wide form (ID,any,epidural,...) or CQ500's reads.csv",
      "Writes:  ich.labels (images), ich.scan_labels (scans), ich.label_findings",
      "Example: ich reshape-labels --set labels.input=stage_2_train.csv",
      "Images and scans are named as the DICOM objects name them (UIDs, file names) or as the tables",
      "do. Real ids are hashed with the key in ICH_PSEUDONYM_KEY, as audit-dicom does.",
      "A later run adds to the tables and corrects them. Files that did not change are not read again.",
      "Rows of files that are gone stay. Drop them with --set labels.removed-files=retract."
    })
public final class ReshapeLabelsJob implements Job {
  private static final LabelsTable LABELS = new LabelsTable();
  private static final ScanLabelsTable SCANS = new ScanLabelsTable();
  private static final LabelFindingsTable FINDINGS = new LabelFindingsTable();

  /** The number of findings that a refusal shows. */
  private static final int EXAMPLES = 3;

  /** The number of files that a fact names. */
  private static final int SHOWN = 5;

  @Override
  public String name() {
    return "reshape-labels";
  }

  @Override
  public List<String> keys() {
    return List.of(
        "labels.input", "labels.names", "labels.form", "labels.removed-files", "max-reject-ratio");
  }

  @Override
  public void check(Settings settings) {
    LabelsConfig.from(settings);
    WithdrawalsConfig.from(settings);
  }

  @Override
  public JobPlan plan(JobContext context) {
    Work work = Work.of(context);
    return new JobPlan(
        work.files().stream()
            .map(f -> "%s (%s)".formatted(f.name(), f.header().form().key()))
            .toList(),
        Stream.concat(work.written(), Stream.of(FINDINGS))
            .map(context.warehouse()::identifier)
            .toList());
  }

  @Override
  public boolean upToDate(JobContext context) {
    return Work.of(context).upToDate();
  }

  /** The run's files and the work that each table needs from them. */
  private record Work(
      LabelsConfig config, List<LabelFile> files, LabelWork images, LabelWork scans) {
    static Work of(JobContext context) {
      LabelsConfig config = LabelsConfig.from(context.settings());
      List<LabelFile> files = new LabelInput(context, config).files();
      Withdrawn withdrawn = Withdrawals.of(context).labels(context.warehouse());
      return new Work(
          config,
          files,
          LabelWork.of(context, config, LABELS, LabelInput.ofImages(files), withdrawn),
          LabelWork.of(context, config, SCANS, LabelInput.ofScans(files), withdrawn));
    }

    boolean upToDate() {
      return images.plan().upToDate() && scans.plan().upToDate();
    }

    /** Returns the bytes of the files that are read. */
    long bytes() {
      return Stream.of(images, scans)
          .flatMap(work -> work.files().stream())
          .mapToLong(file -> file.object().storedBytes())
          .sum();
    }

    Stream<TableDefinition<?>> written() {
      return Stream.of(images, scans).filter(LabelWork::concerned).map(LabelWork::table);
    }

    List<String> named(Function<LoadPlan, List<String>> which) {
      return Stream.of(images, scans).flatMap(w -> which.apply(w.plan()).stream()).toList();
    }
  }

  @Override
  public JobReport run(JobContext context) {
    Work work = Work.of(context);
    JobReport.Builder report = context.report(this);
    describeFiles(report, work);
    if (work.upToDate()) {
      return report.done("nothing new: no label file changed since it was read");
    }
    context.progress().step("reshape-labels");
    String key = PseudonymKey.fromEnvironment();
    ScanLabelsUpdate scans =
        new ScanLabelsUpdate(context, work.scans(), new LabelIds(new Pseudonyms(key)::of));
    try (ImageLabelsUpdate images =
        new ImageLabelsUpdate(context, work.config(), work.images(), key)) {
      report.books(
          "rows",
          images.tally().rows() + scans.rows(),
          Subtype.ALL.size() * (images.tally().kept() + scans.kept()));
      count(context.meters(), work, images, scans);
      images.tally().rejected().forEach(report::rejected);
      scans.findings().forEach(f -> report.rejected(f.reason().name(), f.rows()));
      report
          .closeBooks()
          .refuseAbove(work.config().maxRejectRatio(), () -> examples(work, images, scans));
      report.changes(images.difference()).changes(scans.difference()).read(work.bytes());
      SnapshotNote note = note(context, work);
      images.stage(note);
      // Findings are published before labels: whoever sees labels can also read their findings.
      new FindingsUpdate(context, List.of(work.images(), work.scans()))
          .add(images.findings(), work.images().names())
          .add(context.javaSpark().parallelize(scans.findings(), 1), work.scans().names())
          .publish(note, report);
      images.publish(report);
      scans.publish(note, report);
      boolean changed = images.changes() || scans.changes();
      String holds =
          Stream.of(images.outcome(), scans.outcome())
              .filter(Predicate.not(String::isEmpty))
              .collect(Collectors.joining(", "));
      report.next("audit-dicom");
      return report.done((changed ? "" : "nothing changed: ") + holds);
    }
  }

  private static void count(
      Meters meters, Work work, ImageLabelsUpdate images, ScanLabelsUpdate scans) {
    meters.add(Count.LABEL_ROWS, images.tally().rows() + scans.rows());
    meters.add(Count.BYTES_READ, work.bytes());
    meters.labelFindings(images.tally().rejected());
    scans.findings().forEach(f -> meters.labelFindings(Map.of(f.reason().name(), f.rows())));
  }

  private static List<String> examples(
      Work work, ImageLabelsUpdate images, ScanLabelsUpdate scans) {
    Stream<String> ofImages =
        images.findings().take(EXAMPLES).stream().map(f -> shown(f, work.images()));
    Stream<String> ofScans = scans.findings().stream().map(f -> shown(f, work.scans()));
    return Stream.concat(ofImages, ofScans).limit(EXAMPLES).toList();
  }

  private static String shown(LabelFinding f, LabelWork work) {
    return "%s:%d %s %s (%s)"
        .formatted(work.names().get(f.file()), f.line(), f.reason(), f.imageId(), f.value());
  }

  private SnapshotNote note(JobContext context, Work work) {
    return context.note(
        this,
        new String[] {"labels", "max-reject-ratio"},
        Map.of("labels", Fingerprint.of(work.files().stream().map(LabelFile::object).toList())));
  }

  private static void describeFiles(JobReport.Builder report, Work work) {
    int fresh = work.images().plan().fresh().size() + work.scans().plan().fresh().size();
    List<String> changed = work.named(LoadPlan::changed);
    List<String> retracted = work.named(LoadPlan::retracted);
    report.fact("label files", "%,d, %,d of them new".formatted(work.files().size(), fresh));
    if (!changed.isEmpty()) {
      report.fact("changed files", shown(changed));
    }
    if (!retracted.isEmpty()) {
      report.fact("retracted files", shown(retracted));
    }
    List<String> ignored =
        work.files().stream()
            .filter(f -> !f.header().ignored().isEmpty())
            .map(f -> f.name() + ": " + String.join(", ", f.header().ignored()))
            .toList();
    if (!ignored.isEmpty()) {
      report.fact("columns not used", shown(ignored));
    }
  }

  private static String shown(List<String> names) {
    return names.size() <= SHOWN
        ? String.join("; ", names)
        : String.join("; ", names.subList(0, SHOWN))
            + "; and %,d more".formatted(names.size() - SHOWN);
  }
}
