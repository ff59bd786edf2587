package org.headct.ich.networks;

import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.DropoutLayer;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer.PoolingType;
import org.nd4j.linalg.activations.Activation;

/**
 * VGG-16: five blocks of 3×3 convolutions with a pooling after each, then two dense layers of 4096
 * with dropout of a half. The head is the third dense layer [Simonyan and Zisserman 2015, table 1,
 * configuration D].
 */
final class Vgg16 {
  private static final int[][] BLOCKS = {
    {64, 64}, {128, 128}, {256, 256, 256}, {512, 512, 512}, {512, 512, 512}
  };
  private static final int DENSE = 4096;

  /** The probability that a value stays, as DL4J's dropout expects it. */
  private static final double KEPT = 0.5;

  private Vgg16() {}

  /** Adds the layers and returns the name of the last one. */
  static String addTo(GraphBuilder graph, String input) {
    String last = input;
    for (int block = 0; block < BLOCKS.length; block++) {
      for (int i = 0; i < BLOCKS[block].length; i++) {
        String conv = "conv%d_%d".formatted(block + 1, i + 1);
        graph.addLayer(
            conv,
            new ConvolutionLayer.Builder(3, 3)
                .padding(1, 1)
                .nOut(BLOCKS[block][i])
                .activation(Activation.RELU)
                .build(),
            last);
        last = conv;
      }
      String pool = "pool" + (block + 1);
      graph.addLayer(
          pool,
          new SubsamplingLayer.Builder(PoolingType.MAX).kernelSize(2, 2).stride(2, 2).build(),
          last);
      last = pool;
    }
    graph.addLayer("dense1", dense().build(), last);
    // A layer's dropout applies to its input.
    graph.addLayer("dense2", dense().dropOut(KEPT).build(), "dense1");
    graph.addLayer("dropout", new DropoutLayer.Builder(KEPT).build(), "dense2");
    return "dropout";
  }

  private static DenseLayer.Builder dense() {
    return new DenseLayer.Builder().nOut(DENSE).activation(Activation.RELU);
  }
}
