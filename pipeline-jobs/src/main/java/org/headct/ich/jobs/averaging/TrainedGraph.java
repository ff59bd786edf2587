package org.headct.ich.jobs.averaging;

import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.updater.graph.ComputationGraphUpdater;
import org.headct.ich.networks.nd4j.Nd4jRuntime;
import org.headct.ich.networks.onednn.OneDnn;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * A worker's network with its own arrays. They are overwritten at the start of a round and read at
 * its end. It belongs to one task at a time.
 *
 * @param params P floats
 * @param updaterState U floats; null for update rules without state
 */
record TrainedGraph(ComputationGraph graph, INDArray params, @Nullable INDArray updaterState) {
  static {
    Nd4jRuntime.prepare();
  }

  /** Creates the network; the only place that chooses the class that trains on executors. */
  static ComputationGraph create(ComputationGraphConfiguration configuration, INDArray params) {
    return OneDnn.graph(configuration, params);
  }

  /** Creates a network with arrays of these lengths, whose values are not initialised. */
  static TrainedGraph of(ComputationGraphConfiguration configuration, ModelArrays start) {
    INDArray params = Nd4j.createUninitialized(DataType.FLOAT, start.params().length());
    ComputationGraph graph = create(configuration, params);
    INDArray from = start.updaterState();
    if (from == null) {
      return new TrainedGraph(graph, params, null);
    }
    INDArray state = Nd4j.createUninitialized(DataType.FLOAT, from.length());
    graph.setUpdater(new ComputationGraphUpdater(graph, state));
    return new TrainedGraph(graph, params, state);
  }

  ModelArrays arrays() {
    return new ModelArrays(params, updaterState);
  }

  /** Frees the native memory; the garbage collector does not know that it is scarce. */
  void close() {
    OneDnn.release(graph);
    INDArray gradient = graph.getGradientsViewArray();
    if (gradient != null && gradient.closeable()) {
      gradient.close();
    }
    params.close();
    if (updaterState != null) {
      updaterState.close();
    }
  }
}
