package org.headct.ich.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.headct.ich.domain.config.KeyReference;
import org.headct.ich.jobs.run.Job;
import org.headct.ich.jobs.testing.CommandLine.Result;
import org.headct.ich.jobs.testing.InProcess;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Tests of the help of the command line. */
class HelpTest {
  private static final int SCREEN_LINES = 40;
  private static final int SCREEN_COLUMNS = 80;

  @TempDir Path folder;

  private static Result ich(String... arguments) {
    return InProcess.run(PipelineMain.groups(), arguments);
  }

  static List<Job> jobs() {
    return PipelineMain.jobs();
  }

  @Test
  void theHelpFitsOnAScreenWithALineACommand() {
    List<String> help = ich("--help").out();
    assertThat(help).hasSizeLessThanOrEqualTo(SCREEN_LINES);
    assertThat(help).allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(SCREEN_COLUMNS));
    for (Job job : jobs()) {
      assertThat(help).filteredOn(line -> line.strip().startsWith(job.name() + " ")).hasSize(1);
    }
    assertThat(help)
        .containsSubsequence("From a dump to tensors", "On a schedule", "Models", "Tables", "Help");
  }

  @ParameterizedTest
  @MethodSource("jobs")
  void aCommandsHelpNamesItsSettingsWithTheirDefaults(Job job) {
    Result help = ich(job.name(), "--help");
    String text = String.join("\n", help.out());
    assertThat(job.keys()).isNotEmpty();
    for (String name : job.keys()) {
      assertThat(KeyReference.named(name))
          .allSatisfy(key -> assertThat(text).contains(key.key() + " = " + key.defaultValue()));
    }
    assertThat(ich("help", job.name()).out()).isEqualTo(help.out());
  }

  @Test
  void explainsAKeyAndASection() {
    assertThat(ich("help", "tensors.size").out()).first().isEqualTo("tensors.size = 256");
    assertThat(ich("help", "labels.prevalence").out())
        .contains("labels.prevalence.any = [0,1]")
        .filteredOn(line -> line.contains("Lowest and highest"))
        .hasSize(1);
  }

  @Test
  void explainsAFinding() {
    assertThat(ich("help", "truncated").out())
        .startsWith("TRUNCATED in a DICOM dump")
        .anyMatch(line -> line.startsWith("  Remedy: Copy the file again"));
    assertThat(ich("help", "UNANNOTATED").out())
        .contains("UNANNOTATED in a label file", "UNANNOTATED in a DICOM dump");
  }

  @Test
  void suggestsTheNearestName() {
    Result wrong = ich("help", "tensors.sise");
    assertThat(wrong.code()).isEqualTo(2);
    assertThat(wrong.err())
        .containsExactly("ich: no setting is named tensors.sise; did you mean tensors.size?");
  }

  /** Zsh runs the same script. Its completion needs a terminal, so it is not tested here. */
  @Test
  void bashCompletesCommandsAndKeys() throws Exception {
    Path script = folder.resolve("ich_completion");
    Files.write(script, ich("completion").out());
    assertThat(completions(script, "ich", "sele")).containsExactly("select-slices");
    assertThat(completions(script, "ich", "help", "tensors.si")).containsExactly("tensors.size");
    assertThat(completions(script, "ich", "refresh", "--set", "split.se"))
        .containsExactly("split.seed");
  }

  /** Completes the last word in a real shell, as the tab key would. */
  private static List<String> completions(Path script, String... words) throws Exception {
    String line =
        "source %s; COMP_WORDS=(%s); COMP_CWORD=%d; _complete_ich; printf '%%s\\n' \"${COMPREPLY[@]}\""
            .formatted(script, String.join(" ", words), words.length - 1);
    Process process =
        new ProcessBuilder("bash", "--norc", "-c", line)
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    List<String> found = new String(process.getInputStream().readAllBytes()).lines().toList();
    assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    return found.stream().map(String::strip).toList();
  }
}
