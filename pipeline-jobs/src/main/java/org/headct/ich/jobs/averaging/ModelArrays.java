package org.headct.ich.jobs.averaging;

import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.headct.ich.networks.nd4j.NativeFloats;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * What a round averages: the parameters of a network, the running mean and variance of each batch
 * norm among them, and the state of its updater (momentum, or the two moments of Adam).
 *
 * @param params dense float32
 * @param updaterState dense float32; null for update rules without
 */
record ModelArrays(INDArray params, @Nullable INDArray updaterState) {
  static ModelArrays of(ComputationGraph graph) {
    return new ModelArrays(graph.params(), graph.getUpdater().getStateViewArray());
  }

  /** Length of both together. */
  long length() {
    return params.length() + (updaterState == null ? 0 : updaterState.length());
  }

  /** The memory of both, parameters first; good as long as this object is reachable. */
  List<FloatBuffer> memory() {
    List<FloatBuffer> memory = new ArrayList<>(2);
    memory.add(NativeFloats.of(params));
    if (updaterState != null) {
      memory.add(NativeFloats.of(updaterState));
    }
    return memory;
  }

  /** To be called after the memory was written to. */
  void written() {
    NativeFloats.written(params);
    if (updaterState != null) {
      NativeFloats.written(updaterState);
    }
  }

  void assign(ModelArrays from) {
    params.assign(from.params);
    if (updaterState != null && from.updaterState != null) {
      updaterState.assign(from.updaterState);
    }
  }
}
