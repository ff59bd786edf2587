package org.headct.ich.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.headct.ich.jobs.testing.StandaloneCluster.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.deeplearning4j.util.ModelSerializer;
import org.headct.ich.jobs.auditdicom.AuditDicomJob;
import org.headct.ich.jobs.buildtensors.BuildTensorsJob;
import org.headct.ich.jobs.makephantoms.MakePhantomsJob;
import org.headct.ich.jobs.modelstore.EpochMetrics;
import org.headct.ich.jobs.modelstore.ModelStore;
import org.headct.ich.jobs.reshapelabels.ReshapeLabelsJob;
import org.headct.ich.jobs.selectslices.SelectSlicesJob;
import org.headct.ich.jobs.testing.CommandLine;
import org.headct.ich.jobs.testing.CommandLine.Running;
import org.headct.ich.jobs.testing.Pipeline;
import org.headct.ich.jobs.testing.StandaloneCluster;
import org.headct.ich.jobs.testing.StandaloneCluster.Executor;
import org.headct.ich.jobs.testing.TestSpark;
import org.headct.ich.jobs.testing.Timeless;
import org.headct.ich.jobs.trainmodel.TrainModelJob;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Tests that training on a cluster of processes gives the result of one JVM bit for bit, whichever
 * process is killed meanwhile.
 */
@TestInstance(Lifecycle.PER_CLASS)
class StandaloneClusterIT {
  private static final int EPOCHS = 3;
  private static final List<String> SETTINGS =
      List.of(
          "tensors.size=64",
          "train.network=cnn4",
          "train.batch-size=8",
          "train.averaging-frequency=4",
          "train.workers=2",
          "train.epochs=" + EPOCHS);

  @TempDir private static Path folder = Path.of("");
  private StandaloneCluster cluster;
  private Run inOneJvm;

  /** Result of a run: its epochs without their times, and its best model. */
  private record Run(List<EpochMetrics> metrics, INDArray model) {}

  @BeforeAll
  void tensorsAndCluster() throws Exception {
    Pipeline pipeline =
        Pipeline.overPhantoms(
            TestSpark.session(), folder, folder.resolve("dump"), SETTINGS.toArray(String[]::new));
    pipeline.run(
        new MakePhantomsJob(),
        "phantoms.patients=24",
        "phantoms.slices=8",
        "phantoms.spacing-mm=8",
        "phantoms.size=128");
    pipeline.run(new ReshapeLabelsJob());
    pipeline.run(new AuditDicomJob());
    pipeline.run(new SelectSlicesJob());
    pipeline.run(new BuildTensorsJob());
    pipeline.run(new TrainModelJob(), "train.run=one-jvm");
    inOneJvm = result("one-jvm");
    assertThat(inOneJvm.metrics()).hasSize(EPOCHS);
    cluster = new StandaloneCluster(folder.resolve("cluster"), 2, "2g");
  }

  @AfterAll
  void stop() throws InterruptedException {
    if (cluster != null) {
      cluster.close();
    }
  }

  /** The other tests show this as well, with runs that were disturbed. */
  @Test
  @Tag("nightly")
  void aClusterTrainsAsOneJvmDoes() throws Exception {
    try (Running run = train("cluster", false)) {
      assertDone(run, "cluster");
    }
  }

  /** The driver starts on a worker, with another folder and another command line. */
  @Test
  @Tag("nightly")
  void theDriverMayRunOnTheCluster() throws Exception {
    Path work = Files.createDirectories(folder.resolve("work"));
    Files.writeString(
        work.resolve("site.conf"),
        "warehouse.path = \"%s\"".formatted(folder.resolve("warehouse")));
    CommandLine.Result result =
        new CommandLine(work)
            .with("ICH_MASTER", cluster.master())
            .run("explore", "--dry-run", "--config", "site.conf", "--", "--deploy-mode", "cluster");
    assertThat(String.join("\n", result.err())).contains("is FINISHED");
    assertThat(cluster.driverOutput()).contains("dry run: nothing was read or written");
  }

  @Test
  void aTaskOfAKilledExecutorIsRunAgain() throws Exception {
    try (Running run = train("executor-killed", false)) {
      awaitTask(run, "executor-killed", 1);
      await(
          "an executor killed in a task",
          () -> {
            assertThat(run.isAlive()).as(run.said()).isTrue();
            return cluster.executors().stream().anyMatch(Executor::killInTask);
          });
      assertDone(run, "executor-killed");
    }
    // Attempts are counted from 0: task 1.1 of a stage is the second attempt of its second task.
    assertThat(String.join("\n", cluster.executorLogs()))
        .containsPattern("Executor: Running task \\d+\\.1 in stage");
  }

  @Test
  @Tag("nightly")
  void aKilledDriverGoesOnFromTheLastWholeEpoch() throws Exception {
    String name = "driver-killed";
    try (Running run = train(name, false)) {
      awaitTask(run, name, 0);
      run.close();
    }
    assertThat(checkpoints(name)).isEmpty();
    try (Running run = train(name, true)) {
      awaitTask(run, name, 1);
      run.close();
      assertThat(run.said()).doesNotContain("Resuming");
    }
    int done = checkpoints(name).size();
    assertThat(done).isBetween(1, EPOCHS - 1);
    try (Running run = train(name, true)) {
      assertDone(run, name);
      assertThat(run.said()).contains("Resuming after epoch %d of %d".formatted(done, EPOCHS));
    }
  }

  private Running train(String run, boolean resume) throws IOException {
    List<String> line = new ArrayList<>(List.of("train-model"));
    List<String> settings = new ArrayList<>(SETTINGS);
    settings.add("warehouse.path=" + folder.resolve("warehouse"));
    settings.add("models.path=" + folder.resolve("models"));
    settings.add("reports.path=" + folder.resolve("reports"));
    settings.add("train.run=" + run);
    settings.add("train.resume=" + resume);
    settings.forEach(setting -> line.addAll(List.of("--set", setting)));
    line.addAll(List.of("--", "--master", cluster.master(), "--executor-memory", "1g"));
    Path work = Files.createDirectories(folder.resolve("work"));
    return new CommandLine(work).start(line.toArray(String[]::new));
  }

  /** Waits until at least this many epochs are done and an executor works on the next. */
  private void awaitTask(Running run, String name, int epochs) throws Exception {
    Path begun = models(name).resolve("run.json");
    await(
        "epoch %d of %s".formatted(epochs + 1, name),
        () -> {
          assertThat(run.isAlive()).as(run.said()).isTrue();
          return Files.exists(begun)
              && store(name).readMetrics().size() >= epochs
              && cluster.executors().stream().anyMatch(Executor::isInTask);
        });
  }

  private void assertDone(Running run, String name) throws Exception {
    CommandLine.Result result = run.await();
    assertThat(result.code()).as(String.join("\n", result.err())).isZero();
    assertThat(result(name)).isEqualTo(inOneJvm);
  }

  private Run result(String name) throws IOException {
    List<EpochMetrics> metrics = Timeless.of(store(name).readMetrics());
    Path model = models(name).resolve("model.zip");
    return new Run(metrics, ModelSerializer.restoreComputationGraph(model.toFile()).params());
  }

  private static ModelStore store(String name) {
    return new ModelStore(new Configuration(), models(name).toString());
  }

  private static Path models(String name) {
    return folder.resolve("models").resolve(name);
  }

  private static List<String> checkpoints(String name) throws IOException {
    try (Stream<Path> files = Files.list(models(name))) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(file -> file.startsWith("checkpoint-"))
          .sorted()
          .toList();
    }
  }
}
