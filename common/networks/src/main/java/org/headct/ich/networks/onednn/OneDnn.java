package org.headct.ich.networks.onednn;

import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import org.bytedeco.dnnl.dnnl_version_t;
import org.bytedeco.dnnl.global.dnnl;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Whether this JVM computes with oneDNN, and the graphs that do. */
public final class OneDnn {
  private static final Logger LOG = LoggerFactory.getLogger(OneDnn.class);
  private static final @Nullable String OBSTACLE = obstacle();
  private static final AtomicBoolean WARNED = new AtomicBoolean();

  private OneDnn() {}

  /** Whether graphs made here train and score by oneDNN itself: on the CPU, with its library. */
  public static boolean isUsed() {
    return OBSTACLE == null;
  }

  /** Says once why training is slow, if it is for these steps. */
  static void warnOf(List<String> plainLoops) {
    if (!plainLoops.isEmpty() && WARNED.compareAndSet(false, true)) {
      LOG.warn(
          "oneDNN has no fast code on this CPU ({}) for {} steps of the network, which take up to a"
              + " hundred times as long: {}",
          instructions(),
          plainLoops.size(),
          plainLoops.stream().distinct().sorted().collect(Collectors.joining(", ")));
    }
  }

  private static String instructions() {
    return dnnl.get_effective_cpu_isa().toString();
  }

  /** For a log or for doctor: version and instructions, or why it is not used. */
  public static String describe() {
    if (OBSTACLE != null) {
      return "not used: " + OBSTACLE;
    }
    dnnl_version_t version = dnnl.dnnl_version();
    return "%d.%d.%d (%s)"
        .formatted(version.major(), version.minor(), version.patch(), instructions());
  }

  /**
   * A graph over these parameters, which it trains in place.
   *
   * @param configuration is cloned, since a graph counts its iterations there
   * @param params as long as the configuration says
   */
  public static ComputationGraph graph(
      ComputationGraphConfiguration configuration, INDArray params) {
    ComputationGraphConfiguration own = configuration.clone();
    ComputationGraph graph = isUsed() ? new OneDnnGraph(own) : new ComputationGraph(own);
    graph.init(params, false);
    return graph;
  }

  /** Frees what a graph of {@link #graph} holds outside the heap, beside its arrays. */
  public static void release(ComputationGraph graph) {
    if (graph instanceof OneDnnGraph ours) {
      ours.release();
    }
  }

  private static @Nullable String obstacle() {
    if (!Nd4j.getEnvironment().isCPU()) {
      return "ND4J computes on a GPU";
    }
    try {
      dnnl.dnnl_version();
      return null;
    } catch (LinkageError e) {
      // Another system library than the binary was built for: training goes on, slower.
      LOG.warn("oneDNN's library cannot be loaded, Deeplearning4j computes alone", e);
      return "its library cannot be loaded: " + e.getMessage();
    }
  }
}
