package org.headct.ich.jobs.averaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.api.java.JavaSparkContext;
import org.deeplearning4j.util.ModelSerializer;
import org.headct.ich.domain.training.TrainSettings;
import org.headct.ich.domain.training.TransferSettings;
import org.headct.ich.jobs.batch.TensorFiles;
import org.headct.ich.jobs.batch.TensorFixture;
import org.headct.ich.jobs.batch.TensorPlan;
import org.headct.ich.jobs.modelstore.EpochMetrics;
import org.headct.ich.jobs.modelstore.ModelStore;
import org.headct.ich.jobs.testing.DyingFileSystem;
import org.headct.ich.jobs.testing.TestTraining;
import org.headct.ich.jobs.testing.Timeless;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Tests that a run killed at any write ends like a run that was never killed. */
class KilledRunIT {
  private static final int LEAST_STEPS = 16;

  private final JavaSparkContext spark = LocalSpark.context();
  private final Configuration conf = DyingFileSystem.register(spark.hadoopConfiguration());
  // The rate is so high that the second epoch is worse, so the model of the first is not written
  // again.
  private final TrainSettings settings =
      TestTraining.binary().epochs(2).averagingFrequency(1).learningRate(3).build();

  @TempDir private Path directory = Path.of("");

  @AfterEach
  void heal() {
    DyingFileSystem.heal();
  }

  /** The files and results of a run. */
  private record Left(List<String> files, INDArray model, List<EpochMetrics> metrics) {}

  @Test
  void killedAtAnyStepARunEndsAsAnUnbrokenOne() throws IOException {
    TensorFixture fixture = new TensorFixture(1, 24, 4);
    List<String> files =
        List.of(fixture.write(directory, "train", 16), fixture.write(directory, "validation", 8));
    TensorPlan training = TensorFiles.plan(conf, files, TensorFixture.DATASET, "train");
    TensorPlan validation = TensorFiles.plan(conf, files, TensorFixture.DATASET, "validation");

    DyingFileSystem.heal();
    train("unbroken", training, validation);
    int steps = DyingFileSystem.steps();
    Left unbroken = left("unbroken");
    assertThat(steps).isGreaterThan(LEAST_STEPS);
    assertThat(unbroken.metrics()).hasSize(2);
    assertThat(unbroken.metrics().get(1).loss()).isGreaterThan(unbroken.metrics().get(0).loss());
    assertThat(unbroken.files())
        .containsExactly(
            "checkpoint-0001.zip", "checkpoint-0002.zip", "metrics.jsonl", "model.zip");

    for (int step = 1; step <= steps; step++) {
      String run = "killed-at-" + step;
      DyingFileSystem.dieAt(step);
      assertThatThrownBy(() -> train(run, training, validation))
          .isInstanceOf(IOException.class)
          .hasStackTraceContaining("killed at step " + step);
      assertWhole(run);
      DyingFileSystem.heal();
      train(run, training, validation);
      assertThat(left(run)).as(run).isEqualTo(unbroken);
    }
  }

  private void train(String run, TensorPlan training, TensorPlan validation) throws IOException {
    ModelStore store =
        new ModelStore(conf, DyingFileSystem.path(directory.resolve(run)).toString());
    new SparkTrainer(spark, settings, store, TrainProgress.NONE, new TransferSettings(1, 2))
        .train(training, validation);
  }

  private Left left(String run) throws IOException {
    Path folder = directory.resolve(run);
    ModelStore store = new ModelStore(conf, folder.toString());
    List<EpochMetrics> metrics = Timeless.of(store.readMetrics());
    INDArray model =
        ModelSerializer.restoreComputationGraph(folder.resolve("model.zip").toFile()).params();
    return new Left(names(run), model, metrics);
  }

  private List<String> names(String run) throws IOException {
    try (Stream<Path> files = Files.list(directory.resolve(run))) {
      return files.map(f -> f.getFileName().toString()).sorted().toList();
    }
  }

  /** Checks that files with final names are complete. */
  private void assertWhole(String run) throws IOException {
    if (!Files.exists(directory.resolve(run))) {
      return;
    }
    for (String name : names(run)) {
      if (name.endsWith(".zip")) {
        try (ZipInputStream zip =
            new ZipInputStream(Files.newInputStream(directory.resolve(run).resolve(name)))) {
          int entries = 0;
          for (ZipEntry e = zip.getNextEntry(); e != null; e = zip.getNextEntry()) {
            zip.transferTo(OutputStream.nullOutputStream());
            entries++;
          }
          assertThat(entries).as(run + "/" + name).isEqualTo(name.startsWith("check") ? 4 : 2);
        }
      }
    }
  }
}
