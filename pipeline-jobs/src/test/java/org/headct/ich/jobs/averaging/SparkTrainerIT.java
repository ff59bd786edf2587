package org.headct.ich.jobs.averaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.util.SerializableConfiguration;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.headct.ich.domain.config.DicomConfig.Reader;
import org.headct.ich.domain.error.UserException;
import org.headct.ich.domain.training.Head;
import org.headct.ich.domain.training.NetworkName;
import org.headct.ich.domain.training.TrainSettings;
import org.headct.ich.domain.training.TransferSettings;
import org.headct.ich.jobs.batch.BatchLoader;
import org.headct.ich.jobs.batch.BatchRef;
import org.headct.ich.jobs.batch.BatchRequest;
import org.headct.ich.jobs.batch.PixelBatches;
import org.headct.ich.jobs.batch.TensorFiles;
import org.headct.ich.jobs.batch.TensorFixture;
import org.headct.ich.jobs.batch.TensorPlan;
import org.headct.ich.jobs.batch.TensorReader;
import org.headct.ich.jobs.batch.TensorRow;
import org.headct.ich.jobs.modelstore.EpochMetrics;
import org.headct.ich.jobs.modelstore.ModelFile;
import org.headct.ich.jobs.modelstore.ModelStore;
import org.headct.ich.jobs.modelstore.Preprocessing;
import org.headct.ich.jobs.modelstore.RunInfo;
import org.headct.ich.jobs.scoring.ScoredImage;
import org.headct.ich.jobs.scoring.Scorer;
import org.headct.ich.jobs.scoring.ScoringTime;
import org.headct.ich.jobs.testing.TestTraining;
import org.headct.ich.networks.nd4j.Backend;
import org.headct.ich.networks.weights.StartingWeights;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.MultiDataSet;

class SparkTrainerIT {
  private final JavaSparkContext spark = LocalSpark.context();
  private final Configuration conf = spark.hadoopConfiguration();
  @TempDir private Path directory;
  private TensorPlan training;
  private TensorPlan validation;

  @BeforeEach
  void tensors() throws IOException {
    tensors(1, 32, 128, 64);
  }

  private void tensors(int channels, int side, int train, int validate) throws IOException {
    TensorFixture fixture = new TensorFixture(channels, side, 3);
    Path tensors =
        Files.createDirectories(
            directory.resolve("tensors-%d-%d-%d".formatted(channels, side, train)));
    List<String> files =
        List.of(
            fixture.write(tensors, "train", train, 64 << 10),
            fixture.write(tensors, "validation", validate));
    training = TensorFiles.plan(conf, files, TensorFixture.DATASET, "train");
    validation = TensorFiles.plan(conf, files, TensorFixture.DATASET, "validation");
  }

  private ModelStore store(String run) {
    return new ModelStore(conf, directory.resolve("models").resolve(run).toString());
  }

  private List<EpochMetrics> train(TrainSettings settings, String run) throws IOException {
    return new SparkTrainer(
            spark, settings, store(run), TrainProgress.NONE, new TransferSettings(1, 2))
        .train(training, validation);
  }

  private INDArray params(String run, int epoch) throws IOException {
    org.apache.hadoop.fs.Path file =
        new org.apache.hadoop.fs.Path(
            directory
                .resolve("models")
                .resolve(run)
                .resolve("checkpoint-000" + epoch + ".zip")
                .toUri());
    return ModelFile.readForTraining(conf, file).params();
  }

  @Test
  void learnsAndTheReloadedModelGivesTheSameScores() throws IOException {
    TrainSettings settings = TestTraining.multilabel().adam(0.003).epochs(14).build();
    List<TrainProgress.Round> rounds = new ArrayList<>();
    TrainProgress progress =
        new TrainProgress() {
          @Override
          public void round(Round round) {
            rounds.add(round);
          }
        };
    ModelStore store = store("learns");
    List<EpochMetrics> metrics =
        new SparkTrainer(spark, settings, store, progress, new TransferSettings(1, 2))
            .train(training, validation);

    EpochMetrics last = metrics.get(metrics.size() - 1);
    assertThat(last.validationAuc())
        .hasSize(5)
        .allSatisfy((k, v) -> assertThat(v).isGreaterThan(0.95));
    assertThat(last.validationLoss()).isLessThan(metrics.get(0).validationLoss());
    assertThat(store.readMetrics()).isEqualTo(metrics);
    assertThat(rounds.get(rounds.size() - 1).remaining()).isZero();
    assertThat(rounds).hasSize(metrics.stream().mapToInt(EpochMetrics::rounds).sum());

    List<ScoredImage> scored = scores(store, settings);
    assertThat(scored).hasSize(64);
    // The best model, read from its file, has the loss that was recorded during training.
    double best = metrics.stream().mapToDouble(EpochMetrics::validationLoss).min().orElseThrow();
    assertThat(Validation.of(Head.MULTILABEL, scored).loss()).isCloseTo(best, within(1e-6));

    ComputationGraph reloaded =
        ModelFile.readForScoring(conf, new org.apache.hadoop.fs.Path(store.modelPath()));
    List<TensorRow> rows =
        TensorReader.rowGroup(
            conf, validation.rowGroups().get(0).file(), validation.rowGroups().get(0).index());
    INDArray[] direct =
        reloaded.output(
            PixelBatches.of(settings, validation.shape()).evaluation(rows).getFeatures(0));
    for (int i = 0; i < rows.size(); i++) {
      ScoredImage image = scored.get(i);
      assertThat(image.imageId()).isEqualTo(rows.get(i).imageId());
      for (int o = 0; o < 5; o++) {
        assertThat((double) image.scores()[o]).isCloseTo(direct[o].getDouble(i, 0), within(1e-6));
      }
    }
  }

  private List<ScoredImage> scores(ModelStore store, TrainSettings settings) throws IOException {
    return Scorer.score(spark, store.modelPath(), settings, validation, 2, new ScoringTime(spark))
        .collect();
  }

  @Test
  @Tag("nightly")
  void residualNetworkLearnsWithCropsAndFlips() throws IOException {
    tensors(3, 32, 96, 48);
    TrainSettings settings =
        TestTraining.binary()
            .network(NetworkName.RESNET18)
            .cropFraction(0.875)
            .learningRate(0.01)
            .averagingFrequency(6)
            .epochs(4)
            .build();
    List<EpochMetrics> metrics = train(settings, "resnet");
    assertThat(metrics.stream().mapToDouble(m -> m.validationAuc().get("any")).max().orElseThrow())
        .isGreaterThan(0.95);
  }

  @Test
  void resumedRunEndsWhereAnUninterruptedOneDoes() throws IOException {
    TestTraining settings = TestTraining.binary().adam(0.002);
    train(settings.epochs(4).build(), "whole");
    train(settings.epochs(2).build(), "parts");
    List<EpochMetrics> metrics = train(settings.epochs(4).build(), "parts");
    assertThat(metrics.stream().map(EpochMetrics::epoch)).containsExactly(1, 2, 3, 4);
    assertThat(params("parts", 4)).isEqualTo(params("whole", 4));
    // Two checkpoints remain, and no temporary file.
    try (var files = Files.list(directory.resolve("models/parts"))) {
      assertThat(
              files.map(f -> f.getFileName().toString()).filter(n -> !n.endsWith(".crc")).sorted())
          .containsExactly(
              "checkpoint-0003.zip", "checkpoint-0004.zip", "metrics.jsonl", "model.zip");
    }
  }

  /** The rate is too small to change a float32, so the first epoch stays the best. */
  @Test
  void aRunStopsWhenItsLossStallsAndStaysStopped() throws IOException {
    TrainSettings settings =
        TestTraining.binary().learningRate(1e-30).epochs(9).stopAfter(2).build();
    assertThat(train(settings, "stalled")).hasSize(3);
    assertThat(train(settings, "stalled")).hasSize(3);
  }

  @Test
  void aRunRepeatsBitForBit() throws IOException {
    TrainSettings settings = TestTraining.binary().epochs(2).cropFraction(0.875).build();
    train(settings, "one");
    train(settings, "two");
    assertThat(params("one", 2)).isEqualTo(params("two", 2));
  }

  @Test
  void twoWorkersEqualOneLocalDoubleBatch() throws IOException {
    tensors(1, 24, 32, 8);
    TrainSettings settings =
        TestTraining.binary().momentum(0).learningRate(0.1).averagingFrequency(1).build();
    List<BatchRef> refs = training.epoch(8, settings.seed(), 1);
    assertThat(refs).hasSize(4);
    train(settings, "averaged");

    ComputationGraph local = SparkTrainer.newNetwork(settings, training.shape());
    BatchLoader loader =
        new BatchLoader(
            spark.broadcast(new SerializableConfiguration(conf)),
            PixelBatches.of(settings, training.shape()));
    INDArray start = local.params().dup();
    for (int round = 0; round < 2; round++) {
      List<org.nd4j.linalg.dataset.api.MultiDataSet> pair = new ArrayList<>();
      for (BatchRef ref : refs.subList(2 * round, 2 * round + 2)) {
        pair.add(loader.training(new BatchRequest(ref, settings.seed(), 1)));
      }
      local.fit(MultiDataSet.merge(pair));
    }
    assertThat(local.params().distance2(start)).isGreaterThan(1e-2);
    assertThat(local.params().sub(params("averaged", 1)).amaxNumber().doubleValue())
        .isLessThan(1e-5);
  }

  @Test
  void adamUnderOneWorkerEqualsLocalTraining() throws IOException {
    tensors(1, 24, 32, 8);
    TrainSettings settings =
        TestTraining.binary().adam(0.002).workers(1).averagingFrequency(1).build();
    train(settings, "spark");
    ComputationGraph fresh = SparkTrainer.newNetwork(settings, training.shape());
    // Uses the workers' graph class, because Adam amplifies rounding differences.
    ComputationGraph local = TrainedGraph.create(fresh.getConfiguration(), fresh.params());
    BatchLoader loader =
        new BatchLoader(
            spark.broadcast(new SerializableConfiguration(conf)),
            PixelBatches.of(settings, training.shape()));
    for (BatchRef ref : training.epoch(8, settings.seed(), 1)) {
      local.fit(loader.training(new BatchRequest(ref, settings.seed(), 1)));
    }
    assertThat(local.params().sub(params("spark", 1)).amaxNumber().doubleValue()).isLessThan(1e-6);
  }

  @Test
  void executorsUseOneDnn() {
    assertThat(
            spark.parallelize(List.of(0, 1), 2).map(i -> Backend.describe()).distinct().collect())
        .containsExactly(Backend.describe());
    assertThat(Backend.describe().accelerated()).isTrue();
  }

  @Test
  void runDescriptionSurvives() throws IOException {
    ModelStore store = store("described");
    RunInfo info =
        new RunInfo(
            "described",
            TensorFixture.DATASET,
            123L,
            training.shape(),
            TestTraining.binary().build(),
            "0.1.0",
            11L,
            "CPU",
            Map.of("tensors.size", "32"),
            new StartingWeights("m.zip", 7, "ab", "same", "s1", List.of("stem-conv")),
            new Preprocessing("64x64 brain:40/80 float32 v1", "0.5/0.25", Reader.BUILTIN));
    store.writeRun(info);
    assertThat(store.readRun()).isEqualTo(info);
    assertThatThrownBy(() -> store("none").readRun())
        .isInstanceOf(UserException.class)
        .hasMessageContaining("no run.json");
  }

  @Test
  void saysWhatIsMissing() throws IOException {
    TensorPlan nothing = new TensorPlan(training.shape(), List.of());
    TrainSettings settings = TestTraining.binary().build();
    assertThatThrownBy(
            () ->
                new SparkTrainer(
                        spark,
                        settings,
                        store("empty"),
                        TrainProgress.NONE,
                        new TransferSettings(1, 2))
                    .train(nothing, nothing))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("no training rows");
    train(settings, "taken");
    assertThatThrownBy(() -> train(TestTraining.multilabel().epochs(2).build(), "taken"))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("another network or seed");
  }
}
