package org.headct.ich.jobs.network;

import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer.PoolingType;
import org.nd4j.linalg.activations.Activation;

/**
 * The small CNN of the CQ500 paper: two 3×3 convolutions and a pooling, twice, then two dense
 * layers. The widths are not published; 16, 16, 32, 32 and 64, 32 were chosen here.
 */
final class Cnn4 {
  private Cnn4() {}

  /** Adds the layers and returns the name of the last. */
  static String addTo(GraphBuilder graph, String input) {
    String last = input;
    int[] widths = {16, 16, 32, 32};
    for (int i = 0; i < widths.length; i++) {
      String conv = "conv" + (i + 1);
      graph.addLayer(
          conv,
          new ConvolutionLayer.Builder(3, 3)
              .padding(1, 1)
              .nOut(widths[i])
              .activation(Activation.RELU)
              .build(),
          last);
      last = conv;
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
}
