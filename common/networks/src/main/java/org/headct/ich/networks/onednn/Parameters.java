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
 * vectors, so their addresses change only if these vectors are replaced.
 */
final class Parameters {
  private record Binding(memory memory, INDArray array) {}

  private final Program program;
  private final List<Binding> bindings = new ArrayList<>();

  Parameters(Program program) {
    this.program = program;
  }

  /** Returns the memory of a layer's parameter. */
  memory of(Layer layer, String name, memory.desc desc) {
    return bind(layer.getParam(name), desc);
  }

  /** Returns the memory for the gradient of a layer's parameter. */
  memory gradientOf(Layer layer, String name, memory.desc desc) {
    return bind(gradient(layer, name), desc);
  }

  /** Returns the gradient of one parameter, as a view. */
  static INDArray gradient(Layer layer, String name) {
    return Objects.requireNonNull(gradients(layer).get(name));
  }

  /** Returns the gradients of a layer by parameter name, as views. */
  static Map<String, INDArray> gradients(Layer layer) {
    INDArray gradients = layer.getGradientsViewArray();
    if (!(layer.conf().getLayer() instanceof Bidirectional both)) {
      return gradients(layer.conf(), gradients);
    }
    // DL4J's own method (M2.1) fails here, because it takes the wrapper for the wrapped layer.
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

  /** Sets the addresses of the memory. */
  void bind() {
    bindings.forEach(b -> b.memory().set_data_handle(b.array().data().addressPointer()));
  }

  /**
   * The addresses of the vectors that a graph trains; a change means that the body no longer fits.
   */
  record Vectors(long parameters, long gradients) {
    static Vectors of(ComputationGraph graph) {
      INDArray gradients = graph.getGradientsViewArray();
      return new Vectors(
          graph.params().data().address(), gradients == null ? 0 : gradients.data().address());
    }
  }
}
