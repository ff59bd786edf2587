package org.headct.ich.jobs.trainmodel;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.hadoop.fs.Path;
import org.headct.ich.domain.config.TrainConfig;
import org.headct.ich.domain.error.UserException;
import org.headct.ich.domain.training.TrainSettings;
import org.headct.ich.jobs.averaging.SparkTrainer;
import org.headct.ich.jobs.batch.TensorShape;
import org.headct.ich.jobs.file.LocalFile;
import org.headct.ich.jobs.modelstore.RunInfo;
import org.headct.ich.jobs.report.JobReport;
import org.headct.ich.jobs.run.JobContext;
import org.headct.ich.networks.Freezing;
import org.headct.ich.networks.weights.InitialNetwork;
import org.headct.ich.networks.weights.StartingWeights;
import org.headct.ich.networks.weights.WeightsFile;
import org.jspecify.annotations.Nullable;

/** The weights that a new run begins with: random ones, or those of {@code train.weights}. */
final class InitialWeights {
  private InitialWeights() {}

  /**
   * Checks the settings before anything is read.
   *
   * @throws UserException if the file is not there, or if random weights would be frozen
   */
  static void check(JobContext context, TrainConfig config) {
    if (config.resume()) {
      return;
    }
    if (config.weights().random()) {
      if (!config.weights().freeze().equals(Freezing.NONE)) {
        throw new UserException(
            "train.freeze is %s without train.weights: random weights would stay; name a file"
                .formatted(config.weights().freeze()));
      }
      return;
    }
    Path file = new Path(config.weights().file());
    try {
      if (!file.getFileSystem(context.hadoop()).exists(file)) {
        throw new UserException("train.weights: there is no file " + file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot look for train.weights " + file, e);
    }
  }

  /**
   * Reads the file into a network with new heads. Returns null for random weights, and for a
   * resumed run.
   */
  static @Nullable InitialNetwork network(
      JobContext context, TrainConfig config, TrainSettings settings, TensorShape shape)
      throws IOException {
    if (config.resume() || config.weights().random()) {
      return null;
    }
    try (LocalFile file =
        LocalFile.of(context.hadoop(), "train.weights", config.weights().file())) {
      return InitialNetwork.of(
          new WeightsFile(file.path(), config.weights().file(), file.length(), file.sha256()),
          config.weights(),
          stride -> SparkTrainer.newNetwork(settings, shape, stride));
    }
  }

  /** Adds the report's line on the file that the run started from. */
  static void describe(RunInfo run, JobReport.Builder report) {
    StartingWeights weights = run.weights();
    if (weights != null) {
      report.fact(
          "started from",
          "%s (input: %s; frozen: %s, %d layers)"
              .formatted(
                  weights.path(), weights.input(), weights.freeze(), weights.frozen().size()));
    }
  }
}
