package org.headct.ich.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.headct.ich.jobs.testing.Repository;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.io.TempDir;

/**
 * Runs the commands of README and the guides as they are printed, in their order, on phantoms. A
 * block marked {@code sh} is run; a block without a mark needs a cluster, a download or a name.
 */
@Tag("nightly")
class NewcomerIT {
  private static final List<String> GUIDES =
      List.of("README.md", "conf/README.md", "common/domain/README.md", "pipeline-jobs/README.md");
  private static final Pattern BLOCK = Pattern.compile("(?ms)^```sh\n(.*?)^```$");
  private static final int PATIENCE_MINUTES = 20;

  @TempDir Path folder;

  @Test
  void everyCommandRunsAsPrinted(TestReporter reporter) throws Exception {
    layOut();
    int commands = 0;
    for (String guide : GUIDES) {
      String text = Files.readString(Repository.top().resolve(guide));
      List<String> blocks = BLOCK.matcher(text).results().map(match -> match.group(1)).toList();
      assertThat(blocks).as("%s has no command to run", guide).isNotEmpty();
      for (String block : blocks) {
        for (String command : commands(block)) {
          long start = System.nanoTime();
          run(guide, command);
          long seconds = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - start);
          reporter.publishEntry(command, seconds + " s");
          commands++;
        }
      }
    }
    assertThat(commands).isGreaterThan(12);
    assertThat(folder.resolve("ich-demo/reports/explore.html")).exists();
    assertThat(folder.resolve("last.json")).exists();
    assertThat(folder.resolve("ich-data/reports/evaluation-first.html")).exists();
  }

  /** Lays out the repository's folders, and the inputs that the guides name. */
  private void layOut() throws Exception {
    try (Stream<Path> top = Files.list(Repository.top())) {
      for (Path each : top.filter(NewcomerIT::belongs).toList()) {
        Files.createSymbolicLink(folder.resolve(each.getFileName()), each);
      }
    }
    Files.createDirectories(folder.resolve("bin"));
    Path submit = Repository.top().resolve("deploy/spark-home/bin/spark-submit");
    Path command = folder.resolve("bin/spark-submit");
    Files.writeString(command, "#!/bin/sh\nexec '%s' \"$@\"\n".formatted(submit));
    assertThat(command.toFile().setExecutable(true)).isTrue();
    Files.writeString(
        folder.resolve("site.conf"),
        """
        labels.input = [stage_2_train.csv]
        dicom.input = [stage_2_train]
        tensors.size = 64
        """);
    Files.writeString(folder.resolve("query.sql"), "SELECT count(*) FROM labels;\n");
    run(
        "inputs",
        "deploy/bin/ich make-phantoms --set phantoms.output=dump --set phantoms.patients=12"
            + " --set phantoms.slices=12 --set phantoms.size=128"
            + " && ln -s dump/stage_2_train dump/stage_2_train.csv .");
  }

  private static boolean belongs(Path file) {
    String name = file.getFileName().toString();
    return !name.startsWith(".") && !name.equals("ich-data") && !name.equals("ich-demo");
  }

  /** Splits a block into commands: one a line, unless a backslash continues it. */
  private static List<String> commands(String block) {
    List<String> commands = new ArrayList<>();
    StringBuilder open = new StringBuilder();
    for (String line : block.lines().toList()) {
      open.append(line).append('\n');
      if (!line.endsWith("\\")) {
        commands.add(open.toString().strip());
        open.setLength(0);
      }
    }
    return commands;
  }

  private void run(String guide, String command) throws IOException, InterruptedException {
    Path log = folder.resolve("log.txt");
    ProcessBuilder builder =
        new ProcessBuilder("bash", "-euo", "pipefail", "-c", command)
            .directory(folder.toFile())
            .redirectInput(Path.of("/dev/null").toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile());
    builder.environment().remove("SPARK_HOME");
    builder.environment().remove("ICH_JAR");
    builder.environment().put("MASTER", "local[2]");
    builder.environment().put("RSNA_DUMP", folder.resolve("dump").toString());
    builder.environment().put("SPARK_LOCAL_IP", "127.0.0.1");
    builder.environment().merge("PATH", "", (path, none) -> folder.resolve("bin") + ":" + path);
    Process process = builder.start();
    boolean ended = process.waitFor(PATIENCE_MINUTES, TimeUnit.MINUTES);
    process.destroyForcibly();
    assertThat(ended).as("%s: %s does not end", guide, command).isTrue();
    assertThat(process.exitValue())
        .as("%s: %s%n%s", guide, command, Files.readString(log))
        .isZero();
  }
}
