package org.headct.ich.jobs.testing;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.headct.ich.domain.config.Settings;
import org.headct.ich.domain.config.SettingsLoader;
import org.headct.ich.domain.config.WarehouseConfig;
import org.headct.ich.domain.phantom.PhantomDump;
import org.headct.ich.jobs.auditdicom.AuditDicomJob;
import org.headct.ich.jobs.buildtensors.BuildTensorsJob;
import org.headct.ich.jobs.chains.RefreshJob;
import org.headct.ich.jobs.report.JobReport;
import org.headct.ich.jobs.reshapelabels.ReshapeLabelsJob;
import org.headct.ich.jobs.run.Job;
import org.headct.ich.jobs.run.JobContext;
import org.headct.ich.jobs.run.Progress;
import org.headct.ich.jobs.run.Sessions;
import org.headct.ich.jobs.selectslices.SelectSlicesJob;
import org.headct.ich.jobs.table.LabelFindingsTable;
import org.headct.ich.jobs.table.LabelsTable;
import org.headct.ich.jobs.table.SelectionsTable;
import org.headct.ich.jobs.table.SliceFindingsTable;
import org.headct.ich.jobs.table.SlicesTable;
import org.headct.ich.jobs.table.TableDefinition;
import org.headct.ich.jobs.table.Tables;
import org.headct.ich.jobs.table.TensorsTable;
import org.headct.ich.jobs.table.Warehouse;

/** Pipeline in a folder of its own. It runs jobs like the command line, and reads the tables. */
public final class Pipeline {
  private final SparkSession base;
  private final String root;
  private final List<String> settings;
  private List<Path> configs = List.of();

  /**
   * Creates a pipeline.
   *
   * @param base the Spark session to run on
   * @param folder the folder for warehouse, models and reports
   * @param settings the settings {@code key=value}, as for {@code --set}
   */
  public Pipeline(SparkSession base, Path folder, String... settings) {
    this(base, folder.toString(), settings);
  }

  /**
   * Creates a pipeline on any Hadoop file system.
   *
   * @param root the folder for warehouse, models and reports
   */
  public Pipeline(SparkSession base, String root, String... settings) {
    this.base = base;
    this.root = root;
    this.settings = List.of(settings);
  }

  /**
   * Creates a pipeline whose input is a dump of phantoms, which {@code make-phantoms} writes.
   *
   * @param dump the folder of the dump, which need not exist yet
   */
  public static Pipeline overPhantoms(
      SparkSession base, Path folder, Path dump, String... settings) {
    List<String> all = new ArrayList<>(List.of(settings));
    all.add("phantoms.output=" + dump);
    all.add("labels.input=" + dump.resolve(PhantomDump.LABELS));
    all.add("dicom.input=" + dump.resolve(PhantomDump.FOLDER));
    return new Pipeline(base, folder, all.toArray(String[]::new));
  }

  /**
   * Returns a pipeline with a preset, which its own settings override.
   *
   * @param inputs the values of the preset's environment variables, by name
   */
  public Pipeline withPreset(String name, Map<String, Path> inputs) throws IOException {
    String text = Files.readString(Repository.top().resolve("conf/experiments/" + name + ".conf"));
    for (Map.Entry<String, Path> input : inputs.entrySet()) {
      text = text.replace("${" + input.getKey() + "}", '"' + input.getValue().toString() + '"');
    }
    Path config = Files.createDirectories(folder()).resolve(name + ".conf");
    Files.writeString(config, text);
    configs = List.of(config);
    return this;
  }

  /** Returns the same pipeline with its tables under another URI. */
  public Pipeline withWarehouse(String uri) {
    List<String> all = new ArrayList<>(settings);
    all.add("warehouse.path=" + uri);
    return new Pipeline(base, root, all.toArray(String[]::new));
  }

  /** Returns the folder as the jobs see it. */
  public Path folder() {
    return Path.of(root);
  }

  /** Creates the context of a new run. These settings override the pipeline's. */
  public JobContext context(String... more) {
    List<String> all =
        new ArrayList<>(
            List.of(
                "warehouse.path=" + root + "/warehouse",
                "models.path=" + root + "/models",
                "reports.path=" + root + "/reports"));
    all.addAll(settings);
    all.addAll(List.of(more));
    Settings loaded = SettingsLoader.load(configs, all);
    SparkSession session = Sessions.withCatalog(base, WarehouseConfig.from(loaded));
    PrintWriter console = new PrintWriter(new StringWriter());
    return JobContext.create(session, loaded, console, Progress.asLines(console));
  }

  /** Tables that {@link #refreshJob} fills from labels of images and from objects. */
  public static final List<TableDefinition<?>> REFRESHED =
      List.of(
          new LabelsTable(),
          new LabelFindingsTable(),
          new SlicesTable(),
          new SliceFindingsTable(),
          new SelectionsTable(),
          new TensorsTable());

  /** Returns the four stages from labels and objects to tensors. */
  public static List<Job> refreshStages() {
    return List.of(
        new ReshapeLabelsJob(), new AuditDicomJob(), new SelectSlicesJob(), new BuildTensorsJob());
  }

  /** Returns the command that runs all of them. */
  public static RefreshJob refreshJob() {
    return new RefreshJob(refreshStages());
  }

  /** Plans and runs a job, and keeps its report. */
  public JobReport run(Job job, String... more) {
    JobContext context = context(more);
    job.plan(context);
    JobReport report = job.run(context);
    context.reports().save(report);
    return report;
  }

  public Warehouse warehouse() {
    return context().warehouse();
  }

  /** Returns all rows of a table as records. */
  public <T> List<T> rows(TableDefinition<T> table) {
    return warehouse().read(table).collectAsList().stream().map(table::fromRow).toList();
  }

  /**
   * Returns a fingerprint of each existing table: count, exclusive or and sum of the rows' hashes.
   * It does not depend on the order and the files of the rows.
   */
  public Map<String, String> contents() {
    Warehouse warehouse = warehouse();
    Map<String, String> contents = new TreeMap<>();
    for (TableDefinition<?> table : Tables.ALL) {
      if (warehouse.exists(table)) {
        contents.put(
            table.name(),
            warehouse
                .read(table)
                .selectExpr("xxhash64(*) AS hash")
                .selectExpr("count(*)", "bit_xor(hash)", "sum(CAST(hash AS DECIMAL(20)))")
                .head()
                .mkString(" "));
      }
    }
    return contents;
  }

  /** Returns the rows of a query. */
  public List<Row> sql(String query) {
    return context().spark().sql(query).collectAsList();
  }
}
