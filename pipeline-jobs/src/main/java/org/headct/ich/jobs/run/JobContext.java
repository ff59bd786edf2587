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
 * What a job works with.
 *
 * @param spark the session, with the catalog {@code ich}
 * @param settings read by the records of {@code common.config} only
 * @param places where tables, models and reports live
 * @param warehouse the tables
 * @param runId of this run
 * @param console where results for people go; logs go elsewhere
 * @param progress of the stages, on the same console
 */
public record JobContext(
    SparkSession spark,
    Settings settings,
    WarehouseConfig places,
    Warehouse warehouse,
    String runId,
    PrintWriter console,
    Progress progress) {

  /** Starts the context of one run. */
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
   * For a part of this run, with other settings, which say the same of the places.
   *
   * @param part its name; the part's run id is this one's with the name behind it, for each part
   *     has a report of its own; empty for this run's id
   */
  public JobContext part(String part, Settings other) {
    String id = part.isEmpty() ? runId : runId + "-" + part;
    return new JobContext(spark, other, places, warehouse, id, console, progress);
  }

  /** Settings of the file systems, as the driver has them. */
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

  /** What this process has done so far. */
  public Meters meters() {
    return Meters.of(spark.sparkContext());
  }

  public JavaSparkContext javaSpark() {
    return JavaSparkContext.fromSparkContext(spark.sparkContext());
  }

  /** The file systems' settings for tasks. */
  public Broadcast<SerializableConfiguration> hadoopForTasks() {
    return javaSpark().broadcast(new SerializableConfiguration(hadoop()));
  }

  /**
   * The summary of this run's snapshots.
   *
   * @param configPrefixes the settings that decide the content
   * @param inputs input name to snapshot id or fingerprint
   */
  public SnapshotNote note(Job job, String[] configPrefixes, Map<String, String> inputs) {
    return new SnapshotNote(
        runId, job.name(), settings.hash(configPrefixes), CodeVersion.current(), inputs);
  }
}
