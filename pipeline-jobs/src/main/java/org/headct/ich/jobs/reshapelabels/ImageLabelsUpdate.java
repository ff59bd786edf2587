package org.headct.ich.jobs.reshapelabels;

import static org.apache.spark.sql.types.DataTypes.BooleanType;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.storage.StorageLevel;
import org.headct.ich.domain.config.LabelsConfig;
import org.headct.ich.domain.label.ImageLabels;
import org.headct.ich.domain.label.LabelFinding;
import org.headct.ich.domain.label.Subtype;
import org.headct.ich.domain.label.packed.ImageLabelSet;
import org.headct.ich.jobs.report.JobReport;
import org.headct.ich.jobs.report.JobReport.Changes;
import org.headct.ich.jobs.reshapelabels.LabelRows.Gathered;
import org.headct.ich.jobs.run.JobContext;
import org.headct.ich.jobs.table.LabelsTable;
import org.headct.ich.jobs.table.SnapshotNote;
import org.headct.ich.jobs.table.StagedTable;
import org.jspecify.annotations.Nullable;

/** The update of {@code ich.labels} from the rows of the files of images. */
final class ImageLabelsUpdate implements AutoCloseable {
  private static final LabelsTable LABELS = new LabelsTable();

  /** The approximate number of images of a data file: some megabytes, written in a second. */
  private static final long IMAGES_A_FILE = 400_000;

  private static final String REMOVED = "removed";
  private static final String VIEW = "label_changes";

  private final JobContext context;
  private final LabelsConfig config;
  private final LabelWork work;
  private final JavaRDD<Gathered> gathered;
  private final LabelTally tally;
  private @Nullable StagedTable staged;
  private @Nullable LabelCensus census;

  /**
   * Reads the files and compares them with the table. Writes nothing.
   *
   * @param key the key of the pseudonyms
   */
  ImageLabelsUpdate(JobContext context, LabelsConfig config, LabelWork work, String key) {
    this.context = context;
    this.config = config;
    this.work = work;
    if (work.plan().upToDate()) {
      gathered = context.javaSpark().emptyRDD();
      tally = new LabelTally();
      return;
    }
    LabelParts parts =
        LabelParts.of(work.files(), work.loads(), context.javaSpark().defaultParallelism());
    boolean empty = work.from() < 0;
    JavaRDD<ImageLabels> current =
        empty ? null : context.warehouse().read(LABELS).javaRDD().map(LABELS::fromRow);
    gathered =
        LabelRows.gathered(context, parts, key, current, work.plan().others(), work.withdrawn())
            .persist(StorageLevel.MEMORY_AND_DISK());
    tally = gathered.aggregate(new LabelTally(), LabelTally::add, LabelTally::plus);
  }

  LabelTally tally() {
    return tally;
  }

  /** Returns the findings; {@link LabelFinding#file} is an index into the work's files. */
  JavaRDD<LabelFinding> findings() {
    return gathered.flatMap(g -> g.rows().findings().iterator());
  }

  /** Returns the difference between the images of the files and those of the table. */
  Changes difference() {
    return new Changes(tally.added(), tally.changed(), tally.removed());
  }

  /** Returns whether the table has to change. */
  boolean changes() {
    return tally.changes();
  }

  /**
   * Writes the changes to a branch of the table and validates the table as it will be.
   *
   * @throws org.headct.ich.domain.error.DataRefusedException if the table would break a constraint
   */
  void stage(SnapshotNote note) {
    if (work.plan().upToDate()) {
      return;
    }
    String identifier = context.warehouse().identifier(LABELS);
    if (changes() || work.from() < 0) {
      StagedTable table = context.warehouse().stage(LABELS, work.from(), note);
      staged = table;
      identifier = table.identifier();
      if (tally.replaces()) {
        merge(table);
      } else {
        append(table);
      }
    }
    census = LabelCensus.of(context.spark(), identifier);
    census.require(context.warehouse().identifier(LABELS), tally, config);
  }

  private void append(StagedTable table) {
    int files = (int) (1 + tally.added() / IMAGES_A_FILE);
    JavaRDD<ImageLabels> added = gathered.flatMap(g -> all(g.changes().added()).iterator());
    table.append(LABELS, added.coalesce(files));
  }

  /** Merges the changes row by row. Unchanged rows are not written again. */
  private void merge(StagedTable table) {
    StructType schema = LABELS.schema().add(REMOVED, BooleanType, false);
    JavaRDD<Row> changes =
        gathered.flatMap(
            g ->
                Stream.of(
                        all(g.changes().added()).map(l -> row(l, false)),
                        all(g.changes().changed()).map(l -> row(l, false)),
                        all(g.changes().removed()).map(l -> row(l, true)))
                    .flatMap(rows -> rows)
                    .iterator());
    Dataset<Row> rows = context.spark().createDataset(changes.rdd(), Encoders.row(schema));
    rows.createOrReplaceTempView(VIEW);
    try {
      String columns = String.join(", ", quoted(""));
      table.change(
          """
          MERGE INTO %s t USING %s s ON t.image_id = s.image_id
          WHEN MATCHED AND s.%s THEN DELETE
          WHEN MATCHED THEN UPDATE SET %s
          WHEN NOT MATCHED THEN INSERT (%s) VALUES (%s)
          """
              .formatted(
                  table.identifier(),
                  VIEW,
                  REMOVED,
                  String.join(", ", quoted("").stream().map(c -> "t." + c + " = s." + c).toList()),
                  columns,
                  String.join(", ", quoted("s."))));
    } finally {
      context.spark().catalog().dropTempView(VIEW);
    }
  }

  private static List<String> quoted(String prefix) {
    return Stream.concat(Stream.of("image_id"), Subtype.ALL.stream().map(Subtype::column))
        .map(column -> prefix + "`" + column + "`")
        .toList();
  }

  private static Row row(ImageLabels labels, boolean removed) {
    Row row = LABELS.toRow(labels);
    Object[] values = new Object[row.size() + 1];
    for (int i = 0; i < row.size(); i++) {
      values[i] = row.get(i);
    }
    values[row.size()] = removed;
    return RowFactory.create(values);
  }

  private static Stream<ImageLabels> all(ImageLabelSet set) {
    return IntStream.range(0, set.size()).mapToObj(set::labels);
  }

  /** Publishes the staged rows and reports what the table then holds. */
  void publish(JobReport.Builder report) {
    if (census == null) {
      return;
    }
    if (staged != null) {
      long snapshot = staged.publish(work.property(context.runId()));
      report.table(context.warehouse(), LABELS, census.images(), snapshot);
    } else {
      context.warehouse().setProperties(LABELS, work.property(work.runIdBefore(context.runId())));
    }
    report.fact(
        "images",
        "%,d added, %,d changed, %,d removed, %,d unchanged"
            .formatted(tally.added(), tally.changed(), tally.removed(), tally.unchanged()));
    if (tally.superseded() > 0) {
      report.fact("corrected by a later file", "%,d images".formatted(tally.superseded()));
    }
    census.describe(report, config);
  }

  /** Returns the outcome in one line; empty if the run concerns no image. */
  String outcome() {
    return census == null ? "" : "%,d images with six labels".formatted(census.images());
  }

  @Override
  public void close() {
    gathered.unpersist();
    if (staged != null) {
      staged.close();
    }
  }
}
