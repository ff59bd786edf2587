package org.headct.ich.jobs.trainmodel;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.hadoop.fs.Path;
import org.headct.ich.common.config.TrainConfig;
import org.headct.ich.common.error.UserException;
import org.headct.ich.jobs.model.RunInfo;
import org.headct.ich.jobs.model.SparkTrainer;
import org.headct.ich.jobs.model.TensorShape;
import org.headct.ich.jobs.model.TrainSettings;
import org.headct.ich.jobs.network.Freezing;
import org.headct.ich.jobs.run.JobContext;
import org.headct.ich.jobs.run.JobReport;
import org.headct.ich.jobs.weights.InitialNetwork;
import org.headct.ich.jobs.weights.StartingWeights;
import org.jspecify.annotations.Nullable;

/** What a new run begins with: random weights, or those of {@code train.weights}. */
final class Beginning {
  private Beginning() {}

  /**
   * Looks at what is asked before anything is read.
   *
   * @throws UserException if the file is not there, or if random weights would be frozen
   */
  static void check(JobContext context, TrainConfig config) {
    if (config.resume()) {
      return;
    }
    if (config.weights().isEmpty()) {
      if (!config.freeze().equals(Freezing.NONE)) {
        throw new UserException(
            "train.freeze is %s without train.weights: random weights would stay; name a file"
                .formatted(config.freeze()));
      }
      return;
    }
    Path file = new Path(config.weights());
    try {
      if (!file.getFileSystem(context.hadoop()).exists(file)) {
        throw new UserException("train.weights: there is no file " + file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot look for train.weights " + file, e);
    }
  }

  /** The network of the file with new heads; null for random weights, and for a resumed run. */
  static @Nullable InitialNetwork network(
      JobContext context, TrainConfig config, TrainSettings settings, TensorShape shape)
      throws IOException {
    if (config.resume() || config.weights().isEmpty()) {
      return null;
    }
    return InitialNetwork.of(
        context.hadoop(),
        new InitialNetwork.Request(config.weights(), config.weightsInput(), config.freeze()),
        stride -> SparkTrainer.newNetwork(settings, shape, stride));
  }

  /** The report's line on it. */
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
