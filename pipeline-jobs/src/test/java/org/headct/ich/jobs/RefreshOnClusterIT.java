package org.headct.ich.jobs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.headct.ich.jobs.testing.StandaloneCluster.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.headct.ich.domain.phantom.PhantomDump;
import org.headct.ich.jobs.makephantoms.MakePhantomsJob;
import org.headct.ich.jobs.testing.CommandLine;
import org.headct.ich.jobs.testing.CommandLine.Running;
import org.headct.ich.jobs.testing.Pipeline;
import org.headct.ich.jobs.testing.Repository;
import org.headct.ich.jobs.testing.SlowFileSystem;
import org.headct.ich.jobs.testing.StandaloneCluster;
import org.headct.ich.jobs.testing.StandaloneCluster.Executor;
import org.headct.ich.jobs.testing.TestSpark;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Tests of a refresh on a cluster with speculation whose processes are killed one after the other.
 * It ends with the rows of an undisturbed refresh.
 */
@Tag("nightly")
class RefreshOnClusterIT {
  private static final List<String> STAGES =
      List.of("reshape-labels", "audit-dicom", "select-slices", "build-tensors");

  @TempDir private Path folder = Path.of("");

  private final List<String> settings = new ArrayList<>();

  @Test
  void driverExecutorsAndWorkerAreKilled() throws Exception {
    SlowFileSystem.register(TestSpark.session().sparkContext().hadoopConfiguration());
    Path dump = folder.resolve("dump");
    settings.addAll(
        List.of(
            "labels.input=" + SlowFileSystem.path(dump.resolve(PhantomDump.LABELS)),
            "dicom.input=" + SlowFileSystem.path(dump.resolve(PhantomDump.FOLDER)),
            "tensors.size=64",
            "tensors.file-rows=16",
            "tensors.row-group-rows=8"));
    Pipeline undisturbed =
        new Pipeline(TestSpark.session(), folder.resolve("one"), settings.toArray(String[]::new));
    undisturbed.run(
        new MakePhantomsJob(),
        "phantoms.output=" + dump,
        "phantoms.patients=10",
        "phantoms.slices=6",
        "phantoms.size=64");
    undisturbed.run(Pipeline.refreshJob());
    Map<String, String> wanted = undisturbed.contents();
    Pipeline tables = new Pipeline(TestSpark.session(), folder, "warehouse.path=" + warehouse());

    try (StandaloneCluster cluster = new StandaloneCluster(folder.resolve("cluster"), 2, "1500m")) {
      try (Running run = start(cluster)) {
        killInTask(cluster, run, 0, 0);
        await("labels", () -> alive(run) && finished(run) >= 1);
        run.close();
      }
      assertThat(tables.contents().get("labels")).isEqualTo(wanted.get("labels"));

      try (Running run = start(cluster)) {
        // The labels are up to date by now, so their stage prints nothing.
        killInTask(cluster, run, 1, 0);
        killInTask(cluster, run, 2, 2);
        await(
            "a task of the last stage", () -> alive(run) && finished(run) >= 3 && inTask(cluster));
        cluster.killWorker();
        CommandLine.Result result = run.await();
        assertThat(result.code()).as(String.join("\n", result.err())).isZero();
      }
    }
    assertThat(tables.contents()).isEqualTo(wanted);
    assertThat(eventLogs().contains("\"Speculative\":true"))
        .as("a task ran twice at once")
        .isTrue();
  }

  private String warehouse() {
    return SlowFileSystem.path(folder.resolve("warehouse")).toString();
  }

  private Running start(StandaloneCluster cluster) throws IOException {
    List<String> line = new ArrayList<>(List.of("refresh"));
    List<String> all = new ArrayList<>(settings);
    all.add("warehouse.path=" + warehouse());
    all.add("reports.path=" + folder.resolve("reports"));
    all.forEach(setting -> line.addAll(List.of("--set", setting)));
    line.addAll(List.of("--", "--master", cluster.master(), "--executor-memory", "1g"));
    Path events = Files.createDirectories(folder.resolve("events"));
    String classes = slowFileSystem().toString();
    for (String conf :
        List.of(
            "spark.hadoop." + SlowFileSystem.SETTING + "=" + SlowFileSystem.class.getName(),
            "spark.driver.extraClassPath=" + classes,
            "spark.executor.extraClassPath=" + classes,
            "spark.sql.shuffle.partitions=2",
            "spark.eventLog.enabled=true",
            "spark.eventLog.dir=file:" + events,
            "spark.speculation=true",
            "spark.speculation.interval=100ms",
            "spark.speculation.multiplier=1.1",
            "spark.speculation.quantile=0.1",
            "spark.speculation.minTaskRuntime=0ms",
            "spark.speculation.task.duration.threshold=500ms")) {
      line.addAll(List.of("--conf", conf));
    }
    return new CommandLine(Files.createDirectories(folder.resolve("work")))
        .start(line.toArray(String[]::new));
  }

  /**
   * Makes a jar of only that class. The tests' log settings beside it would hide the executors'
   * messages that this test reads.
   */
  private Path slowFileSystem() throws IOException {
    String name = SlowFileSystem.class.getName().replace('.', '/') + ".class";
    Path to = folder.resolve("classes").resolve(name);
    if (!Files.exists(to)) {
      Files.createDirectories(to.getParent());
      Files.copy(Repository.top().resolve("pipeline-jobs/target/test-classes").resolve(name), to);
    }
    return folder.resolve("classes");
  }

  /**
   * Kills an executor in the middle of a task of that stage.
   *
   * @param printed the number of stages up to the last one that has printed its report by then
   */
  private static void killInTask(StandaloneCluster cluster, Running run, int stage, int printed)
      throws Exception {
    await(
        "an executor killed in " + STAGES.get(stage),
        () -> {
          assertThat(finished(run)).as("stages that are done").isLessThanOrEqualTo(stage);
          return alive(run)
              && finished(run) == printed
              && cluster.executors().stream().anyMatch(Executor::killInTask);
        });
  }

  private static boolean inTask(StandaloneCluster cluster) {
    return cluster.executors().stream().anyMatch(Executor::isInTask);
  }

  private static boolean alive(Running run) throws IOException {
    assertThat(run.isAlive()).as(run.said()).isTrue();
    return true;
  }

  /** Returns the number of stages up to the last one that has printed its report. */
  private static int finished(Running run) throws IOException {
    String printed = run.printed();
    int last = 0;
    for (int stage = 0; stage < STAGES.size(); stage++) {
      last = printed.contains(STAGES.get(stage) + ": ") ? stage + 1 : last;
    }
    return last;
  }

  private String eventLogs() throws IOException {
    StringBuilder all = new StringBuilder();
    try (Stream<Path> files = Files.walk(folder.resolve("events"))) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        all.append(Files.readString(file, UTF_8));
      }
    }
    return all.toString();
  }
}
