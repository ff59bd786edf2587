package org.headct.ich.jobs.averaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.util.SerializableConfiguration;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.headct.ich.domain.training.TrainSettings;
import org.headct.ich.domain.training.TransferSettings;
import org.headct.ich.jobs.averaging.AveragingMaster.Transport;
import org.headct.ich.jobs.batch.BatchLoader;
import org.headct.ich.jobs.batch.BatchRef;
import org.headct.ich.jobs.batch.BatchRequest;
import org.headct.ich.jobs.batch.PixelBatches;
import org.headct.ich.jobs.batch.TensorFiles;
import org.headct.ich.jobs.batch.TensorFixture;
import org.headct.ich.jobs.batch.TensorPlan;
import org.headct.ich.jobs.modelstore.ModelStore;
import org.headct.ich.jobs.modelstore.WorkShare;
import org.headct.ich.jobs.testing.TestTraining;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.MultiDataSet;

/** Tests that the result does not depend on how batches and parameters are transferred. */
class TransferSettingsIT {
  private final JavaSparkContext spark = LocalSpark.context();
  private final Configuration conf = spark.hadoopConfiguration();
  @TempDir private Path directory;
  private TensorPlan training;
  private TensorPlan none;

  /** Plans 52 rows in batches of up to 8, of different sizes. */
  @BeforeEach
  void tensors() throws IOException {
    training = plan(52);
    none = new TensorPlan(training.shape(), List.of());
  }

  private TensorPlan plan(int rows) throws IOException {
    Path folder = Files.createDirectories(directory.resolve("tensors-" + rows));
    String file = new TensorFixture(1, 24, 3).write(folder, "train", rows, 1 << 20);
    return TensorFiles.plan(conf, List.of(file), TensorFixture.DATASET, "train");
  }

  private ModelStore store(String run) {
    return new ModelStore(conf, directory.resolve(run).toString());
  }

  private INDArray train(
      String run, TrainSettings settings, TransferSettings transfer, Transport transport)
      throws IOException {
    new SparkTrainer(spark, settings, store(run), TrainProgress.NONE, transfer, transport)
        .train(training, none);
    return store(run).lastCheckpoint().orElseThrow().network().params();
  }

  @Test
  void everyWayComesToTheSameBits() throws IOException {
    TrainSettings settings =
        TestTraining.binary().workers(3).adam(0.01).averagingFrequency(2).epochs(2).build();
    assertThat(training.batches(8).stream().map(BatchRef::rows).distinct()).hasSize(2);
    INDArray shared = train("shared", settings, new TransferSettings(0, 2), Transport.SHARED);
    assertThat(train("ahead", settings, new TransferSettings(3, 2), Transport.SHARED))
        .isEqualTo(shared);
    assertThat(train("driver", settings, new TransferSettings(1, 1), Transport.BROADCAST))
        .isEqualTo(shared);
    assertThat(train("executors", settings, new TransferSettings(1, 2), Transport.BROADCAST))
        .isEqualTo(shared);
    ComputationGraph network = store("shared").lastCheckpoint().orElseThrow().network();
    ComputationGraph other = store("executors").lastCheckpoint().orElseThrow().network();
    assertThat(other.getUpdater().getStateViewArray())
        .isEqualTo(network.getUpdater().getStateViewArray());
  }

  @ParameterizedTest
  @ValueSource(ints = {3, 4})
  void averagingEveryStepEqualsOneMachineWithAllBatches(int workers) throws IOException {
    TrainSettings settings =
        TestTraining.binary().workers(workers).learningRate(0.1).averagingFrequency(1).build();
    List<BatchRef> refs = training.epoch(8, settings.seed(), 1);
    // Batches of 7 and of 8; the last round has fewer workers than the others.
    assertThat(refs.size() % workers).isNotZero();
    INDArray averaged = train("averaged", settings, new TransferSettings(1, 2), Transport.SHARED);

    ComputationGraph local = SparkTrainer.newNetwork(settings, training.shape());
    BatchLoader loader =
        new BatchLoader(
            spark.broadcast(new SerializableConfiguration(conf)),
            PixelBatches.of(settings, training.shape()));
    INDArray start = local.params().dup();
    for (int from = 0; from < refs.size(); from += workers) {
      List<org.nd4j.linalg.dataset.api.MultiDataSet> round = new ArrayList<>();
      for (BatchRef ref : refs.subList(from, Math.min(from + workers, refs.size()))) {
        round.add(loader.training(new BatchRequest(ref, settings.seed(), 1)));
      }
      local.fit(MultiDataSet.merge(round));
    }
    assertThat(local.params().distance2(start)).isGreaterThan(1e-2);
    assertThat(local.params().sub(averaged).amaxNumber().doubleValue()).isLessThan(1e-5);
  }

  @Test
  void theWorkersTimeIsAccountedFor() throws IOException {
    TrainSettings settings = TestTraining.binary().epochs(1).build();
    train("timed", settings, new TransferSettings(1, 2), Transport.SHARED);
    WorkShare share = store("timed").readMetrics().get(0).workers();
    assertThat(share).isNotNull();
    assertThat(share.computing()).isStrictlyBetween(0.0, 1.0);
    assertThat(share.waiting()).isStrictlyBetween(0.0, 1.0);
    assertThat(share.computing() + share.waiting() + share.averaging()).isCloseTo(1, within(1e-9));
  }

  /** Metrics of a release that did not measure the workers' time can be read. */
  @Test
  void olderMetricsAreRead() throws IOException {
    Files.createDirectories(directory.resolve("old"));
    Files.writeString(
        directory.resolve("old/metrics.jsonl"),
        """
        {"epoch":1,"learningRate":0.01,"trainLoss":0.5,"validationLoss":null,"validationAuc":{},"images":52,"rounds":2,"trainSeconds":3.0,"seconds":4.0}
        """,
        StandardCharsets.UTF_8);
    assertThat(store("old").readMetrics())
        .singleElement()
        .satisfies(m -> assertThat(m.workers()).isNull())
        .satisfies(m -> assertThat(m.images()).isEqualTo(52));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 2})
  void theDriverSaysWhichRowGroupCouldNotBeRead(int prefetch) throws IOException {
    String file = training.rowGroups().get(0).file();
    Path bytes = Path.of(java.net.URI.create(file));
    Files.write(bytes, new byte[(int) Files.size(bytes)]);
    assertThatThrownBy(
            () ->
                train(
                    "damaged",
                    TestTraining.binary().build(),
                    new TransferSettings(prefetch, 2),
                    Transport.SHARED))
        // Either a checksum error or Parquet's error, depending on the local file system class.
        .hasMessageContaining("cannot read row group 0 of tensor file " + file + ": ")
        .hasMessageMatching("(?s).*(Checksum error|is not a Parquet file).*");
  }
}
