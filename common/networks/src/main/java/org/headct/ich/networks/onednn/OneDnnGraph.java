package org.headct.ich.networks.onednn;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.api.layers.IOutputLayer;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.gradient.DefaultGradient;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.graph.vertex.GraphVertex;
import org.deeplearning4j.nn.graph.vertex.VertexIndices;
import org.deeplearning4j.nn.layers.FrozenLayer;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.deeplearning4j.optimize.api.TrainingListener;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.memory.MemoryWorkspace;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A Deeplearning4j graph whose convolutional body runs on oneDNN directly, in training and scoring.
 * Configuration, parameters, gradients, updater, regularisation, heads, losses and files are
 * Deeplearning4j's. The gradients equal Deeplearning4j's up to rounding. Listeners do not see the
 * forward pass, because its activations are not kept.
 */
public final class OneDnnGraph extends ComputationGraph {
  private static final long serialVersionUID = 1L;

  /**
   * The number of batch sizes whose programs are kept; the last batches of a row group are one
   * smaller.
   */
  private static final int KEPT_BODIES = 4;

  private final transient Arena arena = new Arena();
  private final transient Deque<Body> bodies = new ArrayDeque<>();
  private transient @Nullable BodyShape shape;
  private transient @Nullable DefaultGradient views;
  private transient INDArray[] trained = {};

  public OneDnnGraph(ComputationGraphConfiguration configuration) {
    super(configuration);
  }

  @Override
  public void setLabels(INDArray... labels) {
    super.setLabels(labels);
    // The superclass keeps its labels private.
    trained = labels;
  }

  /**
   * Computes gradients and score of the current batch. Leaves it to Deeplearning4j if no vertex
   * runs on oneDNN.
   */
  @Override
  public void computeGradientAndScore() {
    BodyShape parts = shape();
    if (parts.isEmpty()) {
      super.computeGradientAndScore();
      return;
    }
    synchronizeIterEpochCounts();
    if (flattenedGradients == null) {
      initGradientsView();
    }
    Body ready = body(Program.Purpose.TRAINING, getInput(0).shape());
    LayerWorkspaceMgr workspaces = LayerWorkspaceMgr.noWorkspaces(helperWorkspaces);
    forward(parts, activations(ready), workspaces);
    backward(parts, ready, workspaces);
    gradient = views();
    score = score(workspaces);
    for (TrainingListener listener : getListeners()) {
      listener.onBackwardPass(this);
    }
    for (GraphVertex vertex : vertices) {
      vertex.clear();
    }
  }

  /** Returns the outputs. Uses oneDNN only for a plain pass in test mode. */
  @Override
  public synchronized INDArray[] output(
      boolean train,
      INDArray[] input,
      INDArray @Nullable [] inputMasks,
      INDArray @Nullable [] labelMasks,
      @Nullable MemoryWorkspace outputWorkspace) {
    BodyShape parts = shape();
    if (train || parts.isEmpty() || outputWorkspace != null) {
      return super.output(train, input, inputMasks, labelMasks, outputWorkspace);
    }
    LayerWorkspaceMgr workspaces = LayerWorkspaceMgr.noWorkspaces(helperWorkspaces);
    // Preprocessors between layers ask the graph for the batch size.
    setInputs(input);
    Body ready = body(Program.Purpose.SCORING, input[0].shape());
    setLayerMaskArrays(inputMasks, labelMasks);
    Map<Integer, INDArray> activations = activations(ready);
    for (int index : rest(parts)) {
      GraphVertex vertex = vertices[index];
      setInputs(vertex, activations, workspaces);
      activations.put(index, vertex.doForward(false, workspaces));
    }
    INDArray[] outputs =
        configuration.getNetworkOutputs().stream()
            .map(name -> activations.get(getVertex(name).getVertexIndex()))
            .toArray(INDArray[]::new);
    for (GraphVertex vertex : vertices) {
      vertex.clear();
    }
    clearLayerMaskArrays();
    return outputs;
  }

  /**
   * Returns the rest's first activations: those of the body, and the inputs that the body does not
   * read.
   */
  private Map<Integer, INDArray> activations(Body ready) {
    Map<Integer, INDArray> activations = new HashMap<>(ready.forward(getInput(0)));
    List<String> names = configuration.getNetworkInputs();
    for (int i = 1; i < names.size(); i++) {
      activations.put(getVertex(names.get(i)).getVertexIndex(), getInput(i));
    }
    return activations;
  }

  private BodyShape shape() {
    BodyShape known = shape;
    if (known == null) {
      known = new BodyShape(this);
      shape = known;
    }
    return known;
  }

  private Body body(Program.Purpose purpose, long[] input) {
    for (Body known : bodies) {
      if (known.fits(purpose, input)) {
        bodies.remove(known);
        bodies.push(known);
        return known;
      }
    }
    if (bodies.size() == KEPT_BODIES) {
      bodies.removeLast().close();
    }
    Body made = new Body(this, shape(), input, purpose, arena);
    bodies.push(made);
    return made;
  }

  /** Returns the vertices that are neither inputs nor in the body, in topological order. */
  private int[] rest(BodyShape parts) {
    return Arrays.stream(topologicalOrder)
        .filter(index -> !parts.contains(index) && !vertices[index].isInputVertex())
        .toArray();
  }

  private static void setInputs(
      GraphVertex vertex, Map<Integer, INDArray> activations, LayerWorkspaceMgr workspaces) {
    VertexIndices[] inputs = vertex.getInputVertices();
    for (int i = 0; i < inputs.length; i++) {
      vertex.setInput(i, activations.get(inputs[i].getVertexIndex()), workspaces);
    }
  }

  private void forward(
      BodyShape parts, Map<Integer, INDArray> activations, LayerWorkspaceMgr workspaces) {
    for (int index : rest(parts)) {
      GraphVertex vertex = vertices[index];
      setInputs(vertex, activations, workspaces);
      if (!vertex.isOutputVertex()) {
        activations.put(index, vertex.doForward(true, workspaces));
      }
    }
  }

  private void backward(BodyShape parts, Body ready, LayerWorkspaceMgr workspaces) {
    Map<Integer, INDArray> gradients = new HashMap<>();
    int[] rest = rest(parts);
    for (int i = rest.length - 1; i >= 0; i--) {
      int index = rest[i];
      GraphVertex vertex = vertices[index];
      if (vertex.isOutputVertex()) {
        ((IOutputLayer) vertex.getLayer())
            .setLabels(trained[configuration.getNetworkOutputs().indexOf(vertex.getVertexName())]);
      } else if (gradients.containsKey(index) && !(vertex.getLayer() instanceof FrozenLayer)) {
        vertex.setEpsilon(gradients.get(index));
      } else {
        // Frozen, or below a frozen layer.
        continue;
      }
      INDArray[] below = vertex.doBackward(false, workspaces).getSecond();
      VertexIndices[] inputs = vertex.getInputVertices();
      for (int k = 0; k < inputs.length; k++) {
        if (below[k] != null) {
          gradients.merge(inputs[k].getVertexIndex(), below[k], INDArray::add);
        }
      }
    }
    ready.backward(gradients);
  }

  /** Returns all gradients by layer and parameter, as listeners and updater expect them. */
  private DefaultGradient views() {
    DefaultGradient all = views;
    if (all == null || all.gradient() != flattenedGradients) {
      all = new DefaultGradient(flattenedGradients);
      for (Layer layer : layers) {
        if (layer.numParams() > 0 && !(layer instanceof FrozenLayer)) {
          for (Map.Entry<String, INDArray> g : Parameters.gradients(layer).entrySet()) {
            all.setGradientFor(
                layer.conf().getLayer().getLayerName() + "_" + g.getKey(), g.getValue());
          }
        }
      }
      views = all;
    }
    return all;
  }

  private double score(LayerWorkspaceMgr workspaces) {
    double regularisation = calcRegularizationScore(true);
    double sum = 0;
    for (String output : configuration.getNetworkOutputs()) {
      IOutputLayer layer = (IOutputLayer) getVertex(output).getLayer();
      sum += layer.computeScore(regularisation, true, workspaces);
      regularisation = 0;
    }
    return sum;
  }

  /** Frees oneDNN's memory outside the heap. The graph can still be used afterwards. */
  public void release() {
    bodies.forEach(Body::close);
    bodies.clear();
    arena.close();
  }
}
