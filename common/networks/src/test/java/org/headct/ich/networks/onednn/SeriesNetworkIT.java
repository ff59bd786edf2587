package org.headct.ich.networks.onednn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.headct.ich.networks.onednn.GradientTruth.doubles;
import static org.headct.ich.networks.onednn.GradientTruth.gradient;

import java.util.Arrays;
import java.util.Random;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.headct.ich.domain.training.Head;
import org.headct.ich.domain.training.NetworkName;
import org.headct.ich.networks.BottleneckStride;
import org.headct.ich.networks.Networks;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.MultiDataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Nesterovs;

/** Tests of networks that read series, on Deeplearning4j and with their bodies on oneDNN. */
class SeriesNetworkIT {
  private static final int UNITS = 5;

  private static ComputationGraph network(NetworkName name, Head head, int channels, int side) {
    return Networks.create(
        new Networks.Form(name, head, channels, 1, side, BottleneckStride.CONV_3X3, UNITS),
        new Nesterovs(1e-3, 0.9),
        0,
        0,
        7);
  }

  /** Returns a batch of random slices, in series of the given lengths. */
  private static MultiDataSet batch(Head head, int channels, int side, int... lengths) {
    Nd4j.getRandom().setSeed(5);
    int slices = Arrays.stream(lengths).sum();
    int longest = Arrays.stream(lengths).max().orElseThrow();
    INDArray mask = Nd4j.zeros(DataType.FLOAT, lengths.length, longest);
    for (int n = 0; n < lengths.length; n++) {
      for (int t = 0; t < lengths[n]; t++) {
        mask.putScalar(n, t, 1);
      }
    }
    INDArray[] labels = new INDArray[head.outputs(true).size()];
    for (int o = 0; o < labels.length; o++) {
      labels[o] = Nd4j.rand(DataType.FLOAT, slices, 1).gt(0.5).castTo(DataType.FLOAT).mul(2).sub(1);
    }
    return new MultiDataSet(
        new INDArray[] {
          Nd4j.rand(DataType.FLOAT, slices, channels, side, side),
          mask.dup().reshape(lengths.length, 1, longest)
        },
        labels,
        new INDArray[] {null, mask},
        null);
  }

  private static INDArray[] outputs(ComputationGraph network, MultiDataSet batch) {
    return network.output(false, batch.getFeatures(), batch.getFeaturesMaskArrays(), null);
  }

  @ParameterizedTest
  @CsvSource({"CNN4, ALL, 1, 24", "CNN4_BN, BINARY, 2, 16", "RESNET18, BINARY, 3, 32"})
  void gradientsAndScoresAreDeeplearning4js(NetworkName name, Head head, int channels, int side) {
    ComputationGraph plain = network(name, head, channels, side);
    MultiDataSet batch = batch(head, channels, side, 3, 1, 4);
    GradientTruth.Measured measured = GradientTruth.measure(plain, batch);
    assertThat(measured.error()).isLessThan(measured.bound());
    assertThat(measured.score()).isLessThan(1e-4);

    ComputationGraph ours = OneDnn.graph(plain.getConfiguration(), plain.params().dup());
    for (int i = 0; i < 2; i++) {
      plain.fit(batch);
      ours.fit(batch);
    }
    assertThat(GradientTruth.distance(ours.params(), plain.params())).isLessThan(2e-3);
    ours.setParams(plain.params());
    INDArray[] expected = outputs(plain, batch);
    INDArray[] scores = outputs(ours, batch);
    assertThat(scores).hasSameSizeAs(expected).hasSize(2 * head.labels().size());
    for (int o = 0; o < expected.length; o++) {
      assertThat(scores[o].shape()).containsExactly(8, 1);
      assertThat(scores[o].sub(expected[o]).amaxNumber().doubleValue()).isLessThan(1e-5);
    }
  }

  @Test
  void namesEveryGradient() {
    ComputationGraph plain = network(NetworkName.CNN4, Head.BINARY, 1, 16);
    ComputationGraph ours = OneDnn.graph(plain.getConfiguration(), plain.params().dup());
    MultiDataSet batch = batch(Head.BINARY, 1, 16, 2, 3);
    gradient(plain, batch);
    gradient(ours, batch);
    plain
        .gradient()
        .gradientForVariable()
        .forEach(
            (name, expected) ->
                assertThat(GradientTruth.distance(ours.gradient().getGradientFor(name), expected))
                    .as(name)
                    .isLessThan(1e-3));
  }

  /**
   * Compares gradients with the score's slope by central differences, for parameters of every
   * layer.
   */
  @Test
  void gradientsAreTheSlopeOfTheScore() {
    ComputationGraph graph =
        network(NetworkName.CNN4, Head.BINARY, 1, 8).convertDataType(DataType.DOUBLE);
    MultiDataSet batch = doubles(batch(Head.BINARY, 1, 8, 2, 1));
    INDArray gradient = gradient(graph, batch).dup();
    Random random = new Random(3);
    double step = 1e-5;
    int moving = 0;
    for (INDArray parameter : graph.paramTable().values()) {
      for (int k = 0; k < 2; k++) {
        long at = parameter.offset() + random.nextInt((int) parameter.length());
        double value = graph.params().getDouble(at);
        graph.params().putScalar(at, value + step);
        gradient(graph, batch);
        double above = graph.score();
        graph.params().putScalar(at, value - step);
        gradient(graph, batch);
        double below = graph.score();
        graph.params().putScalar(at, value);
        // The score is a mean over the slices, but the gradient is a sum.
        double slope = 3 * (above - below) / (2 * step);
        assertThat(gradient.getDouble(at)).isCloseTo(slope, within(1e-4 + 1e-3 * Math.abs(slope)));
        moving += Math.abs(slope) > 1e-3 ? 1 : 0;
      }
    }
    assertThat(moving).isGreaterThan(10);
  }

  @Test
  void paddingChangesNothing() {
    ComputationGraph plain = network(NetworkName.CNN4_BN, Head.ALL, 1, 16);
    ComputationGraph ours = OneDnn.graph(plain.getConfiguration(), plain.params().dup());
    MultiDataSet both = batch(Head.ALL, 1, 16, 2, 6);
    MultiDataSet alone = batch(Head.ALL, 1, 16, 2);
    alone.getFeatures(0).assign(rows(both.getFeatures(0), 2));
    for (ComputationGraph graph : new ComputationGraph[] {plain, ours}) {
      INDArray[] beside = outputs(graph, both);
      INDArray[] by = outputs(graph, alone);
      for (int o = 0; o < by.length; o++) {
        assertThat(by[o].sub(rows(beside[o], 2)).amaxNumber().doubleValue()).isLessThan(1e-5);
      }
      // A scan's rows have equal outputs, which differ from another scan's.
      INDArray scan = beside[Head.ALL.labels().size()];
      assertThat(scan.getFloat(0, 0)).isEqualTo(scan.getFloat(1, 0));
      assertThat(scan.getFloat(2, 0)).isEqualTo(scan.getFloat(7, 0)).isNotEqualTo(scan.getFloat(0));
    }
  }

  private static INDArray rows(INDArray array, int count) {
    INDArray first = Nd4j.create(array.dataType(), rowShape(array, count));
    for (int i = 0; i < count; i++) {
      first.slice(i).assign(array.slice(i));
    }
    return first;
  }

  private static long[] rowShape(INDArray array, int count) {
    long[] shape = array.shape().clone();
    shape[0] = count;
    return shape;
  }

  /** The network reads a slice together with the slices on both sides of it. */
  @Test
  void eachSliceKnowsItsNeighbours() {
    ComputationGraph graph = network(NetworkName.CNN4, Head.BINARY, 1, 16);
    MultiDataSet batch = batch(Head.BINARY, 1, 16, 4, 3);
    INDArray before = outputs(graph, batch)[0];
    batch.getFeatures(0).slice(1).assign(0);
    INDArray moved = outputs(graph, batch)[0].sub(before);
    for (int i = 0; i < 7; i++) {
      assertThat(moved.getDouble(i) != 0).as("slice %d", i).isEqualTo(i < 4);
    }
  }

  @Test
  void theConfigurationSurvivesItsFile() {
    ComputationGraph graph = network(NetworkName.CNN4, Head.BINARY, 1, 16);
    ComputationGraphConfiguration read =
        ComputationGraphConfiguration.fromJson(graph.getConfiguration().toJson());
    assertThat(read).isEqualTo(graph.getConfiguration());
    ComputationGraph again = new ComputationGraph(read);
    again.init(graph.params().dup(), false);
    MultiDataSet batch = batch(Head.BINARY, 1, 16, 2, 3);
    assertThat(outputs(again, batch)).isEqualTo(outputs(graph, batch));
  }

  @Test
  void placesForOtherSlicesAreRefused() {
    ComputationGraph graph = network(NetworkName.CNN4, Head.BINARY, 1, 16);
    MultiDataSet batch = batch(Head.BINARY, 1, 16, 2, 3);
    MultiDataSet other = batch(Head.BINARY, 1, 16, 2, 2);
    assertThatThrownBy(
            () ->
                graph.output(
                    false,
                    new INDArray[] {batch.getFeatures(0), other.getFeatures(1)},
                    other.getFeaturesMaskArrays(),
                    null))
        .hasMessageContaining("got 5 slices but 4 places");
  }
}
