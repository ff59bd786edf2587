package org.headct.ich.jobs.reshapelabels;

import java.io.Serializable;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.storage.StorageLevel;
import org.headct.ich.common.config.LabelsConfig;
import org.headct.ich.common.label.ImageLabels;
import org.headct.ich.common.label.LabelFinding;
import org.headct.ich.common.label.Subtype;
import org.headct.ich.jobs.reshapelabels.LabelRows.Gathered;
import org.headct.ich.jobs.run.Job;
import org.headct.ich.jobs.run.JobContext;
import org.headct.ich.jobs.run.JobPlan;
import org.headct.ich.jobs.run.JobReport;
import org.headct.ich.jobs.source.Fingerprint;
import org.headct.ich.jobs.source.SourceListing;
import org.headct.ich.jobs.source.SourceObject;
import org.headct.ich.jobs.table.LabelFindingsTable;
import org.headct.ich.jobs.table.LabelsTable;
import org.headct.ich.jobs.table.SnapshotNote;
import picocli.CommandLine.Command;

/** From the long label file to one row of six labels an image. */
@Command(
    name = "reshape-labels",
    description = "Turns the long label file into one row of six labels per image.",
    footer = {
      "Reads:   labels.input (ID,Label files: paths, globs, directories, zip archives)",
      "Writes:  ich.labels, ich.label_findings",
      "Example: ich reshape-labels --set labels.input=stage_2_train.csv"
    })
public final class ReshapeLabelsJob implements Job {
  private static final LabelsTable LABELS = new LabelsTable();
  private static final LabelFindingsTable FINDINGS = new LabelFindingsTable();
  private static final Set<String> EXTENSIONS = Set.of("csv", "gz", "bz2", "zst");

  @Override
  public String name() {
    return "reshape-labels";
  }

  @Override
  public JobPlan plan(JobContext context) {
    List<SourceObject> files = files(context, LabelsConfig.from(context.settings()));
    new LabelRows(context, files).checkHeaders();
    return new JobPlan(
        files.stream().map(SourceObject::display).toList(),
        List.of(context.warehouse().identifier(LABELS), context.warehouse().identifier(FINDINGS)));
  }

  @Override
  public boolean upToDate(JobContext context) {
    List<SourceObject> files = files(context, LabelsConfig.from(context.settings()));
    return note(context, files).describes(context.warehouse().summary(LABELS));
  }

  private SnapshotNote note(JobContext context, List<SourceObject> files) {
    return context.note(
        this, new String[] {"max-reject-ratio"}, Map.of("labels", Fingerprint.of(files)));
  }

  @Override
  public JobReport run(JobContext context) {
    LabelsConfig config = LabelsConfig.from(context.settings());
    List<SourceObject> files = files(context, config);
    JobReport.Builder report = JobReport.of(this, context);

    context.progress().step("reshape-labels");
    JavaRDD<Gathered> gathered =
        new LabelRows(context, files).gathered().persist(StorageLevel.MEMORY_AND_DISK());
    try {
      Tally tally = gathered.aggregate(new Tally(), Tally::add, Tally::plus);
      report.books("rows", tally.rows, tally.images * Subtype.ALL.size());
      tally.rejected.forEach(report::rejected);
      report.closeBooks().refuseAbove(config.maxRejectRatio());
      describe(report, tally);
      publish(context, files, gathered, report);
      return report.done("%,d images with six labels".formatted(tally.images));
    } finally {
      gathered.unpersist();
    }
  }

  private void publish(
      JobContext context,
      List<SourceObject> files,
      JavaRDD<Gathered> gathered,
      JobReport.Builder report) {
    SnapshotNote note = note(context, files);
    List<String> names = files.stream().map(SourceObject::display).toList();
    Dataset<Row> findings =
        context
            .warehouse()
            .rows(
                FINDINGS,
                gathered
                    .flatMap(g -> g.findings().iterator())
                    .map(f -> LabelRows.entry(f, names.get(f.file()))));
    Dataset<Row> labels =
        context
            .warehouse()
            .rows(LABELS, gathered.filter(g -> g.labels() != null).map(Gathered::labels));
    // The ledger first: labels that can be seen are labels whose findings can be read.
    long ledger =
        context.warehouse().replace(FINDINGS, findings.orderBy("file", "line", "reason"), note);
    long snapshot = context.warehouse().replace(LABELS, labels.orderBy("image_id"), note);
    report.table(
        context.warehouse().identifier(LABELS), context.warehouse().read(LABELS).count(), snapshot);
    report.table(
        context.warehouse().identifier(FINDINGS),
        context.warehouse().read(FINDINGS).count(),
        ledger);
  }

  private static void describe(JobReport.Builder report, Tally tally) {
    for (Subtype subtype : Subtype.ALL) {
      long positives = tally.positives[subtype.ordinal()];
      report.fact(
          subtype.column(),
          tally.images == 0
              ? "none"
              : "%,d (%.2f %%)".formatted(positives, 100.0 * positives / tally.images));
    }
  }

  private static List<SourceObject> files(JobContext context, LabelsConfig config) {
    return new SourceListing(context.hadoop(), "labels.input", EXTENSIONS::contains)
        .list(config.input());
  }

  /** Sums over outcomes. */
  private static final class Tally implements Serializable {
    private static final long serialVersionUID = 1L;
    private long rows;
    private long images;
    private final long[] positives = new long[Subtype.ALL.size()];
    private final TreeMap<String, Long> rejected = new TreeMap<>();

    Tally add(Gathered gathered) {
      rows += gathered.rowsRead();
      if (gathered.labels() != null) {
        addImage(gathered.labels());
      }
      for (LabelFinding finding : gathered.findings()) {
        rejected.merge(finding.reason().name(), finding.rows(), Long::sum);
      }
      return this;
    }

    private void addImage(ImageLabels labels) {
      images++;
      for (Subtype subtype : Subtype.ALL) {
        positives[subtype.ordinal()] += labels.value(subtype);
      }
    }

    Tally plus(Tally other) {
      rows += other.rows;
      images += other.images;
      for (int i = 0; i < positives.length; i++) {
        positives[i] += other.positives[i];
      }
      other.rejected.forEach((reason, n) -> rejected.merge(reason, n, Long::sum));
      return this;
    }
  }
}
