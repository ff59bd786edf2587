package org.headct.ich.jobs.onednn;

import java.util.HashMap;
import java.util.Map;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.api.layers.IOutputLayer;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.gradient.DefaultGradient;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.graph.vertex.GraphVertex;
import org.deeplearning4j.nn.graph.vertex.VertexIndices;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.deeplearning4j.optimize.api.TrainingListener;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A Deeplearning4j graph whose convolutional body is computed by oneDNN directly when it trains.
 * Configuration, parameters, gradients, updater, regularisation, heads, losses, listeners and files
 * are the graph's own, and the gradients are those that Deeplearning4j computes, up to rounding.
 */
public final class OneDnnGraph extends ComputationGraph {
  private static final long serialVersionUID = 1L;

  private transient @Nullable BodyShape shape;
  private transient @Nullable Body body;
  private transient @Nullable DefaultGradient views;
  private transient INDArray[] trained = {};

  public OneDnnGraph(ComputationGraphConfiguration configuration) {
    super(configuration);
  }

  @Override
  public void setLabels(INDArray... labels) {
    super.setLabels(labels);
    // The graph keeps them to itself.
    trained = labels;
  }

  /** Gradients and score of the batch that is set; as Deeplearning4j where oneDNN has no part. */
  @Override
  public void computeGradientAndScore() {
    if (shape == null) {
      shape = new BodyShape(this);
    }
    if (shape.isEmpty()) {
      super.computeGradientAndScore();
      return;
    }
    synchronizeIterEpochCounts();
    if (flattenedGradients == null) {
      initGradientsView();
    }
    Body ready = body(shape, getInput(0).shape());
    LayerWorkspaceMgr workspaces = LayerWorkspaceMgr.noWorkspaces(helperWorkspaces);
    forward(shape, ready, workspaces);
    backward(shape, ready, workspaces);
    gradient = views();
    score = score(workspaces);
    for (TrainingListener listener : getListeners()) {
      listener.onBackwardPass(this);
    }
    for (GraphVertex vertex : vertices) {
      vertex.clear();
    }
  }

  private Body body(BodyShape parts, long[] input) {
    Body ready = body;
    if (ready == null || !ready.fits(input)) {
      if (ready != null) {
        ready.close();
      }
      ready = new Body(this, parts, input);
      body = ready;
      views = null;
    }
    return ready;
  }

  private void forward(BodyShape parts, Body ready, LayerWorkspaceMgr workspaces) {
    Map<Integer, INDArray> activations = new HashMap<>(ready.forward(getInput(0)));
    for (int index : topologicalOrder) {
      GraphVertex vertex = vertices[index];
      if (parts.contains(index)) {
        continue;
      }
      VertexIndices[] inputs = vertex.getInputVertices();
      for (int i = 0; i < inputs.length; i++) {
        vertex.setInput(i, activations.get(inputs[i].getVertexIndex()), workspaces);
      }
      if (!vertex.isOutputVertex()) {
        activations.put(index, vertex.doForward(true, workspaces));
      }
    }
  }

  private void backward(BodyShape parts, Body ready, LayerWorkspaceMgr workspaces) {
    Map<Integer, INDArray> gradients = new HashMap<>();
    for (int i = topologicalOrder.length - 1; i >= 0; i--) {
      int index = topologicalOrder[i];
      GraphVertex vertex = vertices[index];
      if (parts.contains(index)) {
        continue;
      }
      if (vertex.isOutputVertex()) {
        ((IOutputLayer) vertex.getLayer())
            .setLabels(trained[configuration.getNetworkOutputs().indexOf(vertex.getVertexName())]);
      } else {
        vertex.setEpsilon(gradients.get(index));
      }
      INDArray[] below = vertex.doBackward(false, workspaces).getSecond();
      VertexIndices[] inputs = vertex.getInputVertices();
      for (int k = 0; k < inputs.length; k++) {
        gradients.merge(inputs[k].getVertexIndex(), below[k], INDArray::add);
      }
    }
    parts.edges().forEach((index, flat) -> ready.gradient(index).assign(gradients.get(index)));
    ready.backward();
  }

  /** All gradients by layer and parameter, as listeners and updater know them. */
  private DefaultGradient views() {
    DefaultGradient all = views;
    if (all == null) {
      all = new DefaultGradient(flattenedGradients);
      for (Layer layer : layers) {
        if (layer.numParams() > 0) {
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

  /** Frees what oneDNN holds outside the heap; the graph can go on training afterwards. */
  public void release() {
    if (body != null) {
      body.close();
      body = null;
    }
  }
}
