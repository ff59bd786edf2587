package org.headct.ich.jobs.bench;

import java.nio.file.Path;
import java.util.stream.Collectors;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.headct.ich.domain.label.Subtype;
import org.headct.ich.jobs.reshapelabels.ReshapeLabelsJob;
import org.headct.ich.jobs.run.Job;
import org.headct.ich.jobs.run.JobContext;
import org.headct.ich.jobs.report.JobReport;
import org.headct.ich.jobs.testing.Pipeline;

/** Contestant {@code reshape-labels}, from plan to report, into a new warehouse. */
final class OurJob implements Contestant {
  private final SparkSession spark;

  /** Creates the job with the Spark that a user gets on two cores. */
  OurJob() {
    spark = CommandSpark.session();
  }

  /**
   * Runs once for {@link MemoryProbe}.
   *
   * @param args the label file and a folder for the warehouse
   */
  public static void main(String[] args) throws Exception {
    Prepared prepared = new OurJob().prepare(Path.of(args[0]), Path.of(args[1], "probe"));
    MemoryProbe.tell(prepared::run);
  }

  @Override
  public String name() {
    return "reshape-labels";
  }

  @Override
  public Prepared prepare(Path labels, Path folder) {
    Pipeline pipeline = new Pipeline(spark, folder, "labels.input=" + labels);
    JobContext context = pipeline.context();
    return () -> {
      Job job = new ReshapeLabelsJob();
      job.plan(context);
      JobReport report = job.run(context);
      context.reports().save(report);
      return () -> count(pipeline, report);
    };
  }

  private static Counted count(Pipeline pipeline, JobReport report) {
    String sums =
        Subtype.ALL.stream()
            .map(s -> "coalesce(sum(" + s.column() + "), 0)")
            .collect(Collectors.joining(", "));
    Row row = pipeline.sql("SELECT count(*), " + sums + " FROM ich.labels").get(0);
    long[] positives = new long[Subtype.ALL.size()];
    for (int s = 0; s < positives.length; s++) {
      positives[s] = row.getLong(1 + s);
    }
    return new Counted(
        row.getLong(0), positives, report.rejected().getOrDefault("DUPLICATE_ROW", 0L));
  }
}
