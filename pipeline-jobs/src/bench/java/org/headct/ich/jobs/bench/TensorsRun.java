package org.headct.ich.jobs.bench;

import java.nio.file.Path;
import org.apache.spark.sql.SparkSession;
import org.headct.ich.jobs.bench.Stopwatch.Run;
import org.headct.ich.jobs.buildtensors.BuildTensorsJob;
import org.headct.ich.jobs.testing.Pipeline;

/** {@code build-tensors}, from plan to report, into a new table. */
final class TensorsRun {
  private TensorsRun() {}

  /** With the Spark that a user gets on two cores. */
  static SparkSession spark() {
    return CommandSpark.session();
  }

  static Run time(Pipeline pipeline, int slices) {
    // Replacing earlier tensors would be another job's time, and their files fill the disk.
    pipeline.sql("DROP TABLE IF EXISTS ich.tensors PURGE");
    // The garbage of the one before is not this one's business.
    System.gc();
    Stopwatch.Started started = Stopwatch.start();
    run(pipeline, slices);
    return started.stop();
  }

  private static void run(Pipeline pipeline, int slices) {
    long built = pipeline.run(new BuildTensorsJob()).out();
    if (built != slices) {
      throw new IllegalStateException("%,d tensors of %,d slices".formatted(built, slices));
    }
  }

  /**
   * The first run of a JVM, for {@link MemoryProbe}.
   *
   * @param args the folder of a {@link TensorsInput}, how many slices it selects
   */
  public static void main(String[] args) throws Exception {
    Pipeline pipeline = TensorsInput.pipeline(spark(), Path.of(args[0]));
    MemoryProbe.tell(() -> run(pipeline, Integer.parseInt(args[1])));
  }
}
