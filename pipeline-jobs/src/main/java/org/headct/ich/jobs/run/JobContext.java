package org.headct.ich.jobs.run;

import java.io.PrintWriter;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.util.SerializableConfiguration;
import org.headct.ich.domain.config.Settings;
import org.headct.ich.domain.config.WarehouseConfig;
import org.headct.ich.jobs.meter.Meters;
import org.headct.ich.jobs.meter.Meters.Count;
import org.headct.ich.jobs.report.JobReport;
import org.headct.ich.jobs.report.ReportStore;
import org.headct.ich.jobs.table.SnapshotNote;
import org.headct.ich.jobs.table.Warehouse;

/**
 * The objects that a job works with.
 *
 * @param spark the session, with the catalog {@code ich}
 * @param settings the settings; only the records of {@code org.headct.ich.domain.config} read them
 * @param places paths of tables, models and reports
 * @param warehouse the tables
 * @param runId the id of this run
 * @param console the output for results that people read; logs go elsewhere
 * @param progress the progress of the stages, on the same console
 */
public record JobContext(
    SparkSession spark,
    Settings settings,
    WarehouseConfig places,
    Warehouse warehouse,
    String runId,
    PrintWriter console,
    Progress progress) {

  /** Creates the context of one run. */
  public static JobContext create(
      SparkSession spark, Settings settings, PrintWriter console, Progress progress) {
    return create(spark, settings, RunId.next(), console, progress);
  }

  static JobContext create(
      SparkSession spark, Settings settings, String runId, PrintWriter console, Progress progress) {
    WarehouseConfig places = WarehouseConfig.from(settings);
    return new JobContext(
        spark, settings, places, new Warehouse(spark, places), runId, console, progress);
  }

  /**
   * Returns the context of a part of this run, with other settings. The paths in the settings must
   * be the same.
   *
   * @param part the part's name, which is appended to the run id because each part has its own
   *     report; empty to keep this run's id
   */
  public JobContext part(String part, Settings other) {
    String id = part.isEmpty() ? runId : runId + "-" + part;
    return new JobContext(spark, other, places, warehouse, id, console, progress);
  }

  /** The driver's settings of the file systems. */
  public Configuration hadoop() {
    return spark.sessionState().newHadoopConf();
  }

  /** Starts the report of a run that begins now. */
  public JobReport.Builder report(Job job) {
    Meters meters = meters();
    return JobReport.of(job.name(), runId, bytes -> meters.add(Count.BYTES_WRITTEN, bytes));
  }

  /** The files under {@code reports.path}. */
  public ReportStore reports() {
    return new ReportStore(hadoop(), places.reports());
  }

  /** The counters of this process. */
  public Meters meters() {
    return Meters.of(spark.sparkContext());
  }

  public JavaSparkContext javaSpark() {
    return JavaSparkContext.fromSparkContext(spark.sparkContext());
  }

  /** Sends the file systems' settings to the tasks. */
  public Broadcast<SerializableConfiguration> hadoopForTasks() {
    return javaSpark().broadcast(new SerializableConfiguration(hadoop()));
  }

  /**
   * Returns the summary of this run's snapshots.
   *
   * @param configPrefixes the settings that decide the content
   * @param inputs input name to snapshot id or fingerprint
   */
  public SnapshotNote note(Job job, String[] configPrefixes, Map<String, String> inputs) {
    return new SnapshotNote(
        runId, job.name(), settings.hash(configPrefixes), CodeVersion.current(), inputs);
  }
}
