package org.headct.ich.networks;

import java.util.List;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.graph.MergeVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.recurrent.Bidirectional;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.weights.WeightInit;
import org.headct.ich.domain.training.Head;
import org.headct.ich.domain.training.NetworkName;
import org.headct.ich.domain.training.OptimizerSettings;
import org.headct.ich.networks.nd4j.Nd4jRuntime;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.config.Nesterovs;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/**
 * The factory of the networks. The input is {@code N×C×H×W} floats. Each label of the head has one
 * sigmoid output {@code N×1}, trained with binary cross-entropy. The loss is the sum over the
 * outputs.
 *
 * <p>With an LSTM the network reads whole series. The M images are the slices of N series, series
 * by series, each in slice order. A second input, the N×1×T mask of places, says which steps hold a
 * slice ({@link SeriesVertex}). The convolutional part never sees padding.
 *
 * <p>A bidirectional LSTM reads each slice's features along the series. Its outputs, joined with
 * those features, predict for the slice. Their maxima over the slices predict for the scan, because
 * a scan has a finding if one of its slices has it. The scan outputs are M×1 too: each slice's row
 * repeats its scan's value. So a scan weighs as much as all its slices.
 *
 * <p>Source: Ye H, Gao F, Yin Y, et al., Precise diagnosis of intracranial hemorrhage and subtypes
 * using a three-dimensional joint convolutional and recurrent neural network, Eur Radiol 29,
 * 6191–6201 (2019), 10.1007/s00330-019-06163-2. It sends slices through a CNN and their series
 * through a recurrent network, and trains both on labels of slices and of scans. This project chose
 * the LSTM and its size, the connection past it, the maxima, and training in one step.
 */
public final class Networks {
  /** The name of the input vertex that takes the images. */
  public static final String INPUT = "image";

  /** The name of the input vertex that takes the places of the slices in their series. */
  public static final String PLACES = "places";

  /** The prefix of the names of all vertices that read series. */
  public static final String SERIES = "series-";

  /** The name of the vertex that arranges slices into series. */
  static final String STEPS = SERIES + "steps";

  private static final String SCAN = SERIES + "scan";

  static {
    Nd4jRuntime.prepare();
  }

  private Networks() {}

  /**
   * The architecture of a network and the sizes of its input.
   *
   * @param name the architecture
   * @param head its outputs
   * @param channels C, over all slices and windows
   * @param slices number of slices in the channels: 1, or 3 with the neighbours before and after
   * @param side H and W after the crop, in pixels
   * @param stride the convolution at which a ResNet's bottlenecks take their stride
   * @param sequenceUnits units of the LSTM in each direction over the series; 0 for single slices
   */
  public record Form(
      NetworkName name,
      Head head,
      int channels,
      int slices,
      int side,
      BottleneckStride stride,
      int sequenceUnits) {
    /** Creates the form for single slices that this project trains from scratch. */
    public Form(NetworkName name, Head head, int channels, int side) {
      this(name, head, channels, 1, side, BottleneckStride.CONV_3X3, 0);
    }

    /** Returns whether the network takes whole series. */
    public boolean readsSeries() {
      return sequenceUnits > 0;
    }
  }

  /**
   * Creates a network with random weights (He initialisation, seeded).
   *
   * @param labelSmoothing label smoothing of the loss, in [0, 1); 0 for none
   */
  public static ComputationGraph create(
      Form form, OptimizerSettings optimizer, double labelSmoothing, long seed) {
    IUpdater updater =
        switch (optimizer.rule()) {
          case SGD -> new Nesterovs(optimizer.learningRate(), optimizer.momentum());
          case ADAM -> new Adam(optimizer.learningRate());
        };
    return create(form, updater, optimizer.weightDecay(), labelSmoothing, seed);
  }

  /**
   * Creates a network with random weights (He initialisation, seeded).
   *
   * @param updater the update rule
   * @param weightDecay L2 coefficient on weights, but not on biases, gammas and betas
   * @param labelSmoothing label smoothing of the loss, in [0, 1); 0 for none
   */
  public static ComputationGraph create(
      Form form, IUpdater updater, double weightDecay, double labelSmoothing, long seed) {
    GraphBuilder graph = start(form.channels(), form.side(), updater, weightDecay, seed);
    String features = features(form, graph);
    List<String> labels = form.head().labels();
    List<String> outputs = form.head().outputs(form.readsSeries());
    String ofSlices = form.readsSeries() ? series(graph, features, form) : features;
    for (int o = 0; o < outputs.size(); o++) {
      graph.addLayer(
          outputs.get(o),
          new OutputLayer.Builder(new SignedWeightLoss(labelSmoothing))
              .activation(Activation.SIGMOID)
              .weightInit(WeightInit.XAVIER)
              .nOut(1)
              .build(),
          o < labels.size() ? ofSlices : SCAN);
    }
    graph.setOutputs(outputs.toArray(String[]::new));
    ComputationGraph network = new ComputationGraph(graph.build());
    network.init();
    return network;
  }

  /** Adds the LSTM and returns the name of the vertex with the slices' features. */
  private static String series(GraphBuilder graph, String features, Form form) {
    // A second call adds to the inputs; the image's stay.
    graph.addInputs(PLACES).setInputTypes(InputType.recurrent(1));
    graph.addVertex(STEPS, new SeriesVertex(SeriesVertex.Direction.STEPS), features, PLACES);
    String lstm = SERIES + "lstm";
    graph.addLayer(
        lstm,
        new Bidirectional(
            Bidirectional.Mode.CONCAT,
            new LSTM.Builder()
                .nOut(form.sequenceUnits())
                .activation(Activation.TANH)
                .weightInit(WeightInit.XAVIER)
                .build()),
        STEPS);
    String slices = SERIES + "slices";
    graph.addVertex(slices, new SeriesVertex(SeriesVertex.Direction.ROWS), lstm, PLACES);
    // The CNN's features also bypass the LSTM, so they are learnt as fast as without one.
    String both = SERIES + "both";
    graph.addVertex(both, new MergeVertex(), features, slices);
    graph.addVertex(SCAN, new SeriesVertex(SeriesVertex.Direction.MAXIMA), both, PLACES);
    return both;
  }

  /**
   * Returns the published form with one softmax over {@code classes}, to check parameter counts.
   */
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
      case VGG16 -> Vgg16.addTo(graph, INPUT);
      case RESNET18 -> resNet(graph, stride, ResNet.Block.BASIC, 2, 2, 2, 2).addTo(INPUT, "");
      case RESNET34 -> resNet(graph, stride, ResNet.Block.BASIC, 3, 4, 6, 3).addTo(INPUT, "");
      case RESNET50 -> resNet(graph, stride, ResNet.Block.BOTTLENECK, 3, 4, 6, 3).addTo(INPUT, "");
      case RESNET101 ->
          resNet(graph, stride, ResNet.Block.BOTTLENECK, 3, 4, 23, 3).addTo(INPUT, "");
      case RESNET152 ->
          resNet(graph, stride, ResNet.Block.BOTTLENECK, 3, 8, 36, 3).addTo(INPUT, "");
      case DOUBLE_RESNET18 ->
          DoubleBranch.addTo(
              graph, form, () -> resNet(graph, stride, ResNet.Block.BASIC, 2, 2, 2, 2));
      case DOUBLE_RESNET50 ->
          DoubleBranch.addTo(
              graph, form, () -> resNet(graph, stride, ResNet.Block.BOTTLENECK, 3, 4, 6, 3));
    };
  }

  private static ResNet resNet(
      GraphBuilder graph, BottleneckStride stride, ResNet.Block block, int... stages) {
    return new ResNet(graph, block, stride, stages);
  }
}
