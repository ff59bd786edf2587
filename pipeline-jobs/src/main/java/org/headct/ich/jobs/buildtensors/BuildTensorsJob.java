package org.headct.ich.jobs.buildtensors;

import static org.apache.spark.sql.functions.col;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.storage.StorageLevel;
import org.apache.spark.util.LongAccumulator;
import org.headct.ich.domain.config.Settings;
import org.headct.ich.domain.config.TensorsConfig;
import org.headct.ich.domain.ct.TensorRecipe;
import org.headct.ich.jobs.meter.Meters.Count;
import org.headct.ich.jobs.report.JobReport;
import org.headct.ich.jobs.run.DicomReaders;
import org.headct.ich.jobs.run.Job;
import org.headct.ich.jobs.run.JobContext;
import org.headct.ich.jobs.run.JobPlan;
import org.headct.ich.jobs.table.FileExchange;
import org.headct.ich.jobs.table.ImageLabelling;
import org.headct.ich.jobs.table.SelectionsTable;
import org.headct.ich.jobs.table.SliceFindingsTable;
import org.headct.ich.jobs.table.SlicesTable;
import org.headct.ich.jobs.table.SnapshotNote;
import org.headct.ich.jobs.table.TensorsTable;
import org.headct.ich.jobs.table.Warehouse;
import picocli.CommandLine.Command;

/**
 * Job that reads the selected slices, windows them and writes new or changed tensors to Parquet.
 */
@Command(
    name = "build-tensors",
    header = "Writes the selected slices as windowed tensors.",
    description = "Writes the selected slices as windowed tensors (C×H×W) to Parquet.",
    footer = {
      "Builds only new or changed tensors. Unchanged tensors stay in their files.",
      "Reads:   ich.selections, ich.slices, ich.labels or ich.scan_labels, the DICOM objects",
      "Writes:  ich.tensors, ich.slice_findings (its own rows: objects whose pixels do not decode)",
      "Example: ich build-tensors --set tensors.size=256 --set tensors.windows=bone,brain,subdural"
    })
public final class BuildTensorsJob implements Job {
  private static final SlicesTable SLICES = new SlicesTable();
  private static final SelectionsTable SELECTIONS = new SelectionsTable();
  private static final TensorsTable TENSORS = new TensorsTable();
  private static final SliceFindingsTable FINDINGS = new SliceFindingsTable();

  @Override
  public String name() {
    return "build-tensors";
  }

  @Override
  public List<String> keys() {
    return List.of("tensors");
  }

  @Override
  public void check(Settings settings) {
    TensorsConfig.all(settings);
    DicomReaders.configured(settings);
  }

  @Override
  public JobPlan plan(JobContext context) {
    List<TensorsConfig> configs = TensorsConfig.all(context.settings());
    DicomReaders.configured(context.settings());
    Warehouse warehouse = context.warehouse();
    warehouse.require(SELECTIONS);
    warehouse.require(SLICES);
    new ImageLabelling(warehouse).require();
    List<String> writes = new ArrayList<>();
    for (TensorsConfig config : configs) {
      writes.add(
          "%s, dataset %s: %s"
              .formatted(
                  warehouse.identifier(TENSORS), config.dataset(), config.recipe().describe()));
    }
    writes.add(warehouse.identifier(FINDINGS));
    return new JobPlan(
        List.of(
            warehouse.identifier(SELECTIONS),
            warehouse.identifier(SLICES),
            "the DICOM objects of these slices"),
        writes);
  }

  @Override
  public boolean upToDate(JobContext context) {
    return note(context).describes(context.warehouse().summary(TENSORS));
  }

  private SnapshotNote note(JobContext context) {
    Warehouse warehouse = context.warehouse();
    Map<String, String> inputs = new TreeMap<>(new ImageLabelling(warehouse).inputs());
    inputs.put("selections", Long.toString(warehouse.version(SELECTIONS)));
    inputs.put("slices", Long.toString(warehouse.version(SLICES)));
    return context.note(
        this,
        new String[] {"tensors", "datasets", "split.seed", "dicom.reader", "max-reject-ratio"},
        inputs);
  }

  @Override
  public JobReport run(JobContext context) {
    Map<String, TensorsConfig> configs = new TreeMap<>();
    TensorsConfig.all(context.settings()).forEach(c -> configs.put(c.dataset(), c));
    JobReport.Builder report = context.report(this);
    // The note is made before anything is read. If another run changes a table meanwhile, the
    // table is newer than the note, and the next refresh builds again.
    SnapshotNote note = note(context);
    LongAccumulator bytesRead = context.meters().inTasks(Count.BYTES_READ);
    context.progress().step("build-tensors");

    FileExchange files = context.warehouse().exchange(TENSORS);
    Set<String> struckOut = files.withRowDeletes(configs.keySet());
    Dataset<Row> present = present(context, configs.keySet());
    TensorMakerFactory makers =
        TensorMakerFactory.of(
            context, TensorRejections.of(context.spark().sparkContext()), bytesRead);
    Dataset<Row> wanted =
        wanted(context, configs, present, makers).persist(StorageLevel.MEMORY_AND_DISK());
    try (TensorChanges changes = new TensorChanges(present, wanted, struckOut)) {
      long count = WantedTensors.check(context.warehouse(), wanted, configs.keySet());
      return new TensorExchange(context, configs, files, report, note)
          .run(changes, count, struckOut, bytesRead);
    } finally {
      wanted.unpersist();
    }
  }

  /** Reads the datasets' present rows without pixels, with the file of each row. */
  private static Dataset<Row> present(JobContext context, Set<String> datasets) {
    List<Column> columns = new ArrayList<>();
    for (String name : TENSORS.schema().fieldNames()) {
      if (!name.equals(TensorsTable.PIXELS)) {
        columns.add(col(name));
      }
    }
    columns.add(col("_file"));
    return context
        .warehouse()
        .read(TENSORS)
        .where(col("dataset").isin(datasets.toArray()))
        .select(columns.toArray(Column[]::new));
  }

  private static Dataset<Row> wanted(
      JobContext context,
      Map<String, TensorsConfig> configs,
      Dataset<Row> present,
      TensorMakerFactory makers) {
    Dataset<Row> all = null;
    for (TensorsConfig config : configs.values()) {
      Dataset<Row> wanted = WantedTensors.of(context.warehouse(), config);
      if (config.recipe().values() == TensorRecipe.Values.STANDARDISED) {
        WantedTensors.check(context.warehouse(), wanted, Set.of(config.dataset()));
        wanted =
            WantedTensors.standardised(wanted, TrainingMoments.of(config, wanted, present, makers));
      }
      all = all == null ? wanted : all.union(wanted);
    }
    if (all == null) {
      throw new IllegalStateException(
          "tensors.datasets is empty; the settings should have refused it");
    }
    return all;
  }
}
