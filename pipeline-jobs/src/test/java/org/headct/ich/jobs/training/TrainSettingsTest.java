package org.headct.ich.jobs.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import org.headct.ich.domain.config.TrainConfig.NetworkChoice;
import org.headct.ich.domain.error.UserException;
import org.headct.ich.networks.Head;
import org.headct.ich.networks.NetworkName;
import org.junit.jupiter.api.Test;

class TrainSettingsTest {
  @Test
  void cropIsSevenEighthsByDefault() {
    assertThat(TrainSettings.defaults().crop(256)).isEqualTo(224);
    assertThat(TrainSettings.defaults().crop(64)).isEqualTo(56);
  }

  @Test
  void namesAreReadAsWritten() {
    for (NetworkName name : NetworkName.values()) {
      assertThat(NetworkName.ofKey(name.key())).isEqualTo(name);
    }
    assertThat(NetworkName.ofKey("ResNet18")).isEqualTo(NetworkName.RESNET_18);
    // What the settings may name is what there is.
    assertThat(Arrays.stream(NetworkChoice.values()).map(c -> NetworkName.ofKey(c.name())))
        .containsExactly(NetworkName.values());
    assertThat(Head.ofKey("multilabel")).isEqualTo(Head.MULTILABEL);
    assertThatThrownBy(() -> NetworkName.ofKey("resnet-19"))
        .isInstanceOf(UserException.class)
        .hasMessage(
            "train.network must be one of cnn4, cnn4-bn, vgg-16, resnet-18, resnet-34, resnet-50, resnet-101, resnet-152, double-resnet-18, double-resnet-50, got 'resnet-19'");
    assertThatThrownBy(() -> Head.ofKey("both"))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("'both'");
  }

  @Test
  void refusesWhatCanNotTrain() {
    assertThatThrownBy(() -> Settings.binary().epochs(0).build())
        .isInstanceOf(UserException.class)
        .hasMessage("train.epochs must be at least 1, got 0");
    assertThatThrownBy(() -> Settings.binary().positiveWeights(1, 2).build())
        .isInstanceOf(UserException.class)
        .hasMessageContaining("one for each of [any]");
    assertThatThrownBy(() -> Settings.binary().learningRate(Double.NaN).build())
        .isInstanceOf(UserException.class)
        .hasMessageContaining("train.learning-rate must be above 0");
  }

  @Test
  void aRunGoesOnLongerButNotOtherwise() {
    TrainSettings began = Settings.binary().epochs(2).build();
    assertThat(began.differences(began)).isEmpty();
    assertThat(began.differences(Settings.binary().epochs(9).build())).isEmpty();
    assertThat(
            began.differences(
                Settings.binary().learningRate(0.5).network(NetworkName.CNN4_BN).build()))
        .containsExactly(
            "train.network was %s and is cnn4-bn".formatted(began.network().key()),
            "train.learning-rate was %s and is 0.5".formatted(began.learningRate()));
  }
}
