package org.headct.ich.jobs.trainmodel;

import java.io.IOException;
import java.util.List;
import org.headct.ich.domain.config.TrainConfig;
import org.headct.ich.domain.config.TrainConfig.PositiveWeights;
import org.headct.ich.domain.error.UserException;
import org.headct.ich.domain.training.Head;
import org.headct.ich.domain.training.TrainSettings;
import org.headct.ich.jobs.modelstore.ModelStore;
import org.headct.ich.jobs.modelstore.RunInfo;
import org.headct.ich.jobs.run.JobContext;
import org.jspecify.annotations.Nullable;

/**
 * The settings of a run: the configuration, with the workers that Spark has and the weights that
 * the data asks for.
 */
final class RunSettings {
  private RunSettings() {}

  /**
   * Checks settings that must fit each other, before anything is read.
   *
   * @throws UserException for weights of five heads where there is one
   */
  static void check(TrainConfig config) {
    if (config.positiveWeights() == PositiveWeights.BALANCED
        && config.settings().head() == Head.BINARY) {
      throw new UserException(
          "train.positive-weights = balanced is for several heads (train.head = multilabel or all); one head is"
              + " balanced by select.balance");
    }
  }

  /**
   * Returns the settings that a run trains with.
   *
   * @param snapshot of {@code ich.tensors}
   * @throws UserException if a resumed run began with other settings than are asked for
   */
  static TrainSettings of(JobContext context, TrainConfig config, long snapshot, ModelStore store)
      throws IOException {
    RunInfo begun = config.resume() ? begun(config, store) : null;
    // Before the workers are counted: executors of a cluster come one by one, and jobs wait for
    // the first.
    List<Double> classWeights = ClassWeighting.of(context, snapshot, config.dataset());
    List<Double> positiveWeights = positiveWeights(context, config, snapshot);
    TrainSettings settings =
        config.settings().resolved(workers(context, config, begun), classWeights, positiveWeights);
    if (begun != null) {
      checkSame(begun, settings);
    }
    return settings;
  }

  private static RunInfo begun(TrainConfig config, ModelStore store) throws IOException {
    RunInfo run = store.readRun();
    if (!run.dataset().equals(config.dataset())) {
      throw new UserException(
          "train.resume: run %s began with train.dataset = %s, and it is %s now"
              .formatted(run.run(), run.dataset(), config.dataset()));
    }
    return run;
  }

  private static void checkSame(RunInfo begun, TrainSettings settings) {
    List<String> different = begun.settings().differences(settings);
    if (!different.isEmpty()) {
      throw new UserException(
          "train.resume: run %s goes on as it began, but %s; set that back, or train under another name"
              .formatted(begun.run(), String.join(", ", different)));
    }
  }

  /** Keeps the number that a run began with: another one averages other batches. */
  private static int workers(JobContext context, TrainConfig config, @Nullable RunInfo begun) {
    if (config.settings().workers() != 0) {
      return config.settings().workers();
    }
    return begun == null ? context.javaSpark().defaultParallelism() : begun.settings().workers();
  }

  private static List<Double> positiveWeights(
      JobContext context, TrainConfig config, long snapshot) {
    return switch (config.positiveWeights()) {
      case NONE -> List.of();
      case BALANCED ->
          ClassWeighting.ofPositives(context, snapshot, config.dataset(), config.settings().head());
    };
  }
}
