package org.headct.ich.jobs.maintain;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.apache.iceberg.Table;
import org.headct.ich.domain.config.MaintainConfig;
import org.headct.ich.domain.config.Settings;
import org.headct.ich.jobs.modelstore.ModelStore;
import org.headct.ich.jobs.modelstore.Runs;
import org.headct.ich.jobs.report.JobReport;
import org.headct.ich.jobs.report.ReportTable;
import org.headct.ich.jobs.run.Job;
import org.headct.ich.jobs.run.JobContext;
import org.headct.ich.jobs.run.JobPlan;
import org.headct.ich.jobs.table.SelectionsTable;
import org.headct.ich.jobs.table.TableDefinition;
import org.headct.ich.jobs.table.Tables;
import org.headct.ich.jobs.table.TensorsTable;
import org.headct.ich.jobs.table.Warehouse;
import picocli.CommandLine.Command;

/**
 * The job that keeps the tables small. It removes old snapshots, small files and orphans, and keeps
 * every snapshot that a model names.
 */
@Command(
    name = "maintain",
    header = "Expires snapshots, compacts files, removes leftovers.",
    footer = {
      "Tags keep the snapshots of ich.tensors that runs under models.path name, and the snapshots",
      "of ich.selections that ich.tensors needs. ich.tensors and ich.selections are not compacted.",
      "Reads:   models.path, all tables",
      "Writes:  all tables; no row changes",
      "Example: ich maintain --dry-run",
      "         ich maintain --set maintain.keep-days=30"
    })
public final class MaintainJob implements Job {
  private static final TensorsTable TENSORS = new TensorsTable();
  private static final SelectionsTable SELECTIONS = new SelectionsTable();
  private static final int MAX_TASKS = 200;
  private static final List<String> HEADER =
      List.of(
          "table",
          "snapshots",
          "expired",
          "now",
          "data files",
          "now",
          "of deletes",
          "now",
          "orphans removed",
          "bytes freed");

  @Override
  public String name() {
    return "maintain";
  }

  @Override
  public List<String> keys() {
    return List.of("maintain");
  }

  @Override
  public void check(Settings settings) {
    MaintainConfig.from(settings);
  }

  @Override
  public JobPlan plan(JobContext context) {
    MaintainConfig config = MaintainConfig.from(context.settings());
    List<ModelStore> runs = runs(context);
    Collection<Long> ofRuns = KeepTags.ofRuns(runs).values();
    Warehouse warehouse = context.warehouse();
    List<String> reads = new ArrayList<>();
    reads.add(
        "models.path = %s: %,d runs; their snapshots stay"
            .formatted(context.places().models(), runs.size()));
    List<String> writes = new ArrayList<>();
    for (TableDefinition<?> table : there(warehouse)) {
      reads.add(warehouse.identifier(table));
      Set<Long> kept = Set.copyOf(tags(warehouse, table, ofRuns));
      writes.add(new TableMaintenance(context, config, table).refuseCopy().plan(kept));
    }
    writes.add(
        "files that no snapshot names and that are older than %,d hours are removed"
            .formatted(config.orphanAge().toHours()));
    return new JobPlan(reads, writes);
  }

  private static Collection<Long> tags(
      Warehouse warehouse, TableDefinition<?> table, Collection<Long> ofRuns) {
    if (table.name().equals(TENSORS.name())) {
      return ofRuns;
    }
    return table.name().equals(SELECTIONS.name()) && warehouse.exists(TENSORS)
        ? KeepTags.ofTensors(warehouse.iceberg(TENSORS)).values()
        : List.of();
  }

  @Override
  public JobReport run(JobContext context) {
    MaintainConfig config = MaintainConfig.from(context.settings());
    JobReport.Builder report = context.report(this);
    // Lists of files are short: Spark's 200 tasks for each took longer than everything else.
    int cores = context.spark().sparkContext().defaultParallelism();
    context.spark().conf().set("spark.sql.shuffle.partitions", Math.min(cores, MAX_TASKS));
    Map<String, Long> ofRuns = KeepTags.ofRuns(runs(context));
    report.fact(
        "runs", "%,d under models.path = %s".formatted(ofRuns.size(), context.places().models()));
    List<ReportTable.Line> lines = new ArrayList<>();
    long freed = 0;
    // Tables are maintained in reverse order, because the remaining tensors decide which selections
    // stay.
    List<TableDefinition<?>> tables = new ArrayList<>(there(context.warehouse()));
    Collections.reverse(tables);
    for (TableDefinition<?> definition : tables) {
      String name = context.warehouse().identifier(definition);
      TableMaintenance care = new TableMaintenance(context, config, definition).refuseCopy();
      keep(context.warehouse(), definition, care.table(), ofRuns, report);
      TableMaintenance.Outcome outcome = care.run();
      if (outcome.conflict()) {
        report.fact(name, "not compacted: another run has published meanwhile. Run maintain again");
      }
      if (outcome.branches() > 0) {
        report.fact(name, "%,d branches of dead runs dropped".formatted(outcome.branches()));
      }
      freed += outcome.freedBytes();
      lines.add(0, line(name, outcome));
    }
    report.counts(new ReportTable("Snapshots and files of the tables", HEADER, lines));
    return report.done(outcome(freed));
  }

  /** Sets the tags of snapshots that other tables or models name, and reports them. */
  private static void keep(
      Warehouse warehouse,
      TableDefinition<?> definition,
      Table table,
      Map<String, Long> ofRuns,
      JobReport.Builder report) {
    if (definition.name().equals(TENSORS.name())) {
      for (String gone : KeepTags.set(table, ofRuns)) {
        report.fact(gone, "the snapshot is gone: the run's tensors cannot be read any more");
      }
      for (String tag : KeepTags.of(table, KeepTags.MODEL)) {
        report.fact(
            tag,
            ofRuns.containsKey(tag) ? "kept" : "kept, though its run is not under models.path");
      }
    } else if (definition.name().equals(SELECTIONS.name()) && warehouse.exists(TENSORS)) {
      Map<String, Long> ofTensors = KeepTags.ofTensors(warehouse.iceberg(TENSORS));
      KeepTags.set(table, ofTensors);
      KeepTags.dropOthers(table, KeepTags.TENSORS, ofTensors);
    }
  }

  private static ReportTable.Line line(String name, TableMaintenance.Outcome outcome) {
    TableMaintenance.Extent before = outcome.before();
    TableMaintenance.Extent after = outcome.after();
    return new ReportTable.Line(
        name,
        List.of(
            before.snapshots(),
            outcome.expired(),
            after.snapshots(),
            before.dataFiles(),
            after.dataFiles(),
            before.deleteFiles(),
            after.deleteFiles(),
            (long) outcome.orphans(),
            outcome.freedBytes()));
  }

  /**
   * Describes the result. Compaction may write more than it removes, until the older snapshots
   * expire.
   */
  static String outcome(long freedBytes) {
    return freedBytes >= 0
        ? "freed " + size(freedBytes)
        : "freed nothing: compacted files take %s more until older snapshots expire"
            .formatted(size(-freedBytes));
  }

  private static String size(long bytes) {
    return bytes < 1_000_000_000
        ? String.format(Locale.ROOT, "%.1f MB", bytes / 1e6)
        : String.format(Locale.ROOT, "%.1f GB", bytes / 1e9);
  }

  private static List<ModelStore> runs(JobContext context) {
    return Runs.all(context.hadoop(), context.places().models());
  }

  private static List<TableDefinition<?>> there(Warehouse warehouse) {
    return Tables.ALL.stream().filter(warehouse::exists).toList();
  }
}
