package org.headct.ich.jobs.buildtensors;

import static org.apache.spark.sql.functions.col;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.iceberg.DataFile;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.storage.StorageLevel;
import org.apache.spark.util.SerializableConfiguration;
import org.headct.ich.common.config.TensorsConfig;
import org.headct.ich.common.ct.TensorRecipe;
import org.headct.ich.jobs.buildtensors.TensorChanges.Touched;
import org.headct.ich.jobs.buildtensors.TrainingMoments.MakerFactory;
import org.headct.ich.jobs.run.DicomReaders;
import org.headct.ich.jobs.run.Job;
import org.headct.ich.jobs.run.JobContext;
import org.headct.ich.jobs.run.JobPlan;
import org.headct.ich.jobs.run.JobReport;
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
 * Reads the selected slices, windows them and writes tensors to Parquet: those that are new or
 * changed, and no other.
 */
@Command(
    name = "build-tensors",
    description = "Writes the selected slices as windowed tensors (C×H×W) to Parquet.",
    footer = {
      "Builds what is new or changed; what is unchanged stays in its files.",
      "Reads:   ich.selections, ich.slices, ich.labels or ich.scan_labels, the DICOM objects",
      "Writes:  ich.tensors, ich.slice_findings (its own part: objects whose pixels do not decode)",
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
              .formatted(warehouse.identifier(TENSORS), config.dataset(), shape(config)));
    }
    writes.add(warehouse.identifier(FINDINGS));
    return new JobPlan(
        List.of(
            warehouse.identifier(SELECTIONS),
            warehouse.identifier(SLICES),
            "the DICOM objects that they name"),
        writes);
  }

  private static String shape(TensorsConfig config) {
    TensorRecipe recipe = config.recipe();
    int size = recipe.slice().size();
    return "%d×%d×%d %s, %s"
        .formatted(
            recipe.channels(),
            size,
            size,
            recipe.values().type(),
            String.join(",", recipe.channelNames()));
  }

  @Override
  public boolean upToDate(JobContext context) {
    return note(context).describes(context.warehouse().summary(TENSORS));
  }

  private SnapshotNote note(JobContext context) {
    Warehouse warehouse = context.warehouse();
    Map<String, String> inputs = new TreeMap<>(new ImageLabelling(warehouse).inputs());
    inputs.put("selections", Long.toString(warehouse.snapshot(SELECTIONS)));
    inputs.put("slices", Long.toString(warehouse.snapshot(SLICES)));
    return context.note(
        this,
        new String[] {"tensors", "datasets", "split.seed", "dicom.reader", "max-reject-ratio"},
        inputs);
  }

  @Override
  public JobReport run(JobContext context) {
    Map<String, TensorsConfig> configs = new TreeMap<>();
    TensorsConfig.all(context.settings()).forEach(c -> configs.put(c.dataset(), c));
    JobReport.Builder report = JobReport.of(this, context);
    context.progress().step("build-tensors");

    FileExchange files = context.warehouse().exchange(TENSORS);
    Set<String> struckOut = files.withRowDeletes(configs.keySet());
    Dataset<Row> present = present(context, configs.keySet());
    MakerFactory makers = makers(context, Rejections.of(context.spark().sparkContext()));
    Dataset<Row> wanted =
        wanted(context, configs, present, makers).persist(StorageLevel.MEMORY_AND_DISK());
    try (TensorChanges changes = new TensorChanges(present, wanted, struckOut)) {
      long count = WantedTensors.check(context.warehouse(), wanted, configs.keySet());
      return new Exchange(context, configs, files, report).run(changes, count, struckOut);
    } finally {
      wanted.unpersist();
    }
  }

  /** Rows of the datasets that are there, without pixels, and the file of each. */
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
      MakerFactory makers) {
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
      throw new IllegalStateException("tensors.datasets is never empty");
    }
    return all;
  }

  private static MakerFactory makers(JobContext context, Rejections rejections) {
    Broadcast<SerializableConfiguration> hadoop = context.hadoopForTasks();
    String reader = DicomReaders.configured(context.settings());
    return config -> new TensorMaker(hadoop.value().value(), reader, config, rejections);
  }

  /** The changes of one run. */
  private final class Exchange {
    private final JobContext context;
    private final Map<String, TensorsConfig> configs;
    private final FileExchange files;
    private final JobReport.Builder report;
    private final Rejections rejections;

    Exchange(
        JobContext context,
        Map<String, TensorsConfig> configs,
        FileExchange files,
        JobReport.Builder report) {
      this.context = context;
      this.configs = configs;
      this.files = files;
      this.report = report;
      rejections = Rejections.of(context.spark().sparkContext());
    }

    JobReport run(TensorChanges changes, long wanted, Set<String> struckOut) {
      Map<String, Touched> touched = changes.touched();
      long staying = changes.staying();
      FileExchange.Tasks tasks = files.tasks(context.runId());
      List<DataFile> built = build(changes, tasks);
      List<DataFile> added = new ArrayList<>(built);
      boolean published = false;
      try {
        added.addAll(copy(changes, touched, tasks));
        long rows = built.stream().mapToLong(DataFile::recordCount).sum();
        report.books("selections", wanted, staying + rows);
        rejections.byReason().forEach(report::rejected);
        double maxRejectRatio = configs.values().iterator().next().maxRejectRatio();
        report.closeBooks().refuseAbove(maxRejectRatio, rejections::examples);
        Set<String> dropped = new HashSet<>(touched.keySet());
        dropped.addAll(struckOut);
        published = true;
        publish(dropped, added, staying + rows);
        describe(touched, staying, rows, dropped.size(), added.size());
        return report.done(outcome(dropped, added, rows));
      } finally {
        if (!published) {
          files.discard(added);
        }
      }
    }

    private List<DataFile> build(TensorChanges changes, FileExchange.Tasks tasks) {
      MakerFactory makers = makers(context, rejections);
      Map<String, TensorsConfig> settings = configs;
      // References alone, kept by column: as objects they would cost more than to make them anew.
      Dataset<Row> missing = changes.toBuild().persist(StorageLevel.MEMORY_AND_DISK());
      try {
        return TensorFileShares.of(missing, settings)
            .mapPartitionsWithIndex(
                (number, share) -> TensorFileTasks.build(tasks, number, share, settings, makers),
                true)
            .collect();
      } finally {
        missing.unpersist();
      }
    }

    /** What stays in a file that others leave goes to a file without them. */
    private List<DataFile> copy(
        TensorChanges changes, Map<String, Touched> touched, FileExchange.Tasks tasks) {
      Set<String> partly =
          touched.entrySet().stream()
              .filter(e -> e.getValue().going() < e.getValue().all())
              .map(Map.Entry::getKey)
              .collect(Collectors.toSet());
      if (partly.isEmpty()) {
        return List.of();
      }
      Map<String, TensorsConfig> settings = configs;
      return changes
          .stayingIn(partly)
          .flatMap(t -> TensorFileTasks.copy(tasks, t._1(), t._2(), settings))
          .collect();
    }

    /** The ledger first: where tensors are missing, it can be read why. */
    private void publish(Set<String> dropped, List<DataFile> added, long rows) {
      Warehouse warehouse = context.warehouse();
      SnapshotNote note = note(context);
      List<SliceFindingsTable.Entry> findings = rejections.findings();
      Column own = col("job").equalTo(name());
      if (!findings.equals(ledger(warehouse, own))) {
        long ledger =
            warehouse.replaceWhere(
                FINDINGS, own, warehouse.rows(FINDINGS, findings).coalesce(1), note);
        report.table(warehouse.identifier(FINDINGS), findings.size(), ledger);
      }
      boolean same = dropped.isEmpty() && added.isEmpty();
      if (!same || !note.describes(warehouse.summary(TENSORS))) {
        report.table(warehouse.identifier(TENSORS), rows, files.publish(dropped, added, note));
      }
    }

    private List<SliceFindingsTable.Entry> ledger(Warehouse warehouse, Column own) {
      return warehouse.exists(FINDINGS)
          ? Rejections.sorted(
              warehouse.read(FINDINGS).where(own).collectAsList().stream().map(FINDINGS::fromRow))
          : List.of();
    }

    private void describe(
        Map<String, Touched> touched, long staying, long rows, int dropped, int added) {
      long going = touched.values().stream().mapToLong(Touched::going).sum();
      report.fact("unchanged", "%,d tensors stay".formatted(staying));
      report.fact("built", "%,d tensors".formatted(rows));
      report.fact("withdrawn or replaced", "%,d tensors".formatted(going));
      report.fact("files", "%,d written, %,d left out".formatted(added, dropped));
      configs.forEach((dataset, config) -> report.fact("shape of " + dataset, shape(config)));
    }

    private String outcome(Set<String> dropped, List<DataFile> added, long rows) {
      return dropped.isEmpty() && added.isEmpty()
          ? "nothing new: every tensor is as it should be"
          : "%,d tensors built".formatted(rows);
    }
  }
}
