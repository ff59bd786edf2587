package org.headct.ich.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.headct.ich.jobs.run.CodeVersion;
import org.headct.ich.jobs.testing.CommandLine;
import org.headct.ich.jobs.testing.CommandLine.Result;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The real command as it is typed, through the uber-jar and the Spark that the build assembles:
 * {@code mvn package} makes both. Each process takes ten seconds, so each test asks much of it.
 */
class CommandLineIT {
  @TempDir Path folder = Path.of("");

  private Path work = Path.of("");
  private CommandLine ich = new CommandLine(work);

  @BeforeEach
  void makeWorkingDirectory() throws IOException {
    work = Files.createDirectories(folder.resolve("work"));
    ich = new CommandLine(work);
  }

  @Test
  void helpAndVersion() throws Exception {
    Result help = ich.run("--help");
    assertThat(help.code()).isZero();
    assertThat(help.err()).isEmpty();
    String text = String.join("\n", help.out());
    assertThat(PipelineMain.jobs()).allSatisfy(job -> assertThat(text).contains(job.name()));

    Result command = ich.run("audit-dicom", "--help");
    assertThat(command.code()).isZero();
    assertThat(command.err()).isEmpty();
    assertThat(String.join("\n", command.out()))
        .contains("Usage: ich audit-dicom", "--set", "--config", "--dry-run")
        .contains("Reads:", "Writes:", "Example:");

    Result version = ich.run("--version");
    assertThat(version.code()).isZero();
    assertThat(version.out()).containsExactly("ich " + CodeVersion.current());
  }

  @Test
  void mistakesInTheCommandItself() throws Exception {
    assertMistake(ich.run("reshape-lables"), "reshape-lables", "reshape-labels");
    assertMistake(ich.run("reshape-labels", "--sett", "a=b"), "--sett", "--help");
    assertMistake(ich.run("explore", "--dataset", "binary"), "--tensors=N", "--help");
  }

  @Test
  void mistakesInSettings() throws Exception {
    assertMistake(
        ich.run("reshape-labels", "--set", "label.input=x.csv"),
        "unknown key label.input",
        "labels.input");
    Files.writeString(work.resolve("my.conf"), "labels.input = x.csv\ntensors.size = 0\n");
    assertMistake(
        ich.run("build-tensors", "--config", "my.conf"),
        "tensors.size must be in [64, 1024], got 0",
        "my.conf:2");
  }

  @Test
  void mistakesInTheInput() throws Exception {
    assertMistake(
        ich.run("reshape-labels", "--set", "labels.input=none.csv"), "labels.input", "none.csv");
    Files.createDirectories(work.resolve("empty"));
    assertMistake(ich.run("audit-dicom", "--set", "dicom.input=empty"), "dicom.input", "empty");
    Files.writeString(work.resolve("prose.csv"), "Dear all,\nplease find enclosed\n");
    assertMistake(
        ich.run("reshape-labels", "--set", "labels.input=prose.csv"), "prose.csv", "ID,Label");
    Files.writeString(work.resolve("dump.zip"), "no archive at all");
    assertMistake(ich.run("audit-dicom", "--set", "dicom.input=dump.zip"), "dump.zip");
    assertMistake(ich.run("build-tensors"), "ich.selections", "run select-slices first");
    assertMistake(ich.run("explore", "--tensors", "12"), "ich.tensors", "run build-tensors first");
  }

  /** Code 2, one line that says all of it, no stack trace, nothing written. */
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
    String[] phantoms = {
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
      "phantoms.defects=malformed-label,not-dicom"
    };
    Result dry =
        ich.run(Stream.concat(Stream.of(phantoms), Stream.of("--dry-run")).toArray(String[]::new));
    assertThat(dry.code()).isZero();
    assertThat(dry.out()).anyMatch(line -> line.contains("stage_2_train.csv"));
    assertThat(dry.out()).last().asString().contains("dry run");
    assertNothingWritten();

    Result made = ich.run(phantoms);
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
  void aWarehouseThatCannotBeOne() throws Exception {
    Files.writeString(work.resolve("labels.csv"), "ID,Label\n");
    Files.writeString(work.resolve("warehouse"), "a file");

    Result result =
        ich.run(
            "reshape-labels",
            "--set",
            "labels.input=labels.csv",
            "--set",
            "warehouse.path=warehouse");

    assertThat(result.code()).isEqualTo(2);
    assertThat(result.err())
        .singleElement()
        .asString()
        .startsWith("ich: warehouse.path")
        .contains("warehouse");
  }
}
