package org.headct.ich.networks;

import static org.assertj.core.api.Assertions.assertThat;

import org.headct.ich.domain.training.NetworkName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ParameterCountIT {
  /** The published counts: torchvision's documentation of each model ("num_params"). */
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
    assertThat(Networks.trainableParameters(Networks.classifier(name, 3, 224, 1000)))
        .isEqualTo(expected);
  }
}
