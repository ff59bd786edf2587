package org.headct.ich.networks;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.layers.FrozenLayer;
import org.deeplearning4j.nn.transferlearning.TransferLearning;
import org.headct.ich.domain.error.UserException;

/**
 * A tool that keeps the first layers of a network unchanged. DL4J's {@code FrozenLayer} wraps each
 * of them in the network's configuration, so checkpoints and Spark's workers have it too.
 *
 * <p>A frozen layer computes as in scoring: batch norm uses its running moments, which do not
 * change, and there is no dropout. It gets no gradient and no weight decay. The backward pass does
 * not reach the layers below it. {@code FrozenLayerWithBackprop}, which frozen layers above free
 * ones would need, uses the batch's moments in batch norm (M2.1). So the cut runs across the whole
 * network.
 *
 * <p>Averaging n equal floats returns the same float if n is 1, 2 or 4. For other n a value may
 * move by less than n units in its last place, until it reaches a value that averaging returns
 * unchanged.
 */
public final class Freezing {
  /** The setting that freezes nothing. */
  public static final String NONE = "none";

  /** The setting that freezes all layers except the heads and the layers that read series. */
  public static final String BACKBONE = "backbone";

  private Freezing() {}

  /**
   * Returns a network with the same parameters, frozen up to a stage.
   *
   * @param stage {@link #NONE}, {@link #BACKBONE} or a stage. A stage is the start of its layers'
   *     names, up to the first dash or underscore ({@code stem}, {@code s1}, {@code conv1})
   * @throws UserException if the network has no such stage
   */
  public static ComputationGraph freeze(ComputationGraph network, String stage) {
    if (stage.equals(NONE)) {
      return network;
    }
    ComputationGraph frozen =
        new TransferLearning.GraphBuilder(network)
            .setFeatureExtractor(last(network.getConfiguration(), stage).toArray(String[]::new))
            .build();
    // Rebuilt from its configuration, as a worker or a resumed run does.
    ComputationGraph result = new ComputationGraph(frozen.getConfiguration().clone());
    result.init(network.params().dup(), false);
    return result;
  }

  /** Returns the names of frozen layers that have parameters, from the input on. */
  public static List<String> frozen(ComputationGraph network) {
    List<String> names = new ArrayList<>();
    for (Layer layer : network.getLayers()) {
      if (layer instanceof FrozenLayer && layer.numParams() > 0) {
        names.add(layer.conf().getLayer().getLayerName());
      }
    }
    return names;
  }

  /** Returns the vertices of a stage that no other vertex of that stage reads. */
  private static Set<String> last(ComputationGraphConfiguration network, String stage) {
    Map<String, List<String>> inputs = network.getVertexInputs();
    Set<String> last = new LinkedHashSet<>();
    if (stage.equals(BACKBONE)) {
      if (inputs.containsKey(Networks.STEPS)) {
        return Set.of(inputs.get(Networks.STEPS).get(0));
      }
      network.getNetworkOutputs().forEach(head -> last.addAll(inputs.get(head)));
      return last;
    }
    Set<String> stages = new LinkedHashSet<>();
    for (String name : network.getTopologicalOrderStr()) {
      if (!network.getNetworkInputs().contains(name)
          && !network.getNetworkOutputs().contains(name)) {
        stages.add(stage(name));
        if (stage(name).equals(stage)) {
          last.add(name);
        }
      }
    }
    if (last.isEmpty()) {
      throw new UserException(
          "train.freeze must be none, backbone or one of %s, got '%s'"
              .formatted(String.join(", ", stages), stage));
    }
    Set<String> taken = new LinkedHashSet<>();
    last.forEach(name -> taken.addAll(inputs.get(name)));
    last.removeAll(taken);
    return last;
  }

  private static String stage(String vertex) {
    return vertex.split("[-_]", 2)[0];
  }
}
