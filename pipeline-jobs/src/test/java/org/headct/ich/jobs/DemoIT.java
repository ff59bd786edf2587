package org.headct.ich.jobs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.headct.ich.jobs.testing.CommandLine;
import org.headct.ich.jobs.testing.Repository;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** README's first command, as it is printed: the whole way on phantoms, and what it claims. */
class DemoIT {
  private static final int PATIENCE_MINUTES = 25;
  @TempDir private Path folder = Path.of("");

  @Test
  void theDemoLearnsAndShowsIt() throws IOException, InterruptedException {
    Path demo = folder.resolve("ich-demo");
    Path log = folder.resolve("log.txt");
    ProcessBuilder builder =
        new ProcessBuilder(Repository.top().resolve("deploy/bin/demo").toString())
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

    // What the tables hold, asked as a user would.
    CommandLine.Result auc =
        new CommandLine(demo)
            .run(
                "sql",
                "--format=json",
                "--set",
                "warehouse.path=" + demo.resolve("warehouse"),
                "-e",
                "select value from ich.metrics where metric = 'roc_auc' and finding = 'any' and unit = 'slice' and condition = ''");
    List<String> rows = auc.out();
    assertThat(rows).as(said).hasSize(1);
    JsonNode row = new ObjectMapper().readTree(rows.get(0));
    assertThat(row.get("value").asDouble())
        .as("ROC AUC of any on held-out phantom patients\n" + said)
        .isGreaterThanOrEqualTo(0.90);
    assertThat(demo.resolve("reports/evaluation-demo.html")).isNotEmptyFile();
    assertThat(demo.resolve("reports/explore.html")).isNotEmptyFile();
  }
}
