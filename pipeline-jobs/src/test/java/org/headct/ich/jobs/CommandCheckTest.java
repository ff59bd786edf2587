package org.headct.ich.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;
import org.headct.ich.domain.config.SettingsLoader;
import org.headct.ich.domain.error.UserException;
import org.headct.ich.jobs.run.CommandRunner;
import org.headct.ich.jobs.run.Job;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Tests of the check of a command line before Spark starts. */
class CommandCheckTest {
  private static final int READY = 64;

  /** Settings that some commands require. */
  private static final List<String> INPUTS =
      List.of(
          "--set", "labels.input=x.csv", "--set", "dicom.input=dump", "--set", "evaluate.run=demo");

  @AfterEach
  void noSparkWasStarted() {
    assertThat(SparkSession.getDefaultSession().isEmpty()).isTrue();
  }

  static Stream<Job> commands() {
    return PipelineMain.jobs().stream().filter(job -> !job.name().equals("experiment"));
  }

  @ParameterizedTest
  @MethodSource("commands")
  void aCommandWithNothingWrongIsReady(Job job) {
    assertThat(check(Stream.concat(Stream.of(job.name()), INPUTS.stream()))).isEqualTo(READY);
    assertThat(check(Stream.of(job.name(), "--help"))).isZero();
    assertThat(check(Stream.of(job.name(), "--set", "no.such=key"))).isEqualTo(2);
  }

  @ParameterizedTest
  @CsvSource({
    "reshape-labels, labels.form=tall",
    "audit-dicom, audit.depth=skin",
    "select-slices, select.middle-slices=0",
    "build-tensors, tensors.size=0",
    "refresh, tensors.size=0",
    "refresh, select.middle-slices=0",
    "maintain, maintain.keep-days=-1",
    "train-model, train.epochs=0",
    "evaluate-model, evaluate.robustness=-1",
    "train-classifiers, classify.folds=1",
    "predict, max-reject-ratio=2",
    "make-phantoms, phantoms.patients=0",
    "explore, explore.pictures=-1",
    "audit-dicom, max-reject-ratio=2",
  })
  void aValueOutOfRangeIsRefused(String command, String setting) {
    Job job =
        PipelineMain.jobs().stream()
            .filter(each -> each.name().equals(command))
            .findFirst()
            .orElseThrow();
    List<String> settings =
        Stream.concat(INPUTS.stream().filter(word -> !word.equals("--set")), Stream.of(setting))
            .toList();
    assertThatThrownBy(() -> job.check(SettingsLoader.load(List.of(), settings)))
        .isInstanceOf(UserException.class)
        .hasMessageContaining(setting.substring(0, setting.indexOf('=')));
  }

  private static int check(Stream<String> line) {
    return new CommandRunner(PipelineMain.groups()).check(line.toArray(String[]::new));
  }
}
