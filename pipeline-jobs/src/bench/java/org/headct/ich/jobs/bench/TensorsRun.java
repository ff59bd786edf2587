package org.headct.ich.jobs.bench;

import java.nio.file.Path;
import org.apache.spark.sql.SparkSession;
import org.headct.ich.jobs.bench.Stopwatch.Run;
import org.headct.ich.jobs.buildtensors.BuildTensorsJob;
import org.headct.ich.jobs.testing.Pipeline;

/** Run of {@code build-tensors}, from plan to report, into a new table. */
final class TensorsRun {
  private TensorsRun() {}

  /** Returns the Spark session that a user gets on two cores. */
  static SparkSession spark() {
    return CommandSpark.session();
  }

  static Run time(Pipeline pipeline, int slices) {
    // Replacing earlier tensors would take extra time, and their files would fill the disk.
    pipeline.sql("DROP TABLE IF EXISTS ich.tensors PURGE");
    // Garbage of the previous run must not count here.
    System.gc();
    Stopwatch.Started started = Stopwatch.start();
    run(pipeline, slices);
    return started.stop();
  }

  private static void run(Pipeline pipeline, int slices) {
    long built = pipeline.run(new BuildTensorsJob()).out();
    if (built != slices) {
      throw new IllegalStateException("%,d tensors built of %,d slices".formatted(built, slices));
    }
  }

  /**
   * Makes the first run of a JVM for {@link MemoryProbe}.
   *
   * @param args the folder of a {@link TensorsInput} and the number of its slices
   */
  public static void main(String[] args) throws Exception {
    Pipeline pipeline = TensorsInput.pipeline(spark(), Path.of(args[0]));
    MemoryProbe.tell(() -> run(pipeline, Integer.parseInt(args[1])));
  }
}
