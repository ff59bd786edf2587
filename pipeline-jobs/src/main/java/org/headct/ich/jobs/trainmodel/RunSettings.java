package org.headct.ich.jobs.trainmodel;

import java.io.IOException;
import java.util.List;
import org.headct.ich.domain.config.TrainConfig;
import org.headct.ich.domain.config.TrainConfig.HeadChoice;
import org.headct.ich.domain.config.TrainConfig.PositiveWeights;
import org.headct.ich.domain.config.TrainConfig.Sequence;
import org.headct.ich.domain.error.UserException;
import org.headct.ich.jobs.modelstore.ModelStore;
import org.headct.ich.jobs.modelstore.RunInfo;
import org.headct.ich.jobs.run.JobContext;
import org.headct.ich.jobs.training.RateSchedule;
import org.headct.ich.jobs.training.TrainSettings;
import org.headct.ich.networks.Head;
import org.headct.ich.networks.NetworkName;
import org.jspecify.annotations.Nullable;

/** What a run computes: by the configuration, the weights of its data, and how it began. */
final class RunSettings {
  private static final int KEPT_CHECKPOINTS = 2;
  private static final double PLATEAU_FACTOR = 0.5;

  private RunSettings() {}

  /**
   * Looks at what is asked before anything is read.
   *
   * @throws UserException for weights of five heads where there is one
   */
  static void check(TrainConfig config) {
    if (config.positiveWeights() == PositiveWeights.BALANCED
        && config.head() == HeadChoice.BINARY) {
      throw new UserException(
          "train.positive-weights = balanced is for several heads (train.head = multilabel or all); one head is"
              + " balanced by select.balance");
    }
  }

  /**
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
    int workers = workers(context, config, begun);
    TrainSettings settings = settings(config, workers, classWeights, positiveWeights);
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

  /** A run keeps the number that it began with: another one averages other batches. */
  private static int workers(JobContext context, TrainConfig config, @Nullable RunInfo begun) {
    if (config.workers() != 0) {
      return config.workers();
    }
    return begun == null ? context.javaSpark().defaultParallelism() : begun.settings().workers();
  }

  private static List<Double> positiveWeights(
      JobContext context, TrainConfig config, long snapshot) {
    if (config.positiveWeights() == PositiveWeights.NONE) {
      return List.of();
    }
    return ClassWeighting.ofPositives(context, snapshot, config.dataset(), head(config));
  }

  private static Head head(TrainConfig config) {
    return switch (config.head()) {
      case MULTILABEL -> Head.MULTILABEL;
      case ALL -> Head.ALL;
      // Of a dataset that decides, the configuration tells the decision.
      case AUTO, BINARY -> Head.BINARY;
    };
  }

  private static TrainSettings settings(
      TrainConfig config, int workers, List<Double> classWeights, List<Double> positiveWeights) {
    return new TrainSettings(
        NetworkName.ofKey(config.network().name()),
        head(config),
        config.epochs(),
        config.batchSize(),
        workers,
        config.averagingFrequency(),
        switch (config.optimizer()) {
          case SGD -> TrainSettings.Optimizer.SGD;
          case ADAM -> TrainSettings.Optimizer.ADAM;
        },
        config.learningRate(),
        config.momentum(),
        config.weightDecay(),
        switch (config.schedule()) {
          case CONSTANT -> RateSchedule.constant().warmingUp(config.warmUpEpochs());
          case COSINE -> RateSchedule.cosine(config.epochs()).warmingUp(config.warmUpEpochs());
          case PLATEAU ->
              new RateSchedule(
                  RateSchedule.Kind.PLATEAU,
                  PLATEAU_FACTOR,
                  config.patience(),
                  config.warmUpEpochs());
        },
        config.seed(),
        config.crop(),
        classWeights,
        positiveWeights,
        config.earlyStopping(),
        KEPT_CHECKPOINTS,
        config.labelSmoothing(),
        config.sequence() == Sequence.LSTM ? config.sequenceUnits() : 0);
  }
}
