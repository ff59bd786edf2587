package org.headct.ich.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.headct.ich.jobs.run.CodeVersion;
import org.headct.ich.jobs.testing.CommandLine;
import org.headct.ich.jobs.testing.CommandLine.Result;
import org.headct.ich.jobs.testing.InProcess;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Tests of commands as users type them. Four run as processes, through the launcher, the uber-jar
 * and the Spark that the build assembles. The others run in this JVM, where they take milliseconds.
 */
class CommandLineIT {
  @TempDir private Path folder = Path.of("");

  private Path work = Path.of("");
  private CommandLine ich = new CommandLine(work);

  @BeforeEach
  void makeWorkingDirectory() throws IOException {
    work = Files.createDirectories(folder.resolve("work"));
    ich = new CommandLine(work);
  }

  private static Result run(String... arguments) {
    return InProcess.run(PipelineMain.groups(), arguments);
  }

  /** Runs a command in this JVM. All its paths are in the working directory. */
  private Result runHere(String command, String... arguments) {
    List<String> line = new ArrayList<>(List.of(command));
    for (String place : List.of("warehouse", "models", "reports")) {
      line.addAll(List.of("--set", "%s.path=%s".formatted(place, work.resolve("data/" + place))));
    }
    line.addAll(List.of(arguments));
    return run(line.toArray(String[]::new));
  }

  private String in(String key, String file) {
    return key + "=" + work.resolve(file);
  }

  @Test
  void helpAndVersion() {
    Result help = run("--help");
    assertThat(help.code()).isZero();
    assertThat(help.err()).isEmpty();
    String text = String.join("\n", help.out());
    assertThat(PipelineMain.jobs()).allSatisfy(job -> assertThat(text).contains(job.name()));

    Result command = run("audit-dicom", "--help");
    assertThat(command.code()).isZero();
    assertThat(command.err()).isEmpty();
    assertThat(String.join("\n", command.out()))
        .contains("Usage: ich audit-dicom", "--set", "--config", "--dry-run")
        .contains("Reads:", "Writes:", "Example:");

    Result version = run("--version");
    assertThat(version.code()).isZero();
    assertThat(version.out()).containsExactly("ich " + CodeVersion.current());
  }

  @Test
  void mistakesInTheCommandItself() throws IOException {
    assertMistake(run("reshape-lables"), "reshape-lables", "reshape-labels");
    assertMistake(run("reshape-labels", "--sett", "a=b"), "--sett", "--help");
    assertMistake(run("explore", "--dataset", "binary"), "--tensors=N", "--help");
  }

  @Test
  void mistakesInSettings() throws IOException, InterruptedException {
    assertMistake(
        runHere("reshape-labels", "--set", "label.input=x.csv"),
        "unknown key label.input",
        "labels.input");
    Files.writeString(work.resolve("my.conf"), "labels.input = x.csv\ntensors.size = 0\n");
    assertMistake(
        ich.run("build-tensors", "--config", "my.conf"),
        "tensors.size must be in [64, 1024], got 0",
        "my.conf:2");
  }

  @Test
  void mistakesInTheInput() throws IOException {
    assertMistake(
        runHere("reshape-labels", "--set", in("labels.input", "none.csv")),
        "labels.input",
        "none.csv");
    Files.createDirectories(work.resolve("empty"));
    assertMistake(
        runHere("audit-dicom", "--set", in("dicom.input", "empty")), "dicom.input", "empty");
    Files.writeString(work.resolve("prose.csv"), "Dear all,\nplease find enclosed\n");
    assertMistake(
        runHere("reshape-labels", "--set", in("labels.input", "prose.csv")),
        "prose.csv",
        "ID,Label");
    Files.writeString(work.resolve("dump.zip"), "no archive at all");
    assertMistake(runHere("audit-dicom", "--set", in("dicom.input", "dump.zip")), "dump.zip");
    assertMistake(runHere("build-tensors"), "ich.selections", "run select-slices first");
    assertMistake(runHere("explore", "--tensors", "12"), "ich.tensors", "run build-tensors first");
  }

  /** Checks for code 2, one line with the whole message, no stack trace, and nothing written. */
  private void assertMistake(Result result, String... said) throws IOException {
    assertThat(result.err()).as("standard error of %s", List.of(said)).hasSize(1);
    assertThat(result.err().get(0)).startsWith("ich: ").contains(said);
    assertThat(result.out()).isEmpty();
    assertThat(result.code()).isEqualTo(2);
    assertNothingWritten();
  }

  private void assertNothingWritten() throws IOException {
    try (Stream<Path> left = Files.list(work)) {
      assertThat(left.map(f -> f.getFileName().toString()))
          .isSubsetOf("my.conf", "empty", "prose.csv", "dump.zip");
    }
  }

  @Test
  void fromPhantomsToLabels() throws Exception {
    Result made =
        ich.run(
            "make-phantoms",
            "--set",
            "phantoms.output=dump",
            "--set",
            "phantoms.patients=3",
            "--set",
            "phantoms.slices=15",
            "--set",
            "phantoms.size=64",
            "--set",
            "phantoms.defects=malformed-label,not-dicom");
    assertThat(made.code()).as(String.join("\n", made.err())).isZero();
    assertThat(work.resolve("dump/stage_2_train.csv")).exists();
    assertThat(made.err()).anyMatch(line -> line.startsWith("make-phantoms: 45 DICOM files"));

    Result labels = ich.run("reshape-labels", "--set", "labels.input=dump/stage_2_train.csv");
    assertThat(labels.code()).as(String.join("\n", labels.err())).isZero();
    assertThat(labels.err())
        .anyMatch(line -> line.startsWith("reshape-labels: 44 images with six labels"))
        .anyMatch(line -> line.matches(" +rejected MALFORMED_ROW +1"));
    assertThat(work.resolve("ich-data/warehouse/labels/metadata")).isDirectory();
    try (Stream<Path> reports = Files.list(work.resolve("ich-data/reports/runs"))) {
      List<Path> json = reports.filter(f -> f.toString().endsWith("reshape-labels.json")).toList();
      assertThat(json).hasSize(1);
      assertThat(json.get(0)).content().contains("\"in\" : 270", "\"out\" : 264");
    }

    Result refused =
        ich.run(
            "audit-dicom",
            "--set",
            "dicom.input=dump/stage_2_train",
            "--set",
            "max-reject-ratio=0");
    assertThat(refused.code()).isEqualTo(1);
    assertThat(refused.err())
        .filteredOn(line -> line.startsWith("ich: "))
        .singleElement()
        .asString()
        .contains("1 of 45 objects", "NOT_DICOM", "max-reject-ratio");
    assertThat(refused.err()).noneMatch(line -> line.startsWith("\tat "));
    assertThat(work.resolve("ich-data/warehouse/slices")).doesNotExist();
  }

  @Test
  void aDryRunSaysWhatWouldBeWritten() throws IOException {
    Result dry = runHere("make-phantoms", "--set", in("phantoms.output", "dump"), "--dry-run");
    assertThat(dry.code()).isZero();
    assertThat(dry.out()).anyMatch(line -> line.contains("stage_2_train.csv"));
    assertThat(dry.out()).last().asString().contains("dry run");
    assertNothingWritten();
  }

  @Test
  void aWarehouseThatCannotBeOne() throws IOException {
    Files.writeString(work.resolve("labels.csv"), "ID,Label\n");
    Files.writeString(work.resolve("warehouse"), "a file");

    Result result =
        run(
            "reshape-labels",
            "--set",
            in("labels.input", "labels.csv"),
            "--set",
            in("warehouse.path", "warehouse"));

    assertThat(result.code()).isEqualTo(2);
    assertThat(result.err())
        .singleElement()
        .asString()
        .startsWith("ich: warehouse.path")
        .contains("warehouse");
  }
}
