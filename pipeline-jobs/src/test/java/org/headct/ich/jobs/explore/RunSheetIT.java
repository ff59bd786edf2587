package org.headct.ich.jobs.explore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.headct.ich.domain.error.UserException;
import org.headct.ich.domain.training.NetworkName;
import org.headct.ich.jobs.batch.TensorShape;
import org.headct.ich.jobs.modelstore.EpochMetrics;
import org.headct.ich.jobs.modelstore.RunInfo;
import org.headct.ich.jobs.report.JobReport;
import org.headct.ich.jobs.table.MetricsTable;
import org.headct.ich.jobs.table.MetricsTable.Metric;
import org.headct.ich.jobs.testing.Bench;
import org.headct.ich.jobs.testing.TestTraining;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunSheetIT {
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir Path folder;
  private Bench bench;

  @BeforeEach
  void open() {
    bench =
        new Bench(
            folder, "models.path=" + folder.resolve("models"), "datasets.binary.split.test=0.3");
  }

  @Test
  void thePageHasEveryRunAndWhatItsEvaluationFound() throws IOException {
    run("first", 3);
    run("second", 0);
    Files.createDirectories(folder.resolve("models/broken"));
    Files.writeString(folder.resolve("models/broken/run.json"), "{\"run\":");
    Files.createDirectories(folder.resolve("models/older"));
    Files.writeString(
        folder.resolve("models/older/run.json"), "{\"settings\": {\"optimizer\": \"SGD\"}}");
    Files.createDirectories(folder.resolve("models/no-run"));
    bench.fill(
        new MetricsTable(),
        List.of(
            metric("first", "roc_auc", 0.9),
            metric("first", "pr_auc", null),
            metric("elsewhere", "roc_auc", 0.123)));

    JobReport report = bench.run(new ExploreJob(), "--experiments");
    String page = Files.readString(folder.resolve("reports/experiments.html"));
    assertThat(report.written())
        .containsEntry("page", folder.resolve("reports/experiments.html").toString());
    assertThat(report.facts())
        .containsEntry("first", "resnet18, 3 of 10 epochs, best 2")
        .containsEntry("second", "resnet18, 0 of 10 epochs, best 0");
    assertThat(page)
        .contains(
            "0.90 [0.80, 1.00]",
            "3 of 10",
            "0 of 10",
            "Left out: broken (",
            "older (run older was trained by")
        .contains("by patient, stable, test 0.3, validation 0.1 of the rest, seed 2019")
        .contains("2 workers × 16, averaged every 11 steps", "Loss of first", "No data")
        .contains("FROM ich.metrics")
        .doesNotContain("0.123 [", "no-run", folder.toString());
  }

  @Test
  void withoutEvaluationsItSaysWhatMakesThem() throws IOException {
    run("first", 1);
    bench.run(new ExploreJob(), "--experiments");
    assertThat(folder.resolve("reports/experiments.html")).content().contains("run evaluate-model");
  }

  @Test
  void mistakesAreOneLine() {
    assertThatThrownBy(() -> bench.run(new ExploreJob(), "--experiments"))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("no run under models.path")
        .hasMessageContaining("train-model");
    assertThatThrownBy(() -> bench.run(new ExploreJob(), "--experiments", "--tensors", "3"))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("give only one of them");
  }

  private void run(String name, int epochs) throws IOException {
    Path run = Files.createDirectories(folder.resolve("models").resolve(name));
    RunInfo info =
        new RunInfo(
            name,
            "binary",
            77L,
            new TensorShape(3, 64, 64, "brain:40/80", "uint8"),
            TestTraining.binary()
                .network(NetworkName.RESNET18)
                .epochs(10)
                .batchSize(16)
                .averagingFrequency(11)
                .build(),
            "0.1.0+abc",
            11L,
            "ND4J on CPU, 1 device(s)",
            Map.of("settings", bench.context().settings().toJson()),
            null,
            null);
    Files.writeString(run.resolve("run.json"), JSON.writeValueAsString(info));
    List<String> lines = new ArrayList<>();
    for (int e = 1; e <= epochs; e++) {
      lines.add(
          JSON.writeValueAsString(
              new EpochMetrics(
                  e, 0.01, 0.5, 0.3 + Math.abs(e - 2), Map.of("any", 0.8), 100, 3, 10, 12, null)));
    }
    Files.write(run.resolve("metrics.jsonl"), lines);
  }

  private static Metric metric(String run, String name, @Nullable Double value) {
    return new Metric(
        run,
        "binary",
        "test",
        MetricsTable.SLICE,
        MetricsTable.UNDISTURBED,
        "any",
        name,
        value,
        value == null ? null : value - 0.1,
        value == null ? null : value + 0.1,
        50,
        20);
  }
}
