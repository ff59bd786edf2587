package org.headct.ich.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.launcher.JavaModuleOptions;
import org.headct.ich.jobs.run.CodeVersion;
import org.headct.ich.jobs.testing.CommandLine;
import org.headct.ich.jobs.testing.CommandLine.Result;
import org.headct.ich.jobs.testing.Launcher;
import org.headct.ich.jobs.testing.Launcher.Submitted;
import org.headct.ich.jobs.testing.Repository;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests how {@code deploy/bin/ich} starts a command on the Spark that the build assembles. */
class LauncherIT {
  private static final Path JARS = Repository.top().resolve("pipeline-jobs/target");

  @TempDir private Path folder = Path.of("");

  @Test
  void oneJvmWhereSparkSubmitHasNothingToDo() throws Exception {
    Launcher launcher = new Launcher(folder).onAssembledSpark();
    Submitted alone = launcher.run("refresh", "--config", "site.conf");
    assertThat(alone.code()).as(alone.err()).isZero();
    assertThat(alone.words())
        .contains("-Xmx3g", "-Dspark.master=local[*,3]")
        .endsWith("org.headct.ich.jobs.PipelineMain", "refresh", "--config", "site.conf")
        .as("what spark-submit would open")
        .containsAll(List.of(JavaModuleOptions.defaultModuleOptions().strip().split(" +")));
  }

  /** The small JVM's exit code becomes the command's, and spark-submit is not started. */
  @Test
  void checksBeforeSparkSubmit() throws Exception {
    Launcher launcher = new Launcher(folder).onAssembledSpark();
    String[] options = {"--", "--conf", "spark.ui.enabled=false"};
    Submitted refused =
        launcher.run(
            Stream.concat(Stream.of("refresh"), Stream.of(options)).toArray(String[]::new));
    assertThat(refused.code()).isEqualTo(Launcher.REFUSED);
    assertThat(refused.words()).contains("-Dich.check=true");
    assertThat(launcher.run("refresh", "--report", "r.json", "--", "--conf", "spark.a=b").words())
        .as("a report goes where Spark's settings reach")
        .doesNotContain("-Dich.check=true");

    CommandLine ich = new CommandLine(Files.createDirectories(folder.resolve("work")));
    Result unknown =
        ich.run("refresh", "--set", "label.input=x", "--", "--conf", "spark.ui.enabled=false");
    assertThat(unknown.code()).isEqualTo(2);
    assertThat(unknown.err()).singleElement().asString().startsWith("ich: unknown key label.input");
    assertThat(ich.run("--version", "--", "--conf", "spark.ui.enabled=false").out())
        .containsExactly("ich " + CodeVersion.current());
  }

  /** Nearly all classes of a command's start come from the archive that the build made. */
  @Test
  void classesComeFromTheArchive() throws Exception {
    Path log = folder.resolve("classes.txt");
    Result version = loggingClasses(log).run("--version");
    assertThat(version.err()).isEmpty();
    List<String> loaded = Files.readAllLines(log);
    long archived = loaded.stream().filter(line -> line.contains("shared objects file")).count();
    assertThat(archived).isGreaterThan(loaded.size() * 8L / 10);
  }

  /** JDK 17 would crash with both. */
  @Test
  void aFlightRecordingGoesWithoutTheArchive() throws Exception {
    Path recording = folder.resolve("run.jfr");
    Result version =
        new CommandLine(Files.createDirectories(folder.resolve("work")))
            .with("ICH_JAVA_OPTIONS", "-XX:StartFlightRecording=filename=" + recording)
            .run("sql", "-e", "SELECT 1 AS one");
    assertThat(version.code()).isZero();
    assertThat(recording).isNotEmptyFile();
  }

  /** After a build of one module, the archive belongs to another jar. It must do no harm. */
  @Test
  void anArchiveThatDoesNotFitIsPassedOverInSilence() throws Exception {
    Path jar = folder.resolve("other.jar");
    Files.createSymbolicLink(folder.resolve("other.jsa"), only("-uber.jsa"));
    Files.copy(only("-uber.jar"), jar);
    Path log = folder.resolve("classes.txt");
    Result version = loggingClasses(log).with("ICH_JAR", jar.toString()).run("--version");
    assertThat(version.code()).isZero();
    assertThat(version.err()).isEmpty();
    assertThat(version.out()).containsExactly("ich " + CodeVersion.current());
    assertThat(Files.readAllLines(log)).noneMatch(line -> line.contains("(top)"));

    Path broken = Files.writeString(folder.resolve("broken.jsa"), "no archive");
    Files.move(broken, folder.resolve("other.jsa"), StandardCopyOption.REPLACE_EXISTING);
    Result again = loggingClasses(log).with("ICH_JAR", jar.toString()).run("--version");
    assertThat(again.err()).isEmpty();
    assertThat(again.out()).containsExactly("ich " + CodeVersion.current());
  }

  private CommandLine loggingClasses(Path log) throws IOException {
    return new CommandLine(Files.createDirectories(folder.resolve("work")))
        .with("ICH_JAVA_OPTIONS", "-Xlog:class+load:file=" + log);
  }

  private static Path only(String ending) throws IOException {
    try (Stream<Path> files = Files.list(JARS)) {
      return files
          .filter(file -> file.getFileName().toString().endsWith(ending))
          .findFirst()
          .orElseThrow(() -> new IllegalStateException("no *" + ending + ": run mvn package"));
    }
  }
}
