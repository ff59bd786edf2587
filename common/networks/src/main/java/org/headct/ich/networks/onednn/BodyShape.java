package org.headct.ich.networks.onednn;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.graph.ElementWiseVertex;
import org.deeplearning4j.nn.conf.graph.MergeVertex;
import org.deeplearning4j.nn.conf.graph.SubsetVertex;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.graph.vertex.GraphVertex;
import org.deeplearning4j.nn.graph.vertex.VertexIndices;
import org.deeplearning4j.nn.graph.vertex.impl.FrozenVertex;
import org.deeplearning4j.nn.layers.FrozenLayer;
import org.deeplearning4j.nn.layers.wrapper.BaseWrapperLayer;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.activations.impl.ActivationIdentity;
import org.nd4j.linalg.activations.impl.ActivationReLU;

/**
 * The vertices of a graph that oneDNN computes here, called its body. The body starts at the first
 * input and reaches as far as its vertices connect without a gap. It includes a frozen layer only
 * if all layers below it are frozen too.
 */
final class BodyShape {
  /** The kind of computation of a vertex of the body. */
  enum Kind {
    /** Some channels of the input; they have no gradient. */
    CHANNELS,
    /** Several such vertices, merged into one. */
    JOINED_CHANNELS,
    CONVOLUTION,
    NORM,
    SUM,
    MAX_POOL,
    MEAN
  }

  /**
   * A vertex, together with the ReLU that follows it.
   *
   * @param kind its computation
   * @param vertex index in the graph
   * @param inputs indices of the vertices that it reads
   * @param output index of the vertex whose activation it makes: the ReLU's, if there is one
   * @param relu true if a ReLU follows
   * @param frozen true if it has no gradient and computes as in scoring while the graph trains
   */
  record Part(
      Kind kind, int vertex, List<Integer> inputs, int output, boolean relu, boolean frozen) {}

  private final GraphVertex[] vertices;
  private final ComputationGraph graph;
  private final int input;
  private final List<Part> parts = new ArrayList<>();
  private final Map<Integer, Part> makers = new HashMap<>();
  private final Set<Integer> inside = new HashSet<>();
  private final Map<Integer, Boolean> edges = new LinkedHashMap<>();

  BodyShape(ComputationGraph graph) {
    this.graph = graph;
    this.vertices = graph.getVertices();
    this.input =
        graph.getVertex(graph.getConfiguration().getNetworkInputs().get(0)).getVertexIndex();
    inside.add(input);
    for (int vertex : graph.topologicalSortOrder()) {
      take(vertex);
    }
    findEdges();
  }

  boolean isEmpty() {
    return parts.isEmpty();
  }

  boolean contains(int vertex) {
    return inside.contains(vertex);
  }

  int input() {
    return input;
  }

  List<Part> parts() {
    return parts;
  }

  /**
   * Returns the vertices that the rest of the graph reads: index, and true for N×C instead of
   * N×C×H×W.
   */
  Map<Integer, Boolean> edges() {
    return edges;
  }

  static boolean isRelu(IActivation activation) {
    return activation instanceof ActivationReLU relu && relu.equals(new ActivationReLU());
  }

  private void take(int index) {
    List<Integer> inputs = inputs(index);
    if (inside.contains(index) || inputs.isEmpty() || !inside.containsAll(inputs)) {
      return;
    }
    Kind kind = kind(vertices[index]);
    // Nothing below the first convolution has a gradient.
    boolean frozen =
        isFrozen(vertices[index]) || kind == Kind.CHANNELS || kind == Kind.JOINED_CHANNELS;
    if (kind == null || (frozen && !inputs.stream().allMatch(this::isUntrained))) {
      return;
    }
    if (kind == Kind.SUM && !maySumInto(inputs.get(0), index)) {
      inputs = List.of(inputs.get(1), inputs.get(0));
      if (!maySumInto(inputs.get(0), index)) {
        return;
      }
    }
    int relu = kind == Kind.NORM || kind == Kind.SUM ? reluAfter(index) : -1;
    Part part = new Part(kind, index, inputs, relu < 0 ? index : relu, relu >= 0, frozen);
    parts.add(part);
    makers.put(part.output(), part);
    inside.add(index);
    inside.add(part.output());
  }

  /** Returns whether training changes neither this vertex nor those below it. */
  private boolean isUntrained(int index) {
    Part maker = makers.get(index);
    return maker == null || maker.frozen();
  }

  private static boolean isFrozen(GraphVertex vertex) {
    return vertex instanceof FrozenVertex || vertex.getLayer() instanceof FrozenLayer;
  }

  /** Returns the layer itself, without the wrapper that freezes it. */
  static org.deeplearning4j.nn.api.Layer bare(GraphVertex vertex) {
    return vertex.getLayer() instanceof FrozenLayer frozen
        ? frozen.getInsideLayer()
        : vertex.getLayer();
  }

  private org.deeplearning4j.nn.conf.graph.GraphVertex configuration(GraphVertex vertex) {
    org.deeplearning4j.nn.conf.graph.GraphVertex configuration =
        Objects.requireNonNull(graph.getConfiguration().getVertices().get(vertex.getVertexName()));
    return configuration instanceof org.deeplearning4j.nn.conf.graph.FrozenVertex frozen
        ? frozen.getUnderlying()
        : configuration;
  }

  private List<Integer> inputs(int index) {
    VertexIndices[] from = vertices[index].getInputVertices();
    List<Integer> inputs = new ArrayList<>();
    if (from != null) {
      for (VertexIndices v : from) {
        inputs.add(v.getVertexIndex());
      }
    }
    return inputs;
  }

  private List<Integer> readers(int index) {
    VertexIndices[] to = vertices[index].getOutputVertices();
    List<Integer> readers = new ArrayList<>();
    if (to != null) {
      for (VertexIndices v : to) {
        readers.add(v.getVertexIndex());
      }
    }
    return readers;
  }

  /** Returns whether the sum may overwrite this activation. */
  private boolean maySumInto(int index, int sum) {
    Part maker = makers.get(index);
    return maker != null
        && maker.kind() == Kind.NORM
        && !maker.relu()
        && readers(index).equals(List.of(sum));
  }

  private int reluAfter(int index) {
    List<Integer> readers = readers(index);
    if (readers.size() == 1
        && layer(vertices[readers.get(0)]) instanceof ActivationLayer next
        && isRelu(next.getActivationFn())) {
      return readers.get(0);
    }
    return -1;
  }

  private void findEdges() {
    for (Part part : parts) {
      if (readers(part.output()).stream().anyMatch(r -> !inside.contains(r))
          || vertices[part.output()].isOutputVertex()) {
        edges.put(part.output(), part.kind() == Kind.MEAN);
      }
    }
  }

  private static @Nullable Layer layer(GraphVertex vertex) {
    return vertex.hasLayer() ? vertex.getLayer().conf().getLayer() : null;
  }

  private @Nullable Kind kind(GraphVertex vertex) {
    if (configuration(vertex) instanceof ElementWiseVertex sum) {
      return sum.getOp() == ElementWiseVertex.Op.Add && inputs(vertex.getVertexIndex()).size() == 2
          ? Kind.SUM
          : null;
    }
    if (configuration(vertex) instanceof SubsetVertex) {
      return inputs(vertex.getVertexIndex()).equals(List.of(input)) ? Kind.CHANNELS : null;
    }
    if (configuration(vertex) instanceof MergeVertex merge) {
      return merge.getMergeAxis() == 1
              && inputs(vertex.getVertexIndex()).stream().allMatch(this::isOfTheInput)
          ? Kind.JOINED_CHANNELS
          : null;
    }
    Layer layer = layer(vertex);
    // A wrapper reports the configuration of the layer that it wraps.
    if (layer == null || layer.getIDropout() != null || bare(vertex) instanceof BaseWrapperLayer) {
      return null;
    }
    if (layer.getClass() == ConvolutionLayer.class) {
      return computes((ConvolutionLayer) layer) ? Kind.CONVOLUTION : null;
    }
    if (layer.getClass() == BatchNormalization.class) {
      return computes((BatchNormalization) layer) ? Kind.NORM : null;
    }
    if (layer.getClass() == SubsamplingLayer.class) {
      return computes((SubsamplingLayer) layer) ? Kind.MAX_POOL : null;
    }
    if (layer instanceof GlobalPoolingLayer mean) {
      return mean.getPoolingType() == PoolingType.AVG && mean.isCollapseDimensions()
          ? Kind.MEAN
          : null;
    }
    return null;
  }

  private boolean isOfTheInput(int index) {
    Part maker = makers.get(index);
    return maker != null && maker.kind() == Kind.CHANNELS;
  }

  /** Returns the first and the last channel that a vertex of {@link Kind#CHANNELS} takes. */
  int[] channels(int index) {
    SubsetVertex subset = (SubsetVertex) configuration(vertices[index]);
    return new int[] {subset.getFrom(), subset.getTo()};
  }

  private static boolean computes(ConvolutionLayer layer) {
    return isPlain(layer.getConvolutionMode(), layer.getCnn2dDataFormat(), layer.getDilation())
        && (layer.getActivationFn() instanceof ActivationIdentity
            || isRelu(layer.getActivationFn()));
  }

  private static boolean computes(BatchNormalization layer) {
    return !layer.isLockGammaBeta()
        && layer.isMinibatch()
        && layer.getCnn2DFormat() == CNN2DFormat.NCHW
        && layer.getActivationFn() instanceof ActivationIdentity;
  }

  private static boolean computes(SubsamplingLayer layer) {
    return layer.getPoolingType() == PoolingType.MAX
        && isPlain(layer.getConvolutionMode(), layer.getCnn2dDataFormat(), layer.getDilation());
  }

  /** Returns whether a layer has explicit padding, channels first and no dilation. */
  private static boolean isPlain(ConvolutionMode mode, CNN2DFormat format, int[] dilation) {
    return mode != ConvolutionMode.Same
        && mode != ConvolutionMode.Causal
        && format == CNN2DFormat.NCHW
        && dilation[0] == 1
        && dilation[1] == 1;
  }
}
