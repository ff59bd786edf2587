package org.headct.ich.jobs.audit;

import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.util.SerializableConfiguration;
import org.headct.ich.domain.config.DicomConfig;
import org.headct.ich.domain.config.DicomConfig.Depth;
import org.headct.ich.domain.config.Settings;
import org.headct.ich.domain.dicom.Pseudonyms;
import org.headct.ich.jobs.report.JobReport;
import org.headct.ich.jobs.run.DicomReaders;
import org.headct.ich.jobs.run.JobContext;
import org.headct.ich.jobs.run.PseudonymKey;
import org.headct.ich.jobs.source.PackedObjects;
import org.headct.ich.jobs.source.SourceListing.Listed;
import org.headct.ich.jobs.source.SourceObject;

/** Audit of DICOM objects by Spark tasks. */
public final class ObjectAudit {
  private ObjectAudit() {}

  /** Audits objects with the configured reader and depth. Returns them as {@link AuditedRows}. */
  public static Dataset<Row> of(
      JobContext context, DicomConfig config, List<SourceObject> objects) {
    String reader = DicomReaders.named(Settings.kebab(config.reader())).name();
    String key = PseudonymKey.fromEnvironment();
    List<PackedObjects> shares = AuditShares.of(objects, config, context);
    Broadcast<SerializableConfiguration> hadoop = context.hadoopForTasks();
    Depth depth = config.depth();
    AuditMeters meters = AuditMeters.of(context.meters());
    JavaRDD<Row> rows =
        context
            .javaSpark()
            .parallelize(shares, shares.size())
            .flatMap(
                share ->
                    ObjectAuditor.audit(hadoop.value().value(), reader, key, depth, share.unpack()))
            .map(result -> AuditedRows.of(meters.count(result)));
    return context.spark().createDataset(rows.rdd(), Encoders.row(AuditedRows.SCHEMA));
  }

  /**
   * Adds to the meters what a comparison of all objects found.
   *
   * @param tally the counts of all objects
   */
  public static void close(JobContext context, Tally tally) {
    AuditMeters.close(context.meters(), tally);
  }

  /**
   * Reports files that were passed over, names that are no pseudonyms, and ids that were hashed.
   */
  public static void describe(Listed listed, String paths, Tally tally, JobReport.Builder report) {
    List<SourceObject> objects = listed.objects();
    if (listed.passedOver().count() > 0) {
      report.fact("files passed over", listed.passedOver().describe());
    }
    long named = objects.stream().filter(o -> !Pseudonyms.isPseudonym(o.stem())).count();
    if (named > 0) {
      report.fact("file names", "%,d are not pseudonyms; %s".formatted(named, paths));
    }
    if (tally.identified() > 0) {
      report.fact(
          "ids hashed", PseudonymKey.describe(PseudonymKey.fromEnvironment(), tally.identified()));
    }
  }
}
