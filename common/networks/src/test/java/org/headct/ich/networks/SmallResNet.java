package org.headct.ich.networks;

import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.weights.WeightInit;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;

/**
 * A residual network of this project, with fewer stages and blocks than a published one and a
 * binary head.
 */
public final class SmallResNet {
  private SmallResNet() {}

  /**
   * Creates the network with random weights; {@code stages} holds the number of blocks of each
   * stage.
   */
  public static ComputationGraph create(
      boolean bottlenecks, BottleneckStride stride, int channels, int side, int... stages) {
    GraphBuilder graph =
        new NeuralNetConfiguration.Builder()
            .seed(5)
            .dataType(DataType.FLOAT)
            .weightInit(WeightInit.RELU)
            .graphBuilder()
            .addInputs(Networks.INPUT)
            .setInputTypes(InputType.convolutional(side, side, channels));
    ResNet.Block block = bottlenecks ? ResNet.Block.BOTTLENECK : ResNet.Block.BASIC;
    String features = new ResNet(graph, block, stride, stages).addTo(Networks.INPUT, "");
    graph.addLayer(
        "any",
        new OutputLayer.Builder(new SignedWeightLoss(0))
            .activation(Activation.SIGMOID)
            .nOut(1)
            .build(),
        features);
    graph.setOutputs("any");
    ComputationGraph network = new ComputationGraph(graph.build());
    network.init();
    return network;
  }
}
