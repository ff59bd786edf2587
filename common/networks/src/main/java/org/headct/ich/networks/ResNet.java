package org.headct.ich.networks;

import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.graph.ElementWiseVertex;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.nd4j.linalg.activations.Activation;

/**
 * Residual networks (He et al. 2016, "Deep Residual Learning for Image Recognition", table 1). The
 * stride of a bottleneck is at its 3×3 convolution as in torchvision ("v1.5"), unless loaded
 * weights need it elsewhere. The stem is the published one at every input size: 7×7 stride 2, then
 * 3×3 max-pool stride 2.
 *
 * <p>Batch norm has torchvision's epsilon (1e-5) and momentum (torch's 0.1 is DL4J's decay of 0.9).
 * The running variance differs in two ways. The batch's variance divides by N here and by N − 1 in
 * torch, with N = images × height × width. That is one part in N: 1/1,568 in the last stage of 32
 * images of 224 pixels. And the variance is stored as log10 of the standard deviation. So parameter
 * averaging takes the geometric mean of the workers' variances, but the arithmetic mean of means,
 * gammas and betas.
 */
final class ResNet {
  /** The two forms of a residual block. */
  enum Block {
    /** Two 3×3 convolutions. */
    BASIC(1),
    /** Three convolutions, 1×1, 3×3 and 1×1; the last has four times the channels. */
    BOTTLENECK(4);

    private final int expansion;

    Block(int expansion) {
      this.expansion = expansion;
    }
  }

  /** The name of the pooled features, without the prefix. */
  static final String FEATURES = "features";

  private final GraphBuilder graph;
  private final Block block;
  private final BottleneckStride bottleneck;
  private final int[] stages;
  private int channels = 64;

  ResNet(GraphBuilder graph, Block block, BottleneckStride bottleneck, int... stages) {
    this.graph = graph;
    this.block = block;
    this.bottleneck = bottleneck;
    this.stages = stages;
  }

  /**
   * Adds all layers up to the pooled features and returns the name of the last one.
   *
   * @param prefix prefix of the layers' names; it keeps the branches of a network apart
   */
  String addTo(String input, String prefix) {
    String stem = prefix + "stem";
    String last = relu(stem, convNorm(stem, input, 64, 7, 2, 3));
    graph.addLayer(
        stem + "-pool",
        new SubsamplingLayer.Builder(SubsamplingLayer.PoolingType.MAX)
            .kernelSize(3, 3)
            .stride(2, 2)
            .padding(1, 1)
            .build(),
        last);
    last = stem + "-pool";
    for (int stage = 0; stage < stages.length; stage++) {
      int width = 64 << stage;
      for (int i = 0; i < stages[stage]; i++) {
        int stride = stage > 0 && i == 0 ? 2 : 1;
        last = residual("%ss%d-b%d".formatted(prefix, stage + 1, i + 1), last, width, stride);
      }
    }
    String features = prefix + FEATURES;
    graph.addLayer(features, new GlobalPoolingLayer.Builder(PoolingType.AVG).build(), last);
    return features;
  }

  private String residual(String name, String input, int width, int stride) {
    int out = width * block.expansion;
    String branch =
        switch (block) {
          case BASIC -> {
            String a = relu(name + "-a", convNorm(name + "-a", input, width, 3, stride, 1));
            yield convNorm(name + "-b", a, width, 3, 1, 1);
          }
          case BOTTLENECK -> {
            boolean first = bottleneck == BottleneckStride.CONV_1X1;
            String a =
                relu(name + "-a", convNorm(name + "-a", input, width, 1, first ? stride : 1, 0));
            String b = relu(name + "-b", convNorm(name + "-b", a, width, 3, first ? 1 : stride, 1));
            yield convNorm(name + "-c", b, out, 1, 1, 0);
          }
        };
    String shortcut =
        stride == 1 && channels == out
            ? input
            : convNorm(name + "-shortcut", input, out, 1, stride, 0);
    channels = out;
    graph.addVertex(
        name + "-add", new ElementWiseVertex(ElementWiseVertex.Op.Add), branch, shortcut);
    return relu(name, name + "-add");
  }

  private String convNorm(String name, String input, int out, int kernel, int stride, int padding) {
    graph.addLayer(
        name + "-conv",
        new ConvolutionLayer.Builder(kernel, kernel)
            .stride(stride, stride)
            .padding(padding, padding)
            .nOut(out)
            .hasBias(false)
            .activation(Activation.IDENTITY)
            .build(),
        input);
    graph.addLayer(
        name + "-norm",
        new BatchNormalization.Builder().activation(Activation.IDENTITY).build(),
        name + "-conv");
    return name + "-norm";
  }

  private String relu(String name, String input) {
    graph.addLayer(
        name + "-relu", new ActivationLayer.Builder().activation(Activation.RELU).build(), input);
    return name + "-relu";
  }
}
