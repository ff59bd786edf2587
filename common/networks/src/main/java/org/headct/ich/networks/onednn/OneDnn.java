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

/**
 * The switch between oneDNN and Deeplearning4j's own computation, and the graphs that use oneDNN.
 */
public final class OneDnn {
  private static final Logger LOG = LoggerFactory.getLogger(OneDnn.class);
  private static final @Nullable String OBSTACLE = obstacle();
  private static final AtomicBoolean WARNED = new AtomicBoolean();

  private OneDnn() {}

  /**
   * Returns whether graphs made here train and score on oneDNN; needs the CPU and oneDNN's library.
   */
  public static boolean isUsed() {
    return OBSTACLE == null;
  }

  /** Warns once if oneDNN has only slow code for some steps. */
  static void warnAboutPlainLoops(List<String> plainLoops) {
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

  /**
   * Returns a line for a log or for doctor: version and instruction set, or why oneDNN is not used.
   */
  public static String describe() {
    if (OBSTACLE != null) {
      return "not used: " + OBSTACLE;
    }
    dnnl_version_t version = dnnl.dnnl_version();
    return "%d.%d.%d (%s)"
        .formatted(version.major(), version.minor(), version.patch(), instructions());
  }

  /**
   * Returns a graph over these parameters. It trains them in place.
   *
   * @param configuration configuration to clone, because a graph counts its iterations there
   * @param params parameters, as many as the configuration needs
   */
  public static ComputationGraph graph(
      ComputationGraphConfiguration configuration, INDArray params) {
    ComputationGraphConfiguration own = configuration.clone();
    ComputationGraph graph = isUsed() ? new OneDnnGraph(own) : new ComputationGraph(own);
    graph.init(params, false);
    return graph;
  }

  /** Frees the memory outside the heap that a graph of {@link #graph} holds besides its arrays. */
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
      // The system library differs from the one that the binary was built for. Training continues,
      // slower.
      LOG.warn("oneDNN's library cannot be loaded; Deeplearning4j computes without it, slower", e);
      return "its library cannot be loaded: " + e.getMessage();
    }
  }
}
