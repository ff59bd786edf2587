package org.headct.ich.jobs.averaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.serializer.KryoSerializer;
import org.apache.spark.serializer.SerializerInstance;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.headct.ich.domain.error.UserException;
import org.headct.ich.domain.training.NetworkName;
import org.headct.ich.domain.training.TrainSettings;
import org.headct.ich.domain.training.TransferSettings;
import org.headct.ich.jobs.batch.TensorFiles;
import org.headct.ich.jobs.batch.TensorFixture;
import org.headct.ich.jobs.batch.TensorPlan;
import org.headct.ich.jobs.modelstore.EpochMetrics;
import org.headct.ich.jobs.modelstore.ModelFile;
import org.headct.ich.jobs.modelstore.ModelStore;
import org.headct.ich.jobs.testing.TestTraining;
import org.headct.ich.networks.BottleneckStride;
import org.headct.ich.networks.Freezing;
import org.headct.ich.networks.SmallResNet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import scala.reflect.ClassTag$;

/** Tests that frozen layers stay frozen under Spark, in checkpoints and after a resume. */
class FrozenTrainingIT {
  private static final int SIDE = 24;
  private final JavaSparkContext spark = LocalSpark.context();
  private final Configuration conf = spark.hadoopConfiguration();
  @TempDir private Path directory;
  private TensorPlan training;
  private TensorPlan validation;

  @BeforeEach
  void tensors() throws IOException {
    TensorFixture fixture = new TensorFixture(1, SIDE, 3);
    List<String> files =
        List.of(
            fixture.write(directory, "train", 64, 16 << 10),
            fixture.write(directory, "validation", 16));
    training = TensorFiles.plan(conf, files, TensorFixture.DATASET, "train");
    validation = TensorFiles.plan(conf, files, TensorFixture.DATASET, "validation");
  }

  /**
   * Returns a network with batch norm below and above the cut, and with moments that no batch of
   * these tensors has.
   */
  private ComputationGraph network(TrainSettings settings) {
    ComputationGraph network = SparkTrainer.newNetwork(settings, training.shape());
    network
        .params()
        .addi(Nd4j.rand(network.params().dataType(), network.params().shape()).muli(0.01));
    return network;
  }

  private INDArray parameter(String run, int epoch, String name) throws IOException {
    return checkpoint(run, epoch).paramTable().get(name);
  }

  private ComputationGraph checkpoint(String run, int epoch) throws IOException {
    return ModelFile.readForTraining(
        conf,
        new org.apache.hadoop.fs.Path(
            directory.resolve(run).resolve("checkpoint-000" + epoch + ".zip").toUri()));
  }

  private List<EpochMetrics> train(TrainSettings settings, String run, ComputationGraph initial)
      throws IOException {
    return new SparkTrainer(
            spark,
            settings,
            new ModelStore(conf, directory.resolve(run).toString()),
            TrainProgress.NONE,
            new TransferSettings(1, 2))
        .startingFrom(initial)
        .train(training, validation);
  }

  @Test
  void twoWorkersMoveWhatIsAboveTheCutAlone() throws IOException {
    for (TestTraining base :
        List.of(TestTraining.binary().learningRate(0.05), TestTraining.binary().adam(0.01))) {
      TrainSettings settings =
          base.network(NetworkName.CNN4_BN).averagingFrequency(2).epochs(2).build();
      ComputationGraph start = network(settings);
      ComputationGraph frozen = Freezing.freeze(start, "conv2");
      assertThat(Freezing.frozen(frozen))
          .containsExactly("conv1", "conv1-norm", "conv2", "conv2-norm");
      String run = "frozen-" + settings.optimizer();
      train(settings, run, frozen);

      ComputationGraph end = checkpoint(run, 2);
      assertThat(Freezing.frozen(end)).isEqualTo(Freezing.frozen(frozen));
      for (Map.Entry<String, INDArray> e : start.paramTable().entrySet()) {
        INDArray after = end.paramTable().get(e.getKey());
        if (e.getKey().startsWith("conv1") || e.getKey().startsWith("conv2")) {
          assertThat(after).as(e.getKey()).isEqualTo(e.getValue());
        } else {
          assertThat(after.distance2(e.getValue())).as(e.getKey()).isGreaterThan(1e-4);
        }
      }
    }
  }

  @Test
  void aResumedRunKeepsItsCut() throws IOException {
    TestTraining base = TestTraining.binary().network(NetworkName.CNN4_BN).adam(0.002);
    ComputationGraph start = Freezing.freeze(network(base.build()), "backbone");
    train(base.epochs(3).build(), "whole", start.clone());
    train(base.epochs(1).build(), "parts", start.clone());
    // Resumes like train-model, without the weights file.
    train(base.epochs(3).build(), "parts", null);
    assertThat(checkpoint("parts", 3).params()).isEqualTo(checkpoint("whole", 3).params());
    assertThat(parameter("parts", 3, "dense2_W")).isEqualTo(start.paramTable().get("dense2_W"));
    assertThat(parameter("parts", 3, "any_W")).isNotEqualTo(start.paramTable().get("any_W"));
  }

  /** Frozen layers compute the same in training and in scoring. */
  @Test
  void frozenBatchNormGoesByItsRunningMoments() {
    TrainSettings settings = TestTraining.binary().network(NetworkName.CNN4_BN).build();
    ComputationGraph free = network(settings);
    ComputationGraph frozen = Freezing.freeze(free, "backbone");
    INDArray x = Nd4j.rand(4, 1, SIDE, SIDE);
    INDArray scoring = free.feedForward(x, false).get("dense2").dup();
    assertThat(frozen.feedForward(x, true).get("dense2")).isEqualTo(scoring);
    assertThat(free.feedForward(x, true).get("dense2")).isNotEqualTo(scoring);
    // Freezing made a copy and left the original network unfrozen.
    assertThat(Freezing.frozen(free)).isEmpty();
  }

  /** A worker gets the configuration by Kryo, as in a broadcast. */
  @Test
  void aWorkerGetsTheCut() {
    ComputationGraph network =
        Freezing.freeze(SmallResNet.create(true, BottleneckStride.CONV_1X1, 1, SIDE, 1, 2), "s1");
    assertThat(Freezing.frozen(network)).contains("stem-conv", "s1-b1-shortcut-norm").hasSize(10);
    ComputationGraphConfiguration configuration = network.getConfiguration();
    SerializerInstance kryo = new KryoSerializer(spark.getConf()).newInstance();
    ComputationGraphConfiguration there =
        kryo.deserialize(
            kryo.serialize(
                configuration, ClassTag$.MODULE$.apply(ComputationGraphConfiguration.class)),
            ClassTag$.MODULE$.apply(ComputationGraphConfiguration.class));
    ComputationGraph worker = new ComputationGraph(there);
    worker.init(network.params().dup(), false);
    assertThat(Freezing.frozen(worker)).isEqualTo(Freezing.frozen(network));
    assertThat(ComputationGraphConfiguration.fromJson(configuration.toJson()))
        .isEqualTo(configuration);
    INDArray before = worker.params().dup();
    INDArray x = Nd4j.rand(4, 1, SIDE, SIDE);
    worker.fit(
        new INDArray[] {x}, new INDArray[] {Nd4j.createFromArray(1f, -1, 1, -1).reshape(4, 1)});
    assertThat(worker.params()).isNotEqualTo(before);
    ComputationGraph unmoved = new ComputationGraph(there.clone());
    unmoved.init(before, false);
    for (String layer : Freezing.frozen(network)) {
      assertThat(worker.getLayer(layer).params()).isEqualTo(unmoved.getLayer(layer).params());
    }
  }

  @Test
  void anUnknownStageIsRefusedWithTheKnownOnes() {
    ComputationGraph network = SmallResNet.create(true, BottleneckStride.CONV_3X3, 1, SIDE, 1, 2);
    assertThatThrownBy(() -> Freezing.freeze(network, "s3"))
        .isInstanceOf(UserException.class)
        .hasMessage(
            "train.freeze must be none, backbone or one of stem, s1, s2, features, got 's3'");
    assertThat(Freezing.freeze(network, "none")).isSameAs(network);
  }
}
