package org.headct.ich.domain.config;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.ConfigFactory;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.headct.ich.domain.config.TrainConfig.DeviceChoice;
import org.headct.ich.domain.config.TrainConfig.PositiveWeights;
import org.headct.ich.domain.error.UserException;
import org.headct.ich.domain.training.Head;
import org.headct.ich.domain.training.InputScale;
import org.headct.ich.domain.training.LossSettings;
import org.headct.ich.domain.training.NetworkName;
import org.headct.ich.domain.training.OptimizerSettings;
import org.headct.ich.domain.training.RateSchedule;
import org.headct.ich.domain.training.SequenceSettings;
import org.headct.ich.domain.training.TrainSettings;
import org.headct.ich.domain.training.TransferSettings;
import org.headct.ich.domain.training.WeightsSettings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The defaults of {@code train}, the names of its choices, and its ranges. */
class TrainConfigTest {
  private static TrainConfig train(String... overrides) {
    return TrainConfig.from(SettingsLoader.load(List.of(), List.of(overrides)));
  }

  @Test
  void defaults() {
    assertThat(train())
        .isEqualTo(
            new TrainConfig(
                "",
                false,
                "binary",
                new TrainSettings(
                    NetworkName.RESNET18,
                    Head.BINARY,
                    new SequenceSettings(SequenceSettings.Kind.NONE, 128),
                    30,
                    0,
                    32,
                    0,
                    5,
                    new OptimizerSettings(OptimizerSettings.Rule.SGD, 0.01, 0.9, 1e-4),
                    new RateSchedule(RateSchedule.Kind.PLATEAU, 5, 0),
                    LossSettings.unweighted(0),
                    2019,
                    0.875),
                PositiveWeights.NONE,
                new WeightsSettings("", Optional.empty(), "none"),
                new TransferSettings(1, 2),
                DeviceChoice.AUTO,
                ""));
  }

  /** Five heads where there is nothing but haemorrhages. */
  @Test
  void theHeadFollowsTheImagesOfTheDataset() {
    assertThat(head()).isEqualTo(Head.BINARY);
    assertThat(head("train.dataset=multilabel")).isEqualTo(Head.MULTILABEL);
    assertThat(head("train.dataset=bleeds", "datasets.bleeds.images=positive"))
        .isEqualTo(Head.MULTILABEL);
    assertThat(head("train.dataset=multilabel", "train.head=binary")).isEqualTo(Head.BINARY);
    assertThat(head("train.head=all")).isEqualTo(Head.ALL);
  }

  private static Head head(String... overrides) {
    return train(overrides).settings().head();
  }

  @ParameterizedTest
  @EnumSource
  void aNetworkIsReadByItsKey(NetworkName name) {
    assertThat(train("train.network=" + name.key()).settings().network()).isEqualTo(name);
  }

  /** Users read the names in the comment above the key, and in the refusal of another name. */
  @Test
  void everyNetworkIsListedInReferenceConf() {
    String comment =
        String.join(
            " ",
            ConfigFactory.parseResources("reference.conf")
                .getValue("train.network")
                .origin()
                .comments());
    String names = comment.replaceAll("\\(.*?\\)", "").replaceAll("\\s+", " ").replace(" ,", ",");
    String keys = Arrays.stream(NetworkName.values()).map(NetworkName::key).collect(joining(", "));
    assertThat(names).contains("Network: " + keys + ".");
    assertThatThrownBy(() -> train("train.network=resnet-18"))
        .isInstanceOf(UserException.class)
        .hasMessageStartingWith(
            "train.network must be one of %s, got resnet-18 (--set train.network=resnet-18)"
                .formatted(keys));
  }

  @Test
  void theInputOfAFileIsNamedOrAuto() {
    assertThat(train("train.weights-input=auto").weights().input()).isEmpty();
    for (InputScale scale : InputScale.values()) {
      assertThat(train("train.weights-input=" + scale.key()).weights().input()).contains(scale);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "head=both | one of auto, binary, multilabel, all, got both",
        "weights-input=bgr | one of auto, same, caffe, torch, got bgr",
        "sequence=gru | one of none, lstm, got gru",
        "optimizer=rmsprop | one of sgd, adam, got rmsprop",
        "schedule=step | one of constant, cosine, plateau, got step",
        "positive-weights=all | one of none, balanced, got all",
        "device=tpu | one of auto, cpu, gpu, got tpu",
        "epochs=0 | in [1, 10000], got 0",
        "batch-size=0 | in [1, 4096], got 0",
        "workers=-1 | in [0, 4096], got -1",
        "averaging-frequency=0 | in [1, 1000], got 0",
        "early-stopping=-1 | in [0, 10000], got -1",
        "learning-rate=NaN | in [1.0E-8, 10.0], got NaN",
        "momentum=1 | in [0.0, 0.9999], got 1.0",
        "weight-decay=-1 | in [0.0, 1.0], got -1.0",
        "label-smoothing=1 | in [0.0, 0.9999], got 1.0",
        "patience=0 | in [1, 1000], got 0",
        "warm-up-epochs=-1 | in [0, 1000], got -1",
        "sequence-units=0 | in [1, 4096], got 0",
        "crop=0 | in [0.1, 1.0], got 0.0",
        "prefetch=-1 | in [0, 64], got -1",
        "aggregation-depth=3 | in [1, 2], got 3",
      })
  void valuesOutOfRangeAreRefusedByTheirKey(String set, String complaint) {
    String key = "train." + set.substring(0, set.indexOf('='));
    assertThatThrownBy(() -> train("train." + set))
        .isInstanceOf(UserException.class)
        .hasMessageStartingWith("%s must be %s (--set train.%s)".formatted(key, complaint, set));
  }

  /** The configuration of a run is kept: no password may stand in it. */
  @Test
  void theAddressOfMlflowHasNoPassword() {
    for (String good : List.of("", "http://tracking:5000", "https://mlflow.example.org/base/")) {
      assertThat(train("train.mlflow=" + good).mlflow()).isEqualTo(good);
    }
    for (String bad : List.of("tracking:5000", "file:/tmp", "http://", "http://h/?token=x")) {
      assertThatThrownBy(() -> train("train.mlflow=" + bad))
          .isInstanceOf(UserException.class)
          .hasMessageContaining("train.mlflow must be empty or http(s)://host[:port]");
    }
    assertThatThrownBy(() -> train("train.mlflow=http://me:secret@tracking:5000"))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("MLFLOW_TRACKING_PASSWORD")
        .message()
        .doesNotContain("secret");
  }
}
