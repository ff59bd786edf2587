package org.headct.ich.jobs.buildtensors;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.apache.spark.util.SerializableConfiguration;
import org.headct.ich.common.config.TensorsConfig;
import org.headct.ich.common.error.UserException;
import org.headct.ich.common.label.ImageLabels;
import org.headct.ich.jobs.buildtensors.TensorRows.Task;
import org.headct.ich.jobs.run.DicomReaders;
import org.headct.ich.jobs.run.Job;
import org.headct.ich.jobs.run.JobContext;
import org.headct.ich.jobs.run.JobPlan;
import org.headct.ich.jobs.run.JobReport;
import org.headct.ich.jobs.table.ImageLabelling;
import org.headct.ich.jobs.table.LabelsTable;
import org.headct.ich.jobs.table.SelectionsTable;
import org.headct.ich.jobs.table.SelectionsTable.Selection;
import org.headct.ich.jobs.table.SliceFindingsTable;
import org.headct.ich.jobs.table.SlicesTable;
import org.headct.ich.jobs.table.SlicesTable.Slice;
import org.headct.ich.jobs.table.SnapshotNote;
import org.headct.ich.jobs.table.StagedTable;
import org.headct.ich.jobs.table.TensorsTable;
import org.headct.ich.jobs.table.Warehouse;
import picocli.CommandLine.Command;
import scala.Tuple2;

/** Reads the selected slices, windows them and writes uint8 tensors to Parquet. */
@Command(
    name = "build-tensors",
    description = "Writes the selected slices as windowed uint8 tensors (C×H×W) to Parquet.",
    footer = {
      "Reads:   ich.selections, ich.slices, ich.labels or ich.scan_labels, the DICOM objects",
      "Writes:  ich.tensors, ich.slice_findings (its own part: objects whose pixels do not decode)",
      "Example: ich build-tensors --set tensors.size=256 --set tensors.windows=bone,brain,subdural"
    })
public final class BuildTensorsJob implements Job {
  private static final SlicesTable SLICES = new SlicesTable();
  private static final LabelsTable LABELS = new LabelsTable();
  private static final SelectionsTable SELECTIONS = new SelectionsTable();
  private static final TensorsTable TENSORS = new TensorsTable();
  private static final SliceFindingsTable FINDINGS = new SliceFindingsTable();

  /** Rows of one output file: some hundred megabytes at most, and enough tasks to tell progress. */
  private static final int ROWS_A_TASK = 2048;

  @Override
  public String name() {
    return "build-tensors";
  }

  @Override
  public JobPlan plan(JobContext context) {
    TensorsConfig config = TensorsConfig.all(context.settings()).get(0);
    DicomReaders.configured(context.settings());
    Warehouse warehouse = context.warehouse();
    warehouse.require(SELECTIONS);
    warehouse.require(SLICES);
    new ImageLabelling(warehouse).require();
    return new JobPlan(
        List.of(
            warehouse.identifier(SELECTIONS),
            warehouse.identifier(SLICES),
            "the DICOM objects that they name"),
        List.of(
            "%s: %d×%d×%d %s"
                .formatted(
                    warehouse.identifier(TENSORS),
                    config.spec().channels(),
                    config.spec().size(),
                    config.spec().size(),
                    config.windowsText()),
            warehouse.identifier(FINDINGS)));
  }

  @Override
  public boolean upToDate(JobContext context) {
    return note(context).describes(context.warehouse().summary(TENSORS));
  }

  @Override
  public JobReport run(JobContext context) {
    List<TensorsConfig> configs = TensorsConfig.all(context.settings());
    TensorsConfig config = configs.get(0);
    Warehouse warehouse = context.warehouse();
    JobReport.Builder report = JobReport.of(this, context);
    context.progress().step("build-tensors");

    Object[] datasets = configs.stream().map(TensorsConfig::dataset).toArray();
    Column ofDatasets = functions.col("dataset").isin(datasets);
    long selected = warehouse.read(SELECTIONS).where(ofDatasets).count();
    if (selected == 0) {
      throw new UserException(
          "%s has no rows of %s: run select-slices with these in select.datasets"
              .formatted(warehouse.identifier(SELECTIONS), List.of(datasets)));
    }
    requireSelected(warehouse, ofDatasets);
    SnapshotNote note = note(context);
    warehouse.setProperties(TENSORS, TensorRows.parquetProperties(config));
    Rejections rejections = Rejections.of(context.spark().sparkContext());
    long written;
    // What is wrong with the pixels is known when the tensors are written: not shown before then.
    try (StagedTable staged = warehouse.stage(TENSORS, note)) {
      staged.replaceWhere(
          ofDatasets,
          warehouse.rows(TENSORS, tensors(context, config, ofDatasets, selected, rejections)));
      written = staged.read().where(ofDatasets).count();
      report.books("selections", selected, written);
      rejections.byReason().forEach(report::rejected);
      report.closeBooks().refuseAbove(config.maxRejectRatio(), rejections::examples);
      publish(context, staged, written, rejections.findings(), note, report);
    }
    report.fact(
        "shape",
        "%d×%d×%d uint8, %s"
            .formatted(
                config.spec().channels(),
                config.spec().size(),
                config.spec().size(),
                config.windowsText()));
    return report.done("%,d tensors".formatted(written));
  }

  /** Slices and labels may have been written anew since the selection was made of them. */
  private static void requireSelected(Warehouse warehouse, Column ofDatasets) {
    String[] key = {"image_id"};
    org.apache.spark.sql.Dataset<Row> known =
        warehouse
            .read(SLICES)
            .select("image_id")
            .join(new ImageLabelling(warehouse).rows().select("image_id"), key, "left_semi");
    long gone = warehouse.read(SELECTIONS).where(ofDatasets).join(known, key, "left_anti").count();
    if (gone > 0) {
      throw new UserException(
          "%,d rows of %s are of images that have no slice or no labels any more: run select-slices"
              .formatted(gone, warehouse.identifier(SELECTIONS)));
    }
  }

  /** The ledger first: where tensors are missing, it can be read why. */
  private void publish(
      JobContext context,
      StagedTable staged,
      long written,
      List<SliceFindingsTable.Entry> findings,
      SnapshotNote note,
      JobReport.Builder report) {
    Warehouse warehouse = context.warehouse();
    long ledger =
        warehouse.replaceWhere(
            FINDINGS,
            functions.col("job").equalTo(name()),
            warehouse.rows(FINDINGS, findings).coalesce(1),
            note);
    long snapshot = staged.publish(Map.of());
    report.table(warehouse.identifier(TENSORS), written, snapshot);
    report.table(warehouse.identifier(FINDINGS), findings.size(), ledger);
  }

  private SnapshotNote note(JobContext context) {
    Warehouse warehouse = context.warehouse();
    Map<String, String> inputs = new TreeMap<>(new ImageLabelling(warehouse).inputs());
    inputs.put("selections", Long.toString(warehouse.snapshot(SELECTIONS)));
    inputs.put("slices", Long.toString(warehouse.snapshot(SLICES)));
    return context.note(
        this, new String[] {"tensors", "datasets", "dicom.reader", "max-reject-ratio"}, inputs);
  }

  /** References are shuffled into a seeded random order; pixels are made where they are written. */
  private static JavaRDD<TensorsTable.Tensor> tensors(
      JobContext context,
      TensorsConfig config,
      Column ofDatasets,
      long selected,
      Rejections rejections) {
    Warehouse warehouse = context.warehouse();
    JavaPairRDD<String, Selection> selections =
        warehouse
            .read(SELECTIONS)
            .where(ofDatasets)
            .javaRDD()
            .map(SELECTIONS::fromRow)
            .mapToPair(s -> new Tuple2<>(s.imageId(), s));
    JavaPairRDD<String, Slice> slices =
        warehouse
            .read(SLICES)
            .javaRDD()
            .map(SLICES::fromRow)
            .mapToPair(s -> new Tuple2<>(s.imageId(), s));
    JavaPairRDD<String, ImageLabels> labels =
        new ImageLabelling(warehouse)
            .rows()
            .javaRDD()
            .map(LABELS::fromRow)
            .mapToPair(l -> new Tuple2<>(l.imageId(), l));
    long seed = context.settings().seed("split.seed");
    int cores = context.javaSpark().defaultParallelism();
    int partitions =
        (int) Math.max(1, Math.min(10_000, Math.max(selected / ROWS_A_TASK, 2L * cores)));
    JavaRDD<Task> tasks =
        selections
            .join(slices)
            .join(labels)
            .map(t -> new Task(t._2()._1()._1(), t._2()._1()._2(), t._2()._2()))
            .sortBy(task -> task.order(seed), true, partitions);
    Broadcast<SerializableConfiguration> hadoop = context.hadoopForTasks();
    String reader = DicomReaders.configured(context.settings());
    return tasks.mapPartitions(
        part -> new TensorRows(hadoop.value().value(), reader, config, rejections).build(part));
  }
}
