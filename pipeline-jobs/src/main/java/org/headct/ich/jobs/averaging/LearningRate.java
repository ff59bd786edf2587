package org.headct.ich.jobs.averaging;

import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.conf.layers.BaseLayer;
import org.deeplearning4j.nn.conf.layers.recurrent.Bidirectional;
import org.deeplearning4j.nn.graph.ComputationGraph;

/**
 * The learning rate of all layers of a network, set before the network is sent to the workers.
 * DL4J's own {@code setLearningRate} skips the layers inside a bidirectional one, and then fails
 * when it sorts the updater's state by rate (M2.1). Here all layers have the same rate, so the
 * state keeps its order.
 */
final class LearningRate {
  private LearningRate() {}

  static void set(ComputationGraph network, double rate) {
    for (Layer layer : network.getLayers()) {
      set(layer.conf().getLayer(), rate);
    }
  }

  private static void set(org.deeplearning4j.nn.conf.layers.Layer layer, double rate) {
    if (layer instanceof Bidirectional both) {
      set(both.getFwd(), rate);
      set(both.getBwd(), rate);
    } else if (layer instanceof BaseLayer one && one.getIUpdater().hasLearningRate()) {
      one.getIUpdater().setLrAndSchedule(rate, null);
    }
  }
}
