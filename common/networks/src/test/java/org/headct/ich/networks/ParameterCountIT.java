package org.headct.ich.networks;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ParameterCountIT {
  /**
   * Expects the published counts, from torchvision's documentation of each model ("num_params").
   */
  @ParameterizedTest
  @CsvSource({
    "VGG_16, 138357544",
    "RESNET_18, 11689512",
    "RESNET_34, 21797672",
    "RESNET_50, 25557032",
    "RESNET_101, 44549160",
    "RESNET_152, 60192808"
  })
  void parametersAreThePublishedOnes(NetworkName name, long expected) {
    assertThat(Networks.trainableParameters(Networks.classifier(name, 3, 224, 1000)))
        .isEqualTo(expected);
  }
}
