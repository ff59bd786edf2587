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
 * A worker's network over arrays of its own, which are copied into at the start of a round and read
 * at its end. It belongs to one task at a time.
 *
 * @param params P floats
 * @param updaterState U floats; null for update rules without
 */
record TrainedGraph(ComputationGraph graph, INDArray params, @Nullable INDArray updaterState) {
  static {
    Nd4jRuntime.prepare();
  }

  /** The one place that decides which class trains on executors. */
  static ComputationGraph create(ComputationGraphConfiguration configuration, INDArray params) {
    return OneDnn.graph(configuration, params);
  }

  /** A network with arrays of these lengths, whose values are whatever memory held. */
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

  /** Frees the native memory, which the collector would not know to be scarce. */
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
