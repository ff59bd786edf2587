package org.headct.ich.networks.onednn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.headct.ich.networks.onednn.GradientTruth.batch;
import static org.headct.ich.networks.onednn.GradientTruth.distance;
import static org.headct.ich.networks.onednn.GradientTruth.gradient;
import static org.headct.ich.networks.onednn.GradientTruth.network;

import java.util.List;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.Deconvolution2D;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.headct.ich.domain.training.Head;
import org.headct.ich.domain.training.NetworkName;
import org.headct.ich.networks.BottleneckStride;
import org.headct.ich.networks.Freezing;
import org.headct.ich.networks.Networks;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.MultiDataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Nesterovs;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

class OneDnnGraphIT {
  private static ComputationGraph onOneDnn(ComputationGraph network) {
    ComputationGraph graph = OneDnn.graph(network.getConfiguration(), network.params().dup());
    assertThat(graph).isInstanceOf(OneDnnGraph.class);
    return graph;
  }

  @ParameterizedTest
  @CsvSource({
    "CNN4, BINARY, 1, 32",
    "RESNET18, BINARY, 3, 64",
    "RESNET50, MULTILABEL, 3, 64",
  })
  void gradientsAndScoreAreDeeplearning4js(NetworkName name, Head head, int channels, int side) {
    assertRight(name, head, channels, side);
  }

  /** Uses sides that no layer halves evenly. */
  @Test
  @Tag("nightly")
  void gradientsOfOddSidesAreDeeplearning4js() {
    assertRight(NetworkName.RESNET18, Head.MULTILABEL, 9, 57);
  }

  private static void assertRight(NetworkName name, Head head, int channels, int side) {
    GradientTruth.Measured measured = GradientTruth.measure(name, head, channels, side);
    assertThat(measured.error()).isLessThan(measured.bound());
    assertThat(measured.score()).isLessThan(1e-4);
  }

  /** Batch norm uses its running moments below the cut and the batch's above; no gradient below. */
  @ParameterizedTest
  @CsvSource({
    "RESNET18, s2",
    "CNN4, backbone",
  })
  void frozenLayersRunOnOneDnnToo(NetworkName name, String stage) {
    assertFrozen(name, stage);
  }

  @ParameterizedTest
  @Tag("nightly")
  @CsvSource({
    "RESNET18, stem",
    "RESNET50, s3",
    "RESNET18, backbone",
    "CNN4_BN, conv2",
  })
  void frozenLayersOfOtherCutsRunOnOneDnnToo(NetworkName name, String stage) {
    assertFrozen(name, stage);
  }

  private static void assertFrozen(NetworkName name, String stage) {
    ComputationGraph free = network(name, Head.MULTILABEL, 3, 48);
    // Running moments that no batch has.
    free.params().addi(Nd4j.rand(DataType.FLOAT, free.params().shape()).muli(0.01));
    ComputationGraph frozen = Freezing.freeze(free, stage);
    BodyShape parts = new BodyShape(frozen);
    assertThat(parts.parts()).hasSameSizeAs(new BodyShape(free).parts());
    assertThat(parts.parts().stream().filter(BodyShape.Part::frozen)).isNotEmpty();

    GradientTruth.Measured measured =
        GradientTruth.measure(frozen, batch(Head.MULTILABEL, 8, 3, 48));
    assertThat(measured.error()).isLessThan(measured.bound());
    assertThat(measured.score()).isLessThan(1e-4);

    ComputationGraph ours = onOneDnn(frozen);
    for (int i = 0; i < 3; i++) {
      ours.fit(batch(Head.MULTILABEL, 8, 3, 48));
    }
    List<String> still = Freezing.frozen(frozen);
    frozen
        .paramTable()
        .forEach(
            (parameter, before) -> {
              INDArray after = ours.paramTable().get(parameter);
              String layer = parameter.substring(0, parameter.lastIndexOf('_'));
              assertThat(after.distance2(before) == 0)
                  .as(parameter)
                  .isEqualTo(still.contains(layer));
            });
  }

  /** Channels are cut out of the input and, for three slices, merged before the branches. */
  @Test
  void branchesRunOnOneDnnToo() {
    assertBranchesRight(9, 3);
  }

  @Test
  @Tag("nightly")
  void branchesOfOneSliceRunOnOneDnnToo() {
    assertBranchesRight(4, 1);
  }

  private static void assertBranchesRight(int channels, int slices) {
    ComputationGraph plain =
        Networks.create(
            new Networks.Form(
                NetworkName.DOUBLE_RESNET18,
                Head.MULTILABEL,
                channels,
                slices,
                64,
                BottleneckStride.CONV_3X3,
                0),
            new Nesterovs(1e-3, 0.9),
            1e-4,
            0,
            7);
    BodyShape body = new BodyShape(plain);
    assertThat(body.edges()).hasSize(2);
    MultiDataSet batch = batch(Head.MULTILABEL, 8, channels, 64);
    GradientTruth.Measured measured = GradientTruth.measure(plain, batch);
    assertThat(measured.error()).isLessThan(measured.bound());
    assertThat(measured.score()).isLessThan(1e-4);
    assertThat(measured.plainLoops()).isEmpty();
    INDArray image = batch.getFeatures(0);
    assertThat(distance(onOneDnn(plain).output(image)[0], plain.output(image)[0])).isLessThan(1e-5);
  }

  @Test
  void namesEveryGradient() {
    MultiDataSet batch = batch(Head.MULTILABEL, 2, 3, 32);
    ComputationGraph plain = network(NetworkName.RESNET50, Head.MULTILABEL, 3, 32);
    ComputationGraph ours = onOneDnn(plain);
    gradient(plain, batch);
    gradient(ours, batch);
    assertThat(ours.gradient().gradientForVariable().keySet())
        .containsExactlyInAnyOrderElementsOf(plain.gradient().gradientForVariable().keySet());
  }

  /** Covers crops of 64 and 128, and whole tensors of 64. */
  @ParameterizedTest
  @ValueSource(ints = {56, 64, 112})
  void noStepIsLeftToPlainLoops(int side) {
    assertNoPlainLoops(side);
  }

  /** Covers crops of 256, and whole tensors of 256 and 512. */
  @ParameterizedTest
  @Tag("nightly")
  @ValueSource(ints = {224, 256, 512})
  void noStepOfLargeTensorsIsLeftToPlainLoops(int side) {
    assertNoPlainLoops(side);
  }

  private static void assertNoPlainLoops(int side) {
    for (NetworkName name : List.of(NetworkName.RESNET18, NetworkName.RESNET50)) {
      assertThat(GradientTruth.plainLoops(network(name, Head.BINARY, 3, side), 8, 3, side))
          .isEmpty();
    }
  }

  @Test
  void dropoutAndDenseLayersStayDeeplearning4js() {
    MultiDataSet batch = batch(Head.BINARY, 4, 1, 32);
    ComputationGraph plain = network(NetworkName.VGG16, Head.BINARY, 1, 32);
    ComputationGraph ours = onOneDnn(plain);
    INDArray expected = gradient(plain, batch);
    assertThat(distance(gradient(ours, batch), expected)).isLessThan(1e-4);
  }

  @Test
  void trainingAndScoringGoTheSameWay() {
    ComputationGraph plain = network(NetworkName.RESNET18, Head.MULTILABEL, 3, 48);
    ComputationGraph ours = onOneDnn(plain);
    // Alternates between two batch sizes, as at the ends of row groups.
    for (int rows : new int[] {8, 7, 8, 7}) {
      MultiDataSet batch = batch(Head.MULTILABEL, rows, 3, 48);
      plain.fit(batch);
      ours.fit(batch);
      assertThat(ours.score()).isCloseTo(plain.score(), within(1e-2));
    }
    assertThat(distance(ours.params(), plain.params())).isLessThan(2e-3);
    assertThat(
            distance(ours.getUpdater().getStateViewArray(), plain.getUpdater().getStateViewArray()))
        .isLessThan(0.1);

    // Scores both graphs with the same parameters, by the running moments.
    ours.setParams(plain.params());
    INDArray image = batch(Head.MULTILABEL, 5, 3, 48).getFeatures(0);
    INDArray[] expected = plain.output(image);
    INDArray[] scores = ours.output(image);
    for (int o = 0; o < expected.length; o++) {
      assertThat(scores[o].shape()).containsExactly(5, 1);
      assertThat(scores[o].sub(expected[o]).amaxNumber().doubleValue()).isLessThan(1e-5);
    }
  }

  @Test
  void aReleasedGraphGoesOn() {
    ComputationGraph graph = onOneDnn(network(NetworkName.RESNET18, Head.BINARY, 3, 32));
    MultiDataSet batch = batch(Head.BINARY, 8, 3, 32);
    INDArray first = gradient(graph, batch);
    OneDnn.release(graph);
    assertThat(gradient(graph, batch)).isEqualTo(first);
  }

  @Test
  void manySizesOfBatchesAreForgottenInTurn() {
    ComputationGraph graph = onOneDnn(network(NetworkName.CNN4, Head.BINARY, 1, 16));
    INDArray first = gradient(graph, batch(Head.BINARY, 3, 1, 16));
    for (int rows = 4; rows < 14; rows++) {
      gradient(graph, batch(Head.BINARY, rows, 1, 16));
    }
    assertThat(gradient(graph, batch(Head.BINARY, 3, 1, 16))).isEqualTo(first);
  }

  @Test
  void repeatsBitForBit() {
    MultiDataSet batch = batch(Head.BINARY, 8, 3, 64);
    ComputationGraph network = network(NetworkName.RESNET18, Head.BINARY, 3, 64);
    assertThat(gradient(onOneDnn(network), batch)).isEqualTo(gradient(onOneDnn(network), batch));
  }

  /** A transposed convolution comes first, so oneDNN can take no vertex from the input on. */
  @Test
  void whatOneDnnHasNoPartInIsLeftToDeeplearning4j() {
    ComputationGraph plain =
        new ComputationGraph(
            new NeuralNetConfiguration.Builder()
                .seed(1)
                .graphBuilder()
                .addInputs("image")
                .setInputTypes(InputType.convolutional(8, 8, 1))
                .addLayer("up", new Deconvolution2D.Builder(2, 2).nOut(2).build(), "image")
                .addLayer("conv", new ConvolutionLayer.Builder(3, 3).nOut(2).build(), "up")
                .addLayer(
                    "out",
                    new OutputLayer.Builder(LossFunction.XENT)
                        .activation(Activation.SIGMOID)
                        .nOut(1)
                        .build(),
                    "conv")
                .setOutputs("out")
                .build());
    plain.init();
    INDArray image = Nd4j.rand(DataType.FLOAT, 2, 1, 8, 8);
    MultiDataSet batch = new MultiDataSet(image, Nd4j.ones(DataType.FLOAT, 2, 1));
    ComputationGraph ours = onOneDnn(plain);
    assertThat(gradient(ours, batch)).isEqualTo(gradient(plain, batch));
    assertThat(ours.output(image)[0]).isEqualTo(plain.output(image)[0]);
  }

  /**
   * The limit excludes parameters, gradients and momentum, 0.7 GiB. The test plans and allocates
   * nothing.
   */
  @Test
  void aStepOfResNet152NeedsLessThanFourGibibytes() {
    ComputationGraph network = network(NetworkName.RESNET152, Head.MULTILABEL, 3, 224);
    network.initGradientsView();
    try (Arena arena = new Arena();
        Body body =
            new Body(
                network,
                new BodyShape(network),
                new long[] {8, 3, 224, 224},
                Program.Purpose.TRAINING,
                arena)) {
      assertThat(body.bytes()).isBetween(1L << 30, 4L << 30);
    }
  }

  @Test
  void saysWhichVersion() {
    assertThat(OneDnn.isUsed()).isTrue();
    assertThat(OneDnn.describe()).startsWith("2.5.2 (");
  }
}
