package org.headct.ich.jobs.averaging;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.api.java.JavaSparkContext;
import org.headct.ich.domain.training.NetworkName;
import org.headct.ich.domain.training.TrainSettings;
import org.headct.ich.domain.training.TransferSettings;
import org.headct.ich.jobs.batch.TensorFiles;
import org.headct.ich.jobs.batch.TensorFixture;
import org.headct.ich.jobs.batch.TensorPlan;
import org.headct.ich.jobs.modelstore.EpochMetrics;
import org.headct.ich.jobs.modelstore.ModelStore;
import org.headct.ich.jobs.testing.TestTraining;

/**
 * A benchmark of averaging. A round has few images of 32 pixels, so the network computes little
 * compared with the transfer of its parameters.
 *
 * <p>Arguments: network (RESNET18), rounds per epoch (12), epochs (3).
 */
final class AveragingBench {
  private AveragingBench() {}

  public static void main(String[] args) throws IOException {
    NetworkName network = NetworkName.valueOf(args.length > 0 ? args[0] : "RESNET18");
    int rounds = args.length > 1 ? Integer.parseInt(args[1]) : 12;
    int epochs = args.length > 2 ? Integer.parseInt(args[2]) : 3;
    JavaSparkContext spark = LocalSpark.context();
    Configuration conf = spark.hadoopConfiguration();
    Path directory = Files.createTempDirectory("ich-averaging");
    TensorFixture fixture = new TensorFixture(3, 32, 3);
    List<String> files = List.of(fixture.write(directory, "train", 2 * 4 * rounds));
    TensorPlan training = TensorFiles.plan(conf, files, TensorFixture.DATASET, "train");
    TensorPlan none = new TensorPlan(training.shape(), List.of());
    TrainSettings settings =
        TestTraining.binary()
            .network(network)
            .batchSize(4)
            .averagingFrequency(1)
            .epochs(epochs)
            .build();
    OperatingSystemMXBean os = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    List<Double> wall = new ArrayList<>();
    List<Double> cpu = new ArrayList<>();
    long[] last = {System.nanoTime(), os.getProcessCpuTime()};
    new SparkTrainer(
            spark,
            settings,
            new ModelStore(conf, directory.resolve("run").toString()),
            new TrainProgress() {
              @Override
              public void round(Round round) {
                long now = System.nanoTime();
                long used = os.getProcessCpuTime();
                // The first round of an epoch includes the checkpoint of the epoch before.
                if (round.epoch() > 1 && round.batches() > 2) {
                  wall.add((now - last[0]) / 1e9);
                  cpu.add((used - last[1]) / 1e9);
                }
                last[0] = now;
                last[1] = used;
              }

              @Override
              public void epoch(EpochMetrics metrics) {
                System.out.println(metrics);
              }
            },
            new TransferSettings(1, 2),
            AveragingMaster.Transport.valueOf(args.length > 3 ? args[3] : "SHARED"))
        .train(training, none);
    System.out.printf(
        Locale.ROOT,
        "%s: a round of one step takes %.2f s (median of %d; %.2f to %.2f), %.2f s of CPU%n",
        network,
        median(wall),
        wall.size(),
        wall.stream().mapToDouble(d -> d).min().orElseThrow(),
        wall.stream().mapToDouble(d -> d).max().orElseThrow(),
        median(cpu));
    spark.stop();
  }

  private static double median(List<Double> values) {
    double[] sorted = values.stream().mapToDouble(d -> d).toArray();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }
}
