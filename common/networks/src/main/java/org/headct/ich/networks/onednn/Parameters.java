package org.headct.ich.networks.onednn;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.bytedeco.dnnl.memory;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.recurrent.Bidirectional;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.params.BidirectionalParamInitializer;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * Deeplearning4j's parameters and gradients as memory of a program. They are views of two long
 * vectors, and stay where they are as long as these do.
 */
final class Parameters {
  private record Binding(memory memory, INDArray array) {}

  private final Program program;
  private final List<Binding> bindings = new ArrayList<>();

  Parameters(Program program) {
    this.program = program;
  }

  /** A parameter of a layer. */
  memory of(Layer layer, String name, memory.desc desc) {
    return bind(layer.getParam(name), desc);
  }

  /** Where its gradient goes. */
  memory gradientOf(Layer layer, String name, memory.desc desc) {
    return bind(gradient(layer, name), desc);
  }

  /** The gradient of one parameter; a view. */
  static INDArray gradient(Layer layer, String name) {
    return Objects.requireNonNull(gradients(layer).get(name));
  }

  /** The gradients of a layer by the parameter's name; views. */
  static Map<String, INDArray> gradients(Layer layer) {
    INDArray gradients = layer.getGradientsViewArray();
    if (!(layer.conf().getLayer() instanceof Bidirectional both)) {
      return gradients(layer.conf(), gradients);
    }
    // DL4J's own way takes the wrapper for the layer in it (M2.1), and fails.
    INDArray flat = gradients.reshape(gradients.length());
    long half = flat.length() / 2;
    Map<String, INDArray> all = new LinkedHashMap<>();
    gradients(inside(layer, both.getFwd()), flat.get(NDArrayIndex.interval(0, half)))
        .forEach((name, g) -> all.put(BidirectionalParamInitializer.FORWARD_PREFIX + name, g));
    gradients(inside(layer, both.getBwd()), flat.get(NDArrayIndex.interval(half, 2 * half)))
        .forEach((name, g) -> all.put(BidirectionalParamInitializer.BACKWARD_PREFIX + name, g));
    return all;
  }

  private static Map<String, INDArray> gradients(
      NeuralNetConfiguration configuration, INDArray flat) {
    return configuration.getLayer().initializer().getGradientsFromFlattened(configuration, flat);
  }

  private static NeuralNetConfiguration inside(
      Layer wrapper, org.deeplearning4j.nn.conf.layers.Layer one) {
    NeuralNetConfiguration configuration = wrapper.conf().clone();
    configuration.setLayer(one);
    return configuration;
  }

  private memory bind(INDArray array, memory.desc desc) {
    memory memory = program.outside(desc);
    bindings.add(new Binding(memory, array));
    return memory;
  }

  /** Gives the memory its addresses. */
  void bind() {
    bindings.forEach(b -> b.memory().set_data_handle(b.array().data().addressPointer()));
  }

  /** Whether the vectors that a graph trains on are those that it had before. */
  record Vectors(long parameters, long gradients) {
    static Vectors of(ComputationGraph graph) {
      INDArray gradients = graph.getGradientsViewArray();
      return new Vectors(
          graph.params().data().address(), gradients == null ? 0 : gradients.data().address());
    }
  }
}
