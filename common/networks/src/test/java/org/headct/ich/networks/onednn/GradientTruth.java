package org.headct.ich.networks.onednn;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.headct.ich.domain.training.Head;
import org.headct.ich.domain.training.NetworkName;
import org.headct.ich.networks.Networks;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.MultiDataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Nesterovs;

/**
 * The distance of oneDNN's gradients from reference gradients, which Deeplearning4j computes in
 * double precision without oneDNN. Run as a separate program, it measures an instruction set other
 * than this CPU's best.
 */
final class GradientTruth {
  private GradientTruth() {}

  /**
   * The result of a measurement.
   *
   * @param error relative distance of the gradient from the reference
   * @param theirs relative distance of Deeplearning4j's gradient in single precision from the
   *     reference
   * @param score difference of the two scores, relative if they are above 1
   * @param plainLoops kinds of the steps that the library has no fast code for
   */
  record Measured(double error, double theirs, double score, List<String> plainLoops) {
    /**
     * Returns the largest error that is accepted. Batch norm over few pixels makes rounding errors
     * large, with and without oneDNN.
     */
    double bound() {
      return Math.min(0.1, Math.max(1e-5, 1.5 * theirs));
    }
  }

  /** Prints a measurement as JSON. Arguments: network, head, channels, side. */
  public static void main(String[] args) throws IOException {
    Measured measured =
        measure(
            NetworkName.valueOf(args[0]),
            Head.valueOf(args[1]),
            Integer.parseInt(args[2]),
            Integer.parseInt(args[3]));
    System.out.println(new ObjectMapper().writeValueAsString(measured));
  }

  static Measured measure(NetworkName name, Head head, int channels, int side) {
    return measure(network(name, head, channels, side), batch(head, 8, channels, side));
  }

  static Measured measure(ComputationGraph plain, MultiDataSet batch) {
    int[] shape = Arrays.stream(batch.getFeatures(0).shape()).mapToInt(n -> (int) n).toArray();
    OneDnnGraph ours = (OneDnnGraph) OneDnn.graph(plain.getConfiguration(), plain.params().dup());
    ComputationGraph exact = plain.convertDataType(DataType.DOUBLE);
    INDArray truth = gradient(exact, doubles(batch));
    double error = distance(gradient(ours, batch), truth);
    double theirs = distance(gradient(plain, batch), truth);
    return new Measured(
        error,
        theirs,
        Math.abs(ours.score() - plain.score()) / Math.max(1, plain.score()),
        plainLoops(plain, shape));
  }

  /**
   * Returns the kinds of the plain loops in a training step; plans the step without running it.
   *
   * @param shape rows, channels, side
   */
  static List<String> plainLoops(ComputationGraph network, int... shape) {
    network.initGradientsView();
    long[] batch = {shape[0], shape[1], shape[2], shape[2]};
    try (Arena arena = new Arena();
        Body body =
            new Body(network, new BodyShape(network), batch, Program.Purpose.TRAINING, arena)) {
      return body.plainLoops();
    }
  }

  static ComputationGraph network(NetworkName name, Head head, int channels, int side) {
    return Networks.create(
        new Networks.Form(name, head, channels, side), new Nesterovs(1e-3, 0.9), 1e-4, 0, 7);
  }

  static MultiDataSet batch(Head head, int rows, int channels, int side) {
    Nd4j.getRandom().setSeed(rows);
    INDArray[] labels = new INDArray[head.labels().size()];
    for (int o = 0; o < labels.length; o++) {
      labels[o] = Nd4j.rand(DataType.FLOAT, rows, 1).gt(0.5).castTo(DataType.FLOAT).mul(2).sub(1);
    }
    return new MultiDataSet(
        new INDArray[] {Nd4j.rand(DataType.FLOAT, rows, channels, side, side)}, labels);
  }

  static INDArray gradient(ComputationGraph graph, MultiDataSet batch) {
    graph.setInputs(batch.getFeatures());
    graph.setLabels(batch.getLabels());
    graph.setLayerMaskArrays(batch.getFeaturesMaskArrays(), null);
    // Makes dropout draw the same values each time.
    Nd4j.getRandom().setSeed(3);
    graph.computeGradientAndScore();
    return graph.gradient().gradient().castTo(DataType.DOUBLE);
  }

  /** Returns the relative distance. */
  static double distance(INDArray a, INDArray b) {
    return a.castTo(DataType.DOUBLE).distance2(b.castTo(DataType.DOUBLE))
        / b.castTo(DataType.DOUBLE).norm2Number().doubleValue();
  }

  static MultiDataSet doubles(MultiDataSet batch) {
    return new MultiDataSet(
        doubles(batch.getFeatures()),
        doubles(batch.getLabels()),
        batch.getFeaturesMaskArrays() == null ? null : doubles(batch.getFeaturesMaskArrays()),
        null);
  }

  private static @Nullable INDArray[] doubles(@Nullable INDArray[] arrays) {
    @Nullable INDArray[] doubles = new INDArray[arrays.length];
    for (int i = 0; i < doubles.length; i++) {
      INDArray array = arrays[i];
      doubles[i] = array == null ? null : array.castTo(DataType.DOUBLE);
    }
    return doubles;
  }
}
