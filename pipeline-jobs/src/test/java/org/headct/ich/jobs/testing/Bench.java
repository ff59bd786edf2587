package org.headct.ich.jobs.testing;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.headct.ich.domain.config.Settings;
import org.headct.ich.domain.config.SettingsLoader;
import org.headct.ich.domain.config.WarehouseConfig;
import org.headct.ich.jobs.report.JobReport;
import org.headct.ich.jobs.run.Job;
import org.headct.ich.jobs.run.JobContext;
import org.headct.ich.jobs.run.Progress;
import org.headct.ich.jobs.run.Sessions;
import org.headct.ich.jobs.table.SnapshotNote;
import org.headct.ich.jobs.table.TableDefinition;
import org.headct.ich.jobs.table.Warehouse;
import picocli.CommandLine;

/** Warehouse with a few rows, and jobs over it whose output is captured. */
public final class Bench {
  private final StringWriter output = new StringWriter();
  private final JobContext context;

  /** Creates a warehouse and reports in the folder. */
  public Bench(Path folder, String... more) {
    List<String> settings =
        new ArrayList<>(
            List.of(
                "warehouse.path=" + folder.resolve("warehouse"),
                "reports.path=" + folder.resolve("reports")));
    settings.addAll(List.of(more));
    Settings loaded = SettingsLoader.load(List.of(), settings);
    context =
        JobContext.create(
            Sessions.withCatalog(TestSpark.session(), WarehouseConfig.from(loaded)),
            loaded,
            new PrintWriter(output),
            Progress.asLines(new PrintWriter(new StringWriter())));
  }

  public JobContext context() {
    return context;
  }

  /** Replaces the table's rows by these. */
  public <T> void fill(TableDefinition<T> table, List<T> rows) {
    SnapshotNote note = new SnapshotNote("test", "test", "test", "test", Map.of());
    Warehouse warehouse = context.warehouse();
    warehouse.replace(
        table, warehouse.rows(table, rows), rows.size(), warehouse.snapshot(table), note);
  }

  /** Runs the job like the command line, with its own options. */
  public JobReport run(Job job, String... options) {
    new CommandLine(job).parseArgs(options);
    job.plan(context);
    return job.run(context);
  }

  /** Returns the standard output since the last call. */
  public String output() {
    context.console().flush();
    String text = output.toString();
    output.getBuffer().setLength(0);
    return text;
  }
}
