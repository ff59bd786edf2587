package org.headct.ich.jobs.model;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.util.SerializableConfiguration;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.spark.impl.graph.SparkComputationGraph;
import org.headct.ich.common.error.UserException;
import org.headct.ich.jobs.nd4j.Nd4jRuntime;
import org.headct.ich.jobs.network.BottleneckStride;
import org.headct.ich.jobs.network.Networks;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Trains a network on Spark by parameter averaging: in a round each worker makes up to {@code
 * averagingFrequency} steps on its own batches, then parameters and updater state are averaged on
 * the driver. What travels to a worker is the network and the references to its batches; tensors go
 * from the file system into the worker alone.
 *
 * <p>With one or two workers a run repeats bit for bit; with more, the averages are added in the
 * order in which the tasks end, and repeat up to rounding.
 */
public final class SparkTrainer {
  private static final Logger LOG = LoggerFactory.getLogger(SparkTrainer.class);

  static {
    Nd4jRuntime.prepare();
  }

  private final JavaSparkContext spark;
  private final TrainSettings settings;
  private final ModelStore store;
  private final TrainProgress progress;
  private final @Nullable ComputationGraph initial;

  public SparkTrainer(
      JavaSparkContext spark, TrainSettings settings, ModelStore store, TrainProgress progress) {
    this(spark, settings, store, progress, null);
  }

  /**
   * As above, from given weights.
   *
   * @param initial what a run without a checkpoint begins with; null for {@link #newNetwork}
   */
  public SparkTrainer(
      JavaSparkContext spark,
      TrainSettings settings,
      ModelStore store,
      TrainProgress progress,
      @Nullable ComputationGraph initial) {
    this.spark = spark;
    this.settings = settings;
    this.store = store;
    this.progress = progress;
    this.initial = initial;
  }

  /**
   * Trains to the last epoch or until the loss stalls, from the newest checkpoint in the run
   * directory if there is one.
   *
   * @param training rows to learn from
   * @param validation rows that choose the best model and move the learning rate; may be empty
   * @return the metrics of all epochs of the run, those before a resume included
   * @throws UserException if there are no training rows, or if the checkpoint is of another network
   *     or seed
   */
  public List<EpochMetrics> train(TensorPlan training, TensorPlan validation) throws IOException {
    if (training.rows() == 0) {
      throw new UserException(
          "no training rows in the tensors table; run select-slices and build-tensors first");
    }
    Optional<ModelStore.Resumed> resumed = store.lastCheckpoint();
    Run run = new Run(training, validation, resumed);
    List<EpochMetrics> metrics = new ArrayList<>();
    for (EpochMetrics m : store.readMetrics()) {
      if (m.epoch() <= run.epoch) {
        metrics.add(m);
      }
    }
    while (run.epoch < settings.epochs() && !run.stalled()) {
      EpochMetrics m = run.nextEpoch();
      metrics.add(m);
      store.writeMetrics(metrics);
      progress.epoch(m);
    }
    return metrics;
  }

  /** A fresh network for these settings and tensors. */
  public static ComputationGraph newNetwork(TrainSettings settings, TensorShape shape) {
    return newNetwork(settings, shape, BottleneckStride.CONV_3X3);
  }

  /** As {@link #newNetwork(TrainSettings, TensorShape)}, its bottlenecks like those of a file. */
  public static ComputationGraph newNetwork(
      TrainSettings settings, TensorShape shape, BottleneckStride stride) {
    if (shape.height() != shape.width()) {
      throw new UserException(
          "networks take square tensors, got %d x %d".formatted(shape.height(), shape.width()));
    }
    return Networks.create(
        new Networks.Form(
            settings.network(),
            settings.head(),
            shape.channels(),
            settings.crop(shape.height()),
            stride),
        settings.updater(),
        settings.weightDecay(),
        settings.labelSmoothing(),
        settings.seed());
  }

  /** The moving parts of one run. */
  private final class Run {
    private final TensorPlan training;
    private final TensorPlan validation;
    private final ComputationGraph network;
    private final IterationHook hook = new IterationHook();
    private final AveragingMaster master = new AveragingMaster(settings, hook);
    private final BatchLoader loader;
    private final List<Double> losses = new ArrayList<>();
    private int epoch;
    private int iteration;

    Run(TensorPlan training, TensorPlan validation, Optional<ModelStore.Resumed> resumed) {
      this.training = training;
      this.validation = validation;
      this.network =
          resumed
              .map(ModelStore.Resumed::network)
              .orElseGet(() -> initial == null ? newNetwork(settings, training.shape()) : initial);
      resumed.map(ModelStore.Resumed::state).ifPresent(this::goOnFrom);
      Broadcast<SerializableConfiguration> hadoop =
          spark.broadcast(new SerializableConfiguration(spark.hadoopConfiguration()));
      this.loader = new BatchLoader(hadoop, PixelBatches.of(settings, training.shape()));
    }

    private void goOnFrom(TrainState state) {
      if (state.seed() != settings.seed()
          || newNetwork(settings, training.shape()).numParams() != network.numParams()) {
        throw new UserException(
            "the run directory holds a checkpoint of another network or seed (%d); choose another run name or remove it"
                .formatted(state.seed()));
      }
      epoch = state.epoch();
      iteration = state.iteration();
      losses.addAll(state.losses());
      LOG.info("Resuming after epoch {} of {}", epoch, settings.epochs());
    }

    boolean stalled() {
      return new TrainState(epoch, iteration, settings.seed(), losses)
          .stalled(settings.stopAfter());
    }

    EpochMetrics nextEpoch() throws IOException {
      long start = System.nanoTime();
      epoch++;
      double rate = settings.schedule().rate(settings.learningRate(), losses);
      network.setLearningRate(rate);
      List<BatchRef> refs = training.epoch(settings.batchSize(), settings.seed(), epoch);
      int perRound = settings.workers() * settings.averagingFrequency();
      SparkComputationGraph onSpark = new SparkComputationGraph(spark, network, master);
      double score = 0;
      long images = 0;
      int rounds = 0;
      for (int from = 0; from < refs.size(); from += perRound) {
        List<BatchRef> round = refs.subList(from, Math.min(from + perRound, refs.size()));
        fit(onSpark, round);
        score += (onSpark.getScore() - l2Term()) * round.size();
        images += round.stream().mapToInt(BatchRef::rows).sum();
        rounds++;
        tell(from + round.size(), refs.size(), images, seconds(start));
      }
      return close(rate, score / refs.size(), images, rounds, start);
    }

    /** DL4J's score has the weight decay in it, which would hide the loss. */
    private double l2Term() {
      double sum = 0;
      for (Layer layer : network.getLayers()) {
        sum += layer.calcRegularizationScore(false);
      }
      return sum;
    }

    private void fit(SparkComputationGraph onSpark, List<BatchRef> round) {
      hook.startAt(iteration);
      List<String> paths =
          round.stream().map(r -> new BatchRequest(r, settings.seed(), epoch).path()).toList();
      int tasks = Math.min(settings.workers(), paths.size());
      JavaRDD<String> rdd = spark.parallelize(paths, tasks);
      onSpark.fitPaths(rdd, loader);
      master.endRound();
      iteration += (paths.size() + tasks - 1) / tasks;
      // DL4J counts a round as an epoch and as averagingFrequency iterations.
      network.getConfiguration().setIterationCount(iteration);
      network.getConfiguration().setEpochCount(epoch);
    }

    private EpochMetrics close(double rate, double trainLoss, long images, int rounds, long start)
        throws IOException {
      double trainSeconds = seconds(start);
      if (!Double.isFinite(trainLoss)) {
        throw new UserException(
            "the loss is not finite in epoch %d; lower train.learning-rate (%s)"
                .formatted(epoch, rate));
      }
      String candidate = store.writeCandidate(network);
      Validation figures = validate(candidate);
      Double validationLoss = validation.rows() == 0 ? null : figures.loss();
      losses.add(validationLoss == null ? trainLoss : validationLoss);
      TrainState state = new TrainState(epoch, iteration, settings.seed(), losses);
      if (validationLoss == null || state.lastIsBest()) {
        store.promoteCandidate();
      }
      // Last, so that a run killed before this point repeats the epoch.
      store.writeCheckpoint(network, state);
      store.keepCheckpoints(settings.keepCheckpoints());
      return new EpochMetrics(
          epoch,
          rate,
          trainLoss,
          validationLoss,
          figures.auc(),
          images,
          rounds,
          trainSeconds,
          seconds(start));
    }

    private Validation validate(String model) {
      if (validation.rows() == 0) {
        return new Validation(Double.NaN, Map.of());
      }
      return Validation.of(
          settings.head(),
          Scorer.score(
                  spark,
                  model,
                  settings,
                  validation.shape(),
                  validation.batches(settings.batchSize()),
                  settings.workers())
              .collect());
    }

    private void tell(int batches, int perEpoch, long images, double seconds) {
      double done = (double) batches / perEpoch;
      double left = (settings.epochs() - epoch + 1 - done) * seconds / done;
      progress.round(
          new TrainProgress.Round(
              epoch,
              settings.epochs(),
              batches,
              perEpoch,
              images / seconds,
              Duration.ofMillis((long) (left * 1000))));
    }
  }

  private static double seconds(long startNanos) {
    return (System.nanoTime() - startNanos) / 1e9;
  }
}
