package org.headct.ich.domain.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.headct.ich.domain.config.SettingsLoader;
import org.headct.ich.domain.config.TrainConfig;
import org.headct.ich.domain.error.UserException;
import org.junit.jupiter.api.Test;

class TrainSettingsTest {
  private static TrainSettings settings(String... overrides) {
    return TrainConfig.from(SettingsLoader.load(List.of(), List.of(overrides))).settings();
  }

  @Test
  void cropIsSevenEighthsByDefault() {
    assertThat(settings().crop(256)).isEqualTo(224);
    assertThat(settings().crop(64)).isEqualTo(56);
  }

  @Test
  void namesAreWrittenAsPeopleTypeThem() {
    assertThat(NetworkName.CNN4_BN.key()).isEqualTo("cnn4-bn");
    assertThat(NetworkName.DOUBLE_RESNET18.key()).isEqualTo("double-resnet18");
    assertThat(Head.MULTILABEL.key()).isEqualTo("multilabel");
    assertThat(settings().inWords()).isEqualTo("resnet18, head binary");
    assertThat(settings("train.sequence=lstm", "train.head=all").inWords())
        .isEqualTo("resnet18, LSTM of 2 x 128, head all");
  }

  @Test
  void refusesWeightsThatDoNotFitTheOutputs() {
    TrainSettings asked = settings();
    assertThatThrownBy(() -> asked.resolved(2, List.of(), List.of(1.0, 2.0)))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("one for each of [any]");
    assertThatThrownBy(() -> asked.resolved(2, List.of(1.0), List.of()))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("the weights of the classes must be empty or two");
    assertThatThrownBy(() -> asked.resolved(2, List.of(1.0, Double.NaN), List.of()))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("the weights of the classes must be above 0");
    assertThatThrownBy(() -> asked.resolved(2, List.of(), List.of(0.0)))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("train.positive-weights must be above 0");
  }

  @Test
  void theJobFillsInWorkersAndWeights() {
    TrainSettings resolved = settings().resolved(3, List.of(0.5, 2.0), List.of(4.0));
    assertThat(resolved.workers()).isEqualTo(3);
    assertThat(resolved.loss()).isEqualTo(new LossSettings(0, List.of(0.5, 2.0), List.of(4.0)));
    assertThat(resolved.resolved(0, List.of(), List.of())).isEqualTo(settings());
  }

  @Test
  void theUnitsOfAnLstmCountWithAnLstmOnly() {
    assertThat(settings().sequence().lstmUnits()).isZero();
    TrainSettings lstm = settings("train.sequence=lstm");
    assertThat(lstm.sequence().lstmUnits()).isEqualTo(128);
    assertThat(settings("train.sequence-units=7").differences(settings())).isEmpty();
    assertThat(settings("train.sequence=lstm", "train.sequence-units=7").differences(lstm))
        .containsExactly("train.sequence-units was 7 and is 128");
  }

  @Test
  void aRunGoesOnLongerButNotOtherwise() {
    TrainSettings began = settings("train.epochs=2");
    assertThat(began.differences(began)).isEmpty();
    assertThat(began.differences(settings("train.epochs=9", "train.early-stopping=3"))).isEmpty();
    assertThat(began.differences(settings("train.learning-rate=0.5", "train.network=cnn4-bn")))
        .containsExactly(
            "train.network was resnet18 and is cnn4-bn", "train.learning-rate was 0.01 and is 0.5");
  }

  @Test
  void theRateFollowsTheSchedule() {
    assertThat(settings("train.schedule=cosine", "train.epochs=4").rate(List.of(1.0, 1.0)))
        .isEqualTo(0.01 * 0.5 * (1 + Math.cos(Math.PI * 2 / 4)));
    assertThat(settings("train.patience=1").rate(List.of(1.0, 1.0))).isEqualTo(0.005);
  }
}
