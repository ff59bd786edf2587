package org.headct.ich.jobs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.headct.ich.jobs.testing.CommandLine;
import org.headct.ich.jobs.testing.Repository;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests of README's first command: every stage on phantoms, and the pages that it promises. */
class DemoIT {
  private static final int PATIENCE_MINUTES = 25;
  @TempDir private Path folder = Path.of("");

  /**
   * Twelve patients and two epochs are enough for every stage, but too little to learn. Each defect
   * occurs once, so a larger share of these few rows is rejected.
   */
  @Test
  void everyStageRunsAndLeavesItsPage() throws IOException, InterruptedException {
    Path demo =
        demo(
            folder.resolve("ich-demo").toString(),
            "--set",
            "phantoms.patients=12",
            "--set",
            "max-reject-ratio=0.2",
            "--set",
            "train.epochs=2");
    assertThat(auc(demo)).isBetween(0.0, 1.0);
  }

  /** Runs the command as README prints it. */
  @Test
  @Tag("nightly")
  void theDemoLearnsAndShowsIt() throws IOException, InterruptedException {
    assertThat(auc(demo()))
        .as("ROC AUC of any on held-out phantom patients")
        .isGreaterThanOrEqualTo(0.90);
  }

  /** Runs the demo in the test's folder and returns the folder that it leaves. */
  private Path demo(String... arguments) throws IOException, InterruptedException {
    Path demo = folder.resolve("ich-demo");
    Path log = folder.resolve("log.txt");
    List<String> command = new ArrayList<>();
    command.add(Repository.top().resolve("deploy/bin/demo").toString());
    command.addAll(List.of(arguments));
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile());
    builder.environment().remove("SPARK_HOME");
    builder.environment().remove("ICH_JAR");
    Process process = builder.start();
    process.getOutputStream().close();
    boolean ended = process.waitFor(PATIENCE_MINUTES, TimeUnit.MINUTES);
    process.destroyForcibly();
    String said = Files.readString(log, UTF_8);
    assertThat(ended).as(said).isTrue();
    assertThat(process.exitValue()).as(said).isZero();
    assertThat(demo.resolve("reports/evaluation-demo.html")).isNotEmptyFile();
    assertThat(demo.resolve("reports/explore.html")).isNotEmptyFile();
    return demo;
  }

  /** Reads the ROC AUC with {@code ich sql}, like a user. */
  private static double auc(Path demo) throws IOException, InterruptedException {
    CommandLine.Result auc =
        new CommandLine(demo)
            .run(
                "sql",
                "--format=json",
                "--set",
                "warehouse.path=" + demo.resolve("warehouse"),
                "-e",
                "select value from ich.metrics where metric = 'roc_auc' and finding = 'any' and unit = 'slice' and condition = ''");
    assertThat(auc.out()).as(String.join("\n", auc.err())).hasSize(1);
    return new ObjectMapper().readTree(auc.out().get(0)).get("value").asDouble();
  }
}
