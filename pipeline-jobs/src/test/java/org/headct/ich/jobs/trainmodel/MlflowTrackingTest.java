package org.headct.ich.jobs.trainmodel;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.hadoop.conf.Configuration;
import org.headct.ich.domain.config.SettingsLoader;
import org.headct.ich.domain.training.NetworkName;
import org.headct.ich.jobs.batch.TensorShape;
import org.headct.ich.jobs.modelstore.EpochMetrics;
import org.headct.ich.jobs.modelstore.RunFile;
import org.headct.ich.jobs.modelstore.RunInfo;
import org.headct.ich.jobs.testing.TestTraining;
import org.headct.ich.jobs.testing.TrackingServer;
import org.headct.ich.jobs.testing.TrackingServer.Run;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MlflowTrackingTest {
  @TempDir Path folder;
  private final TrackingServer server = new TrackingServer();

  @AfterEach
  void close() {
    server.close();
  }

  private MlflowTracking tracking(String address, EpochMetrics... before) {
    return new MlflowTracking(
        address,
        "heads",
        new RunFile<>(
            new Configuration(), folder.toString(), "mlflow.json", MlflowTracking.Entry.class),
        info(),
        List.of(before));
  }

  private static RunInfo info() {
    // More parameters than MLflow takes in one call.
    List<String> set =
        IntStream.range(0, 120)
            .mapToObj(i -> "datasets.d%d.images=all".formatted(i))
            .collect(Collectors.toList());
    set.add("catalog.properties.password=hunter2");
    set.add("dicom.input=/home/somebody");
    set.add("train.learning-rate=0.02");
    return new RunInfo(
        "one",
        "binary",
        123L,
        new TensorShape(3, 64, 64, "brain:40/80", "uint8"),
        TestTraining.binary().network(NetworkName.RESNET18).build(),
        "0.1.0+abc",
        11L,
        "CPU",
        Map.of("settings", SettingsLoader.load(List.of(), set).toJson()),
        null,
        null);
  }

  private static EpochMetrics epoch(int number) {
    return new EpochMetrics(
        number, 0.01, 0.5 / number, 0.6 / number, Map.of("any", 0.75), 100, 3, 10, 12, null);
  }

  private Run only() {
    assertThat(server.runs()).hasSize(1);
    return server.runs().values().iterator().next();
  }

  @Test
  void aRunHasItsSettingsItsFiguresAndItsEnd() {
    MlflowTracking tracking = tracking(server.address());
    tracking.epoch(epoch(1));
    tracking.epoch(epoch(2));
    assertThat(only().status).isEqualTo("RUNNING");
    tracking.ended(true);
    Run run = only();
    assertThat(server.experiments()).containsExactly("heads");
    assertThat(run.name).isEqualTo("one");
    assertThat(run.status).isEqualTo("FINISHED");
    assertThat(run.tags)
        .containsEntry("code_version", "0.1.0+abc")
        .containsEntry("tensor_snapshot", "123");
    assertThat(run.params)
        .hasSizeGreaterThan(150)
        .containsEntry("train.learning-rate", "0.02")
        .containsEntry("split.seed", "2019")
        .containsEntry("run.network", "RESNET18")
        .containsEntry("run.parameters", "11");
    assertThat(run.metrics.get("loss")).isEqualTo(Map.of(1L, 0.5, 2L, 0.25));
    assertThat(run.metrics.get("validation_loss")).isEqualTo(Map.of(1L, 0.6, 2L, 0.3));
    assertThat(run.metrics.get("validation_auc_any")).isEqualTo(Map.of(1L, 0.75, 2L, 0.75));
    assertThat(run.metrics.get("learning_rate")).containsEntry(2L, 0.01);
    assertThat(run.metrics.get("images_per_second")).containsEntry(2L, 10.0);
    assertThat(tracking.summary()).matches("run [0-9a-f]{32} at http://127.0.0.1:\\d+");
  }

  @Test
  void secretsAndPathsStayHere() {
    tracking(server.address()).ended(true);
    assertThat(only().params.keySet()).noneMatch(key -> key.matches("(catalog|dicom|labels).*"));
    assertThat(only().params.values()).noneMatch(v -> v.contains("hunter2") || v.contains("/home"));
  }

  @Test
  void aFailedRunIsFailedAndGoesOnUnderItsIdWhenItIsResumed() {
    MlflowTracking first = tracking(server.address());
    first.epoch(epoch(1));
    first.ended(false);
    assertThat(only().status).isEqualTo("FAILED");

    MlflowTracking second = tracking(server.address(), epoch(1));
    assertThat(only().status).isEqualTo("RUNNING");
    second.epoch(epoch(2));
    second.ended(true);
    assertThat(only().status).isEqualTo("FINISHED");
    assertThat(only().metrics.get("loss")).containsOnlyKeys(1L, 2L);
  }

  @Test
  void whatTheServerMissesItIsToldLater() {
    server.breakDown(true);
    MlflowTracking tracking = tracking(server.address());
    tracking.epoch(epoch(1));
    assertThat(tracking.summary()).contains("no run at", "1 epochs untold");
    server.breakDown(false);
    tracking.epoch(epoch(2));
    server.breakDown(true);
    tracking.epoch(epoch(3));
    server.breakDown(false);
    tracking.ended(true);
    assertThat(only().metrics.get("loss")).containsOnlyKeys(1L, 2L, 3L);
    assertThat(only().status).isEqualTo("FINISHED");
  }

  @Test
  void whereNobodyListensTheTrainingGoesOn() throws IOException {
    int free;
    try (ServerSocket socket = new ServerSocket(0)) {
      free = socket.getLocalPort();
    }
    MlflowTracking tracking = tracking("http://127.0.0.1:" + free);
    tracking.epoch(epoch(1));
    tracking.ended(true);
    assertThat(tracking.summary())
        .contains("no run at http://127.0.0.1:" + free, "1 epochs untold")
        .containsIgnoringCase("refused");
    assertThat(server.runs()).isEmpty();
  }
}
