package org.headct.ich.networks.onednn;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.bytedeco.dnnl.memory;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.graph.vertex.GraphVertex;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The vertices of a graph that run on oneDNN, for batches of one size. The rest of the graph gets
 * its activations as arrays in C order, and returns gradients in the same form.
 */
final class Body implements AutoCloseable {
  private final Program program;
  private final Parameters parameters;
  private final ComputationGraph graph;
  private final long[] inputShape;
  private final Parameters.Vectors vectors;
  private final memory image;
  private final Map<Integer, Value> values = new HashMap<>();
  private final List<Node> nodes = new ArrayList<>();
  private final Map<Integer, Edge> edges = new LinkedHashMap<>();

  /** The image of the batch; it must outlive the backward pass. */
  private @Nullable INDArray held;

  /** An activation that the rest of the graph reads. */
  private record Edge(INDArray activation, INDArray gradient) {}

  /** Plans and binds the body. Frees what was allocated if that fails. */
  Body(
      ComputationGraph graph,
      BodyShape shape,
      long[] inputShape,
      Program.Purpose purpose,
      Arena arena) {
    this.graph = graph;
    this.inputShape = inputShape.clone();
    this.vectors = Parameters.Vectors.of(graph);
    this.program = new Program(arena, purpose);
    this.parameters = new Parameters(program);
    memory.desc plain = Program.plain(inputShape);
    this.image = program.outside(plain);
    values.put(shape.input(), new Value(plain, image, inputShape, false));
    try {
      shape.parts().forEach(part -> plan(shape, part));
      shape.edges().forEach(this::leave);
      if (purpose == Program.Purpose.TRAINING) {
        planBackward();
      }
    } catch (RuntimeException e) {
      program.finish();
      program.close();
      throw e;
    }
    program.finish();
    parameters.bind();
    OneDnn.warnAboutPlainLoops(program.plainLoops());
  }

  private void planBackward() {
    program.startBackward();
    Gradients gradients = new Gradients(program);
    edges.forEach((vertex, edge) -> enter(gradients, vertex, edge));
    for (int i = nodes.size() - 1; i >= 0; i--) {
      if (nodes.get(i).output().needsGradient()) {
        nodes.get(i).backward(gradients);
      }
    }
  }

  /**
   * Returns whether the body was made for this purpose, this input shape and the graph's current
   * parameters.
   */
  boolean fits(Program.Purpose purpose, long[] input) {
    return program.purpose() == purpose
        && Arrays.equals(input, inputShape)
        && vectors.equals(Parameters.Vectors.of(graph));
  }

  private void plan(BodyShape shape, BodyShape.Part part) {
    GraphVertex vertex = graph.getVertices()[part.vertex()];
    Layer layer = BodyShape.bare(vertex);
    Value first = value(part.inputs().get(0));
    Node node =
        switch (part.kind()) {
          case CHANNELS -> {
            int[] range = shape.channels(part.vertex());
            yield Channels.of(program, first, range[0], range[1]);
          }
          case JOINED_CHANNELS ->
              Channels.joined(program, part.inputs().stream().map(this::value).toList());
          case CONVOLUTION -> {
            ConvolutionLayer conf = (ConvolutionLayer) layer.conf().getLayer();
            yield new Convolution(
                program,
                parameters,
                layer,
                part.frozen(),
                first,
                BodyShape.isRelu(conf.getActivationFn()));
          }
          case NORM -> new Norm(program, parameters, layer, part.frozen(), first, part.relu());
          case SUM -> new Sum(program, first, value(part.inputs().get(1)), part.relu());
          case MAX_POOL -> {
            SubsamplingLayer conf = (SubsamplingLayer) layer.conf().getLayer();
            yield Pool.max(
                program,
                first,
                new Pool.Windows(conf.getKernelSize(), conf.getStride(), conf.getPadding()));
          }
          case MEAN -> Pool.mean(program, first);
        };
    nodes.add(node);
    values.put(part.output(), node.output());
  }

  private Value value(int vertex) {
    return Objects.requireNonNull(values.get(vertex));
  }

  /** Returns the shape of an edge's array; the graph reads a mean over all pixels as N×C. */
  private static long[] arrayShape(Value value, boolean flat) {
    long[] d = value.dims();
    return flat ? new long[] {d[0], d[1]} : d;
  }

  private void leave(int vertex, boolean flat) {
    Value value = value(vertex);
    long[] array = arrayShape(value, flat);
    Edge edge =
        new Edge(
            Nd4j.createUninitialized(DataType.FLOAT, array, 'c').detach(),
            Nd4j.createUninitialized(DataType.FLOAT, array, 'c').detach());
    edges.put(vertex, edge);
    memory.desc plain = Program.plain(value.dims());
    program.reorder(value.memory(), value.desc(), at(edge.activation(), plain), plain);
  }

  private void enter(Gradients gradients, int vertex, Edge edge) {
    Value value = value(vertex);
    if (!value.needsGradient()) {
      return;
    }
    memory.desc plain = Program.plain(value.dims());
    Slot slot = program.borrow(value.desc().get_size());
    program.reorder(
        at(edge.gradient(), plain), plain, program.view(value.desc(), slot), value.desc());
    gradients.give(value, slot);
  }

  private memory at(INDArray array, memory.desc desc) {
    memory memory = program.outside(desc);
    memory.set_data_handle(array.data().addressPointer());
    return memory;
  }

  /**
   * Runs the forward pass.
   *
   * @param batch N×C×H×W
   * @return the activations that the rest of the graph reads, by vertex index; the next batch
   *     overwrites them
   */
  Map<Integer, INDArray> forward(INDArray batch) {
    INDArray plain = batch.ordering() == 'c' && !batch.isView() ? batch : batch.dup('c');
    image.set_data_handle(plain.data().addressPointer());
    // The backward pass reads the image again.
    held = plain;
    program.bind();
    norms().filter(Norm::usesRunningMoments).forEach(Norm::takeMoments);
    program.forward();
    Map<Integer, INDArray> activations = new HashMap<>();
    edges.forEach((vertex, edge) -> activations.put(vertex, edge.activation()));
    return activations;
  }

  /**
   * Runs the backward pass. It writes the gradients of the body's parameters into the graph's
   * vector, except those of frozen layers.
   *
   * @param gradients gradients of the activations that the rest of the graph read, by vertex index;
   *     an activation without a gradient does not affect the score
   */
  void backward(Map<Integer, INDArray> gradients) {
    edges.forEach(
        (vertex, edge) -> {
          INDArray gradient = gradients.get(vertex);
          if (gradient == null) {
            edge.gradient().assign(0);
          } else {
            edge.gradient().assign(gradient);
          }
        });
    program.backward();
    norms().filter(norm -> !norm.usesRunningMoments()).forEach(Norm::moveMoments);
    held = null;
  }

  private Stream<Norm> norms() {
    return nodes.stream().filter(Norm.class::isInstance).map(Norm.class::cast);
  }

  /** Returns the kinds of the steps that are far slower than they should be on this CPU. */
  List<String> plainLoops() {
    return program.plainLoops();
  }

  /** Returns the bytes outside the heap that a step needs, without the parameters. */
  long bytes() {
    return program.bytes();
  }

  @Override
  public void close() {
    program.close();
  }
}
