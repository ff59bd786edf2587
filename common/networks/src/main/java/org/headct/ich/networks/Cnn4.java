package org.headct.ich.networks;

import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer.PoolingType;
import org.nd4j.linalg.activations.Activation;

/**
 * The small CNN of the CQ500 paper: two 3×3 convolutions and a pooling, twice, then two dense
 * layers. The paper does not give the widths. This project chose 16, 16, 32, 32 and 64, 32. With
 * batch norm, each convolution is followed by a norm before its ReLU. It then has no bias, because
 * the norm's beta replaces it.
 */
final class Cnn4 {
  private static final int[] WIDTHS = {16, 16, 32, 32};

  /** The layer between a convolution and its ReLU. */
  enum Norm {
    NONE,
    BATCH
  }

  private final GraphBuilder graph;
  private final Norm norm;

  Cnn4(GraphBuilder graph, Norm norm) {
    this.graph = graph;
    this.norm = norm;
  }

  /** Adds the layers and returns the name of the last one. */
  String addTo(String input) {
    String last = input;
    for (int i = 0; i < WIDTHS.length; i++) {
      last = convolution("conv" + (i + 1), last, WIDTHS[i]);
      if (i % 2 == 1) {
        String pool = "pool" + (i / 2 + 1);
        graph.addLayer(
            pool,
            new SubsamplingLayer.Builder(PoolingType.MAX).kernelSize(2, 2).stride(2, 2).build(),
            last);
        last = pool;
      }
    }
    graph.addLayer(
        "dense1", new DenseLayer.Builder().nOut(64).activation(Activation.RELU).build(), last);
    graph.addLayer(
        "dense2", new DenseLayer.Builder().nOut(32).activation(Activation.RELU).build(), "dense1");
    return "dense2";
  }

  private String convolution(String name, String input, int width) {
    ConvolutionLayer.Builder convolution =
        new ConvolutionLayer.Builder(3, 3).padding(1, 1).nOut(width);
    if (norm == Norm.NONE) {
      graph.addLayer(name, convolution.activation(Activation.RELU).build(), input);
      return name;
    }
    graph.addLayer(name, convolution.hasBias(false).activation(Activation.IDENTITY).build(), input);
    graph.addLayer(
        name + "-norm",
        new BatchNormalization.Builder().activation(Activation.IDENTITY).build(),
        name);
    // The ReLU is a separate layer, as in the residual networks, because oneDNN fuses norm and
    // ReLU.
    graph.addLayer(
        name + "-relu",
        new ActivationLayer.Builder().activation(Activation.RELU).build(),
        name + "-norm");
    return name + "-relu";
  }
}
