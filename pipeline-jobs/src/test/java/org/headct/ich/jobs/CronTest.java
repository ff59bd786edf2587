package org.headct.ich.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.headct.ich.jobs.testing.Repository;
import org.headct.ich.jobs.testing.Script;
import org.headct.ich.jobs.testing.Script.Outcome;
import org.headct.ich.jobs.testing.StandaloneCluster;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests of {@code deploy/cron/ich-refresh} with a stand-in for {@code ich}. */
class CronTest {
  private static final String WRAPPER = "deploy/cron/ich-refresh";

  @TempDir private Path folder = Path.of("");
  private Script script;
  private Path logs = Path.of("");

  @BeforeEach
  void folders() {
    script = new Script(folder);
    logs = folder.resolve("logs");
    script
        .with("ICH_LOGS", logs.toString())
        .with("ICH", folder.resolve("ich").toString())
        .with("ICH_RETRY_S", "0");
  }

  @Test
  void aDoneRunIsSilentAndLeavesALog() throws Exception {
    script.program("ich", "echo \"refresh: done $*\" >&2");
    Files.createDirectories(logs);
    Path old = Files.writeString(logs.resolve("refresh-20200101T000000.log"), "");
    Files.setLastModifiedTime(old, FileTime.from(Instant.now().minus(Duration.ofDays(100))));
    Outcome done = script.run(WRAPPER, "--config", "a b.conf", "--", "--master", "yarn");
    assertThat(done).isEqualTo(new Outcome(0, "", ""));
    assertThat(logs()).singleElement().asString().startsWith("refresh: done refresh --config a b");
    assertThat(old).doesNotExist();
  }

  /** The script repeats nothing that another attempt can't cure. It passes the exit code on. */
  @Test
  void refusedDataAndMistakesEndIt() throws Exception {
    for (int code : List.of(1, 2)) {
      script.program("ich", "echo try >>tries; echo 'ich: told in a line' >&2; exit " + code);
      Outcome failed = script.run(WRAPPER);
      assertThat(failed.code()).isEqualTo(code);
      assertThat(failed.err())
          .contains("ended with %d, see %s".formatted(code, logs), "ich: told in a line");
    }
    assertThat(Files.readAllLines(folder.resolve("tries"))).hasSize(2);
  }

  @Test
  void aFailureOfTheSystemIsTriedOnceMore() throws Exception {
    script.program("ich", "echo try >>tries; [ $(wc -l <tries) -gt 1 ] || exit 3");
    assertThat(script.run(WRAPPER).code()).isZero();
    Files.delete(folder.resolve("tries"));
    script.program("ich", "echo try >>tries; exit 3");
    assertThat(script.run(WRAPPER).code()).isEqualTo(3);
    assertThat(Files.readAllLines(folder.resolve("tries"))).hasSize(2);
  }

  @Test
  void aSecondOneStepsBack() throws Exception {
    script.program("ich", "touch started; until [ -e go ]; do sleep 0.02; done");
    Script.Running first = script.start(WRAPPER);
    StandaloneCluster.await("the first", () -> Files.exists(folder.resolve("started")));
    Outcome second = script.run(WRAPPER);
    assertThat(second.code()).isZero();
    assertThat(second.err()).contains("still runs", "nothing done");
    Files.createFile(folder.resolve("go"));
    assertThat(Script.await(first).code()).isZero();
    assertThat(logs()).hasSize(1);
    assertThat(script.run(WRAPPER).err()).as("the lock is free again").isEmpty();
  }

  /** Each line has five time fields, a user and an existing script. */
  @Test
  void theCrontabNamesWhatIsThere() throws IOException {
    List<String> lines =
        Files.readAllLines(Repository.top().resolve("deploy/cron/crontab")).stream()
            .filter(line -> line.matches("[0-9*].*"))
            .toList();
    assertThat(lines).hasSize(2).allMatch(line -> line.matches("([0-9*]+ +){5}ich  \\S.*"));
    for (String line : lines) {
      String program = line.replaceFirst(".* (/opt/ich/deploy/\\S+).*", "$1");
      assertThat(Repository.top().resolve(program.replace("/opt/ich/", ""))).isExecutable();
    }
  }

  private List<String> logs() throws IOException {
    try (Stream<Path> files = Files.list(logs)) {
      return files
          .filter(file -> file.toString().endsWith(".log"))
          .map(
              file -> {
                try {
                  return Files.readString(file);
                } catch (IOException e) {
                  throw new UncheckedIOException(e);
                }
              })
          .toList();
    }
  }
}
