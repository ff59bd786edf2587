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

/** A pipeline in a folder of its own: runs jobs as the command line does, and reads the tables. */
public final class Pipeline {
  private final SparkSession base;
  private final String root;
  private final List<String> settings;
  private List<Path> configs = List.of();

  /**
   * @param base the Spark to run on
   * @param folder receives warehouse, models and reports
   * @param settings {@code key=value}, as for {@code --set}
   */
  public Pipeline(SparkSession base, Path folder, String... settings) {
    this(base, folder.toString(), settings);
  }

  /**
   * @param root a folder on any Hadoop file system, which receives warehouse, models and reports
   */
  public Pipeline(SparkSession base, String root, String... settings) {
    this.base = base;
    this.root = root;
    this.settings = List.of(settings);
  }

  /**
   * One whose input is a dump of phantoms, which {@code make-phantoms} writes.
   *
   * @param dump where it lies, or will lie
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
   * With a preset below the settings.
   *
   * @param inputs what its environment variables are set to, by name
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

  /** The same with its tables under another URI. */
  public Pipeline withWarehouse(String uri) {
    List<String> all = new ArrayList<>(settings);
    all.add("warehouse.path=" + uri);
    return new Pipeline(base, root, all.toArray(String[]::new));
  }

  /** The folder as the jobs see it. */
  public Path folder() {
    return Path.of(root);
  }

  /** A new run's context; more settings win over the pipeline's. */
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

  /** What the stages of {@link #refreshJob} fill from labels of images and from objects. */
  public static final List<TableDefinition<?>> REFRESHED =
      List.of(
          new LabelsTable(),
          new LabelFindingsTable(),
          new SlicesTable(),
          new SliceFindingsTable(),
          new SelectionsTable(),
          new TensorsTable());

  /** The four stages from labels and objects to tensors. */
  public static List<Job> refreshStages() {
    return List.of(
        new ReshapeLabelsJob(), new AuditDicomJob(), new SelectSlicesJob(), new BuildTensorsJob());
  }

  /** All of them in one command. */
  public static RefreshJob refreshJob() {
    return new RefreshJob(refreshStages());
  }

  /** Plans and runs a job and keeps its report. */
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

  /** All rows of a table as the records of its owner. */
  public <T> List<T> rows(TableDefinition<T> table) {
    return warehouse().read(table).collectAsList().stream().map(table::fromRow).toList();
  }

  /**
   * What the tables hold, whatever the order and the files of their rows: of each table that is
   * there count, exclusive or and sum of the rows' hashes.
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

  /** The rows of a query. */
  public List<Row> sql(String query) {
    return context().spark().sql(query).collectAsList();
  }
}
