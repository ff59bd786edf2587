package org.headct.ich.jobs.averaging;

import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.headct.ich.networks.nd4j.NativeFloats;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The arrays that a round averages: the parameters of a network, including each batch norm's
 * running mean and variance, and the state of its updater (momentum, or the two moments of Adam).
 *
 * @param params dense float32
 * @param updaterState dense float32; null for update rules without state
 */
record ModelArrays(INDArray params, @Nullable INDArray updaterState) {
  static ModelArrays of(ComputationGraph graph) {
    return new ModelArrays(graph.params(), graph.getUpdater().getStateViewArray());
  }

  /** Returns the length of both together, in floats. */
  long length() {
    return params.length() + (updaterState == null ? 0 : updaterState.length());
  }

  /**
   * Returns the memory of both, parameters first. It is valid as long as this object is reachable.
   */
  List<FloatBuffer> memory() {
    List<FloatBuffer> memory = new ArrayList<>(2);
    memory.add(NativeFloats.of(params));
    if (updaterState != null) {
      memory.add(NativeFloats.of(updaterState));
    }
    return memory;
  }

  /** Marks the memory as changed; call it after writing. */
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
