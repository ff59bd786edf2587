package org.headct.ich.jobs.network;

import java.util.List;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.graph.GraphVertex;
import org.deeplearning4j.nn.conf.graph.LayerVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.weights.WeightInit;
import org.headct.ich.jobs.nd4j.Nd4jRuntime;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.config.Nesterovs;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/**
 * Builds the networks: input {@code N×C×H×W} floats, one sigmoid output {@code N×1} for each label
 * of the head, trained with binary cross-entropy; the loss is the sum over the heads.
 */
public final class Networks {
  /** Name of the only input vertex. */
  public static final String INPUT = "image";

  static {
    Nd4jRuntime.prepare();
  }

  private Networks() {}

  /**
   * What a network is.
   *
   * @param name the architecture
   * @param head its outputs
   * @param channels C
   * @param slices of which the channels are: 1, or 3 with the neighbours before and after
   * @param side H and W after the crop, in pixels
   * @param stride where the bottlenecks of a ResNet take their stride
   */
  public record Form(
      NetworkName name, Head head, int channels, int slices, int side, BottleneckStride stride) {
    /** The form that this project trains from scratch, of single slices. */
    public Form(NetworkName name, Head head, int channels, int side) {
      this(name, head, channels, 1, side, BottleneckStride.CONV_3X3);
    }
  }

  /**
   * A network with fresh weights (He initialisation, seeded).
   *
   * @param updater the update rule
   * @param weightDecay L2 coefficient on weights, not on biases, gammas and betas
   * @param labelSmoothing of the loss, 0 for none to below 1
   */
  public static ComputationGraph create(
      Form form, IUpdater updater, double weightDecay, double labelSmoothing, long seed) {
    GraphBuilder graph = start(form.channels(), form.side(), updater, weightDecay, seed);
    String features = features(form, graph);
    List<String> labels = form.head().labels();
    for (String label : labels) {
      graph.addLayer(
          label,
          new OutputLayer.Builder(new SignedWeightLoss(labelSmoothing))
              .activation(Activation.SIGMOID)
              .weightInit(WeightInit.XAVIER)
              .nOut(1)
              .build(),
          features);
    }
    graph.setOutputs(labels.toArray(String[]::new));
    ComputationGraph network = new ComputationGraph(graph.build());
    network.init();
    return network;
  }

  /** The published form with one softmax over {@code classes}, to check parameter counts. */
  static ComputationGraphConfiguration classifier(
      NetworkName name, int channels, int side, int classes) {
    GraphBuilder graph = start(channels, side, new Nesterovs(0.1, 0.9), 0, 0);
    String features = features(new Form(name, Head.BINARY, channels, side), graph);
    graph.addLayer(
        "classes",
        new OutputLayer.Builder(LossFunction.MCXENT)
            .activation(Activation.SOFTMAX)
            .nOut(classes)
            .build(),
        features);
    graph.setOutputs("classes");
    return graph.build();
  }

  /**
   * Parameters that a gradient moves: without the running means and variances of batch norm, which
   * DL4J keeps in the same vector.
   */
  public static long trainableParameters(ComputationGraphConfiguration network) {
    long parameters = 0;
    for (GraphVertex vertex : network.getVertices().values()) {
      if (vertex instanceof LayerVertex layer) {
        parameters += layer.numParams(true);
        if (layer.getLayerConf().getLayer() instanceof BatchNormalization norm) {
          parameters -= 2 * norm.getNOut();
        }
      }
    }
    return parameters;
  }

  private static GraphBuilder start(
      int channels, int side, IUpdater updater, double weightDecay, long seed) {
    return new NeuralNetConfiguration.Builder()
        .seed(seed)
        .dataType(DataType.FLOAT)
        .weightInit(WeightInit.RELU)
        .updater(updater)
        .l2(weightDecay)
        .graphBuilder()
        .addInputs(INPUT)
        .setInputTypes(InputType.convolutional(side, side, channels));
  }

  private static String features(Form form, GraphBuilder graph) {
    BottleneckStride stride = form.stride();
    return switch (form.name()) {
      case CNN4 -> new Cnn4(graph, Cnn4.Norm.NONE).addTo(INPUT);
      case CNN4_BN -> new Cnn4(graph, Cnn4.Norm.BATCH).addTo(INPUT);
      case VGG_16 -> Vgg16.addTo(graph, INPUT);
      case RESNET_18 -> resNet(graph, stride, ResNet.Block.BASIC, 2, 2, 2, 2).addTo(INPUT, "");
      case RESNET_34 -> resNet(graph, stride, ResNet.Block.BASIC, 3, 4, 6, 3).addTo(INPUT, "");
      case RESNET_50 -> resNet(graph, stride, ResNet.Block.BOTTLENECK, 3, 4, 6, 3).addTo(INPUT, "");
      case RESNET_101 ->
          resNet(graph, stride, ResNet.Block.BOTTLENECK, 3, 4, 23, 3).addTo(INPUT, "");
      case RESNET_152 ->
          resNet(graph, stride, ResNet.Block.BOTTLENECK, 3, 8, 36, 3).addTo(INPUT, "");
      case DOUBLE_RESNET_18 ->
          DoubleBranch.addTo(
              graph, form, () -> resNet(graph, stride, ResNet.Block.BASIC, 2, 2, 2, 2));
      case DOUBLE_RESNET_50 ->
          DoubleBranch.addTo(
              graph, form, () -> resNet(graph, stride, ResNet.Block.BOTTLENECK, 3, 4, 6, 3));
    };
  }

  private static ResNet resNet(
      GraphBuilder graph, BottleneckStride stride, ResNet.Block block, int... stages) {
    return new ResNet(graph, block, stride, stages);
  }
}
