package org.headct.ich.jobs.file;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.execution.streaming.FileSystemBasedCheckpointFileManager;
import org.headct.ich.jobs.testing.DyingFileSystem;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A file is written completely or not at all, on file systems with and without a FileContext. */
class AtomicFilesTest {
  private final Configuration conf = DyingFileSystem.register(new Configuration());
  @TempDir private java.nio.file.Path folder = java.nio.file.Path.of("");

  @AfterEach
  void heal() {
    DyingFileSystem.heal();
  }

  private List<Path> places() {
    return List.of(
        new Path(folder.resolve("local/run/file").toString()),
        DyingFileSystem.path(folder.resolve("dying/run/file")));
  }

  private String text(String place) throws IOException {
    return Files.readString(folder.resolve(place).resolve("run/file"));
  }

  private List<String> names(String place) throws IOException {
    try (Stream<java.nio.file.Path> files = Files.list(folder.resolve(place).resolve("run"))) {
      return files.map(f -> f.getFileName().toString()).toList();
    }
  }

  private void write(Path file, String text) throws IOException {
    AtomicFiles.write(conf, file, out -> out.write(text.getBytes(UTF_8)));
  }

  @Test
  void aFileReplacesTheOldOneAndLeavesNothingBeside() throws IOException {
    for (Path file : places()) {
      write(file, "old and longer");
      write(file, "new");
    }
    for (String place : List.of("local", "dying")) {
      assertThat(text(place)).isEqualTo("new");
      assertThat(names(place)).containsExactly("file");
    }
  }

  @Test
  void contentThatFailsHalfWayLeavesTheOldFile() throws IOException {
    for (Path file : places()) {
      write(file, "old");
      assertThatThrownBy(
              () ->
                  AtomicFiles.write(
                      conf,
                      file,
                      out -> {
                        out.write("half a f".getBytes(UTF_8));
                        throw new IOException("disk full");
                      }))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("cannot write " + file)
          .hasMessageContaining("disk full");
    }
    for (String place : List.of("local", "dying")) {
      assertThat(text(place)).isEqualTo("old");
      assertThat(names(place)).containsExactly("file");
    }
  }

  /** Fails each step of a first write: write, rename. */
  @Test
  void aStepOfTheStorageThatFailsLeavesNothing() throws IOException {
    Path file = places().get(1);
    for (int step = 1; step <= 2; step++) {
      DyingFileSystem.failAt(step);
      assertThatThrownBy(() -> write(file, "new")).hasMessageContaining("killed at step " + step);
      assertThat(names("dying")).isEmpty();
    }
    DyingFileSystem.failAt(3);
    write(file, "new");
    assertThat(text("dying")).isEqualTo("new");
  }

  @Test
  void whatAKilledProcessLeavesIsNoFileAndCanBeRemoved() throws IOException {
    Path file = places().get(1);
    DyingFileSystem.dieAt(1);
    assertThatThrownBy(() -> write(file, "new")).isInstanceOf(IOException.class);
    assertThat(names("dying")).singleElement().asString().startsWith(".file.").endsWith(".tmp");
    DyingFileSystem.heal();
    write(new Path(file.getParent(), ".htmp"), "not ours");
    write(new Path(file.getParent(), "a.tmp"), "not ours");
    AtomicFiles.removeTemporaries(conf, file.getParent());
    assertThat(names("dying")).containsExactlyInAnyOrder(".htmp", "a.tmp");
  }

  /** Sets the key that names the manager, such as Spark's for S3. */
  @Test
  void theConfiguredWayOfWritingIsTaken() throws IOException {
    conf.set("spark.sql.streaming.checkpointFileManagerClass", Recording.class.getName());
    write(places().get(0), "new");
    assertThat(text("local")).isEqualTo("new by Recording");
  }

  /** A manager that leaves a trace when it is used. */
  public static final class Recording extends FileSystemBasedCheckpointFileManager {
    public Recording(Path directory, Configuration conf) {
      super(directory, conf);
    }

    @Override
    public void renameTempFile(Path from, Path to, boolean overwrite) {
      super.renameTempFile(from, to, overwrite);
      try {
        Files.writeString(
            java.nio.file.Path.of(to.toUri().getPath()),
            " by Recording",
            java.nio.file.StandardOpenOption.APPEND);
      } catch (IOException e) {
        throw new java.io.UncheckedIOException(e);
      }
    }
  }
}
