package org.headct.ich.networks;

import static org.assertj.core.api.Assertions.assertThat;

import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.graph.GraphVertex;
import org.deeplearning4j.nn.conf.graph.LayerVertex;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.headct.ich.domain.training.NetworkName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ParameterCountIT {
  /**
   * Expects the published counts, from torchvision's documentation of each model ("num_params").
   */
  @ParameterizedTest
  @CsvSource({
    "VGG16, 138357544",
    "RESNET18, 11689512",
    "RESNET34, 21797672",
    "RESNET50, 25557032",
    "RESNET101, 44549160",
    "RESNET152, 60192808"
  })
  void parametersAreThePublishedOnes(NetworkName name, long expected) {
    assertThat(trainableParameters(Networks.classifier(name, 3, 224, 1000))).isEqualTo(expected);
  }

  /**
   * Counts the parameters that a gradient moves. The running means and variances of batch norm do
   * not count, although DL4J keeps them in the same vector.
   */
  private static long trainableParameters(ComputationGraphConfiguration network) {
    long parameters = 0;
    for (GraphVertex vertex : network.getVertices().values()) {
      if (vertex instanceof LayerVertex layer) {
        parameters += layer.numParams(true);
        if (layer.getLayerConf().getLayer() instanceof BatchNormalization norm) {
          parameters -= 2 * norm.getNOut();
        }
      }
    }
    return parameters;
  }
}
