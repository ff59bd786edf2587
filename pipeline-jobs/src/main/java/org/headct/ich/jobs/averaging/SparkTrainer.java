package org.headct.ich.jobs.averaging;

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
import org.headct.ich.domain.error.UserException;
import org.headct.ich.domain.training.TrainSettings;
import org.headct.ich.domain.training.TransferSettings;
import org.headct.ich.jobs.batch.BatchLoader;
import org.headct.ich.jobs.batch.BatchPlace;
import org.headct.ich.jobs.batch.BatchPlan;
import org.headct.ich.jobs.batch.BatchRequest;
import org.headct.ich.jobs.batch.PixelBatches;
import org.headct.ich.jobs.batch.SeriesFiles;
import org.headct.ich.jobs.batch.SeriesPlan;
import org.headct.ich.jobs.batch.TensorPlan;
import org.headct.ich.jobs.batch.TensorShape;
import org.headct.ich.jobs.modelstore.EpochMetrics;
import org.headct.ich.jobs.modelstore.ModelStore;
import org.headct.ich.jobs.modelstore.TrainState;
import org.headct.ich.jobs.nd4j.TaskDevice;
import org.headct.ich.jobs.scoring.Scorer;
import org.headct.ich.jobs.scoring.ScoringTime;
import org.headct.ich.networks.BottleneckStride;
import org.headct.ich.networks.Networks;
import org.headct.ich.networks.nd4j.Nd4jRuntime;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A trainer that trains a network on Spark by parameter averaging. In a round each worker makes up
 * to {@code averagingFrequency} steps on its own batches. Then parameters and updater state are
 * averaged. A worker receives parameters, updater state and the references to its batches. It reads
 * the tensors from the file system itself.
 *
 * <p>A run repeats bit for bit with any fixed number of workers, in one process or on a cluster,
 * whatever the {@link TransferSettings}. {@link AveragingMaster} describes the mean and its
 * accuracy.
 */
public final class SparkTrainer {
  private static final Logger LOG = LoggerFactory.getLogger(SparkTrainer.class);
  private static final int KEPT_CHECKPOINTS = 2;

  static {
    Nd4jRuntime.prepare();
  }

  private final JavaSparkContext spark;
  private final TrainSettings settings;
  private final ModelStore store;
  private final TrainProgress progress;
  private final TransferSettings transfer;
  private final AveragingMaster.Transport transport;
  private @Nullable ComputationGraph initial;

  public SparkTrainer(
      JavaSparkContext spark,
      TrainSettings settings,
      ModelStore store,
      TrainProgress progress,
      TransferSettings transfer) {
    this(spark, settings, store, progress, transfer, AveragingMaster.transportOf(spark));
  }

  SparkTrainer(
      JavaSparkContext spark,
      TrainSettings settings,
      ModelStore store,
      TrainProgress progress,
      TransferSettings transfer,
      AveragingMaster.Transport transport) {
    this.spark = spark;
    this.settings = settings;
    this.store = store;
    this.progress = progress;
    this.transfer = transfer;
    this.transport = transport;
  }

  /**
   * Sets the weights to start from.
   *
   * @param network network that a run without a checkpoint starts with; null for {@link
   *     #newNetwork}
   */
  public SparkTrainer startingFrom(@Nullable ComputationGraph network) {
    initial = network;
    return this;
  }

  /**
   * Trains to the last epoch, or until the loss stalls. Starts from the newest checkpoint in the
   * run directory if there is one.
   *
   * @param training rows to learn from
   * @param validation rows that choose the best model and control the learning rate; may be empty
   * @return the metrics of all epochs of the run, including those before a resume
   * @throws UserException if there are no training rows, or if the checkpoint belongs to another
   *     network or seed
   */
  public List<EpochMetrics> train(TensorPlan training, TensorPlan validation) throws IOException {
    if (training.rows() == 0) {
      throw new UserException(
          "no training rows in the tensors table; run select-slices and build-tensors first");
    }
    Run run = new Run(training, validation, store.lastCheckpoint());
    if (run.epoch > 0) {
      // The process that wrote the checkpoint may have been killed before this step.
      store.publish(run.network, run.state());
    }
    store.tidy(KEPT_CHECKPOINTS);
    try {
      while (run.epoch < settings.epochs() && !run.state().stalled(settings.stopAfter())) {
        progress.epoch(run.nextEpoch());
      }
    } finally {
      run.master.endRun();
    }
    return run.state().metrics();
  }

  /** Creates a network with random weights for these settings and tensors. */
  public static ComputationGraph newNetwork(TrainSettings settings, TensorShape shape) {
    return newNetwork(settings, shape, BottleneckStride.CONV_3X3);
  }

  /**
   * Creates a network like {@link #newNetwork(TrainSettings, TensorShape)} with the given
   * bottleneck stride.
   */
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
            shape.slices(),
            settings.crop(shape.height()),
            stride,
            settings.sequence().lstmUnits()),
        settings.optimizer(),
        settings.loss().labelSmoothing(),
        settings.seed());
  }

  /** The state of one run while it trains. */
  private final class Run {
    private final TensorPlan training;
    private final BatchPlan batches;
    private final TensorPlan validation;
    private final ComputationGraph network;
    private final IterationHook hook = new IterationHook();
    private final AveragingMaster master = new AveragingMaster(settings, transfer, hook, transport);
    private final BatchLoader loader;
    private final List<EpochMetrics> metrics = new ArrayList<>();
    private int epoch;
    private int iteration;

    Run(TensorPlan training, TensorPlan validation, Optional<ModelStore.Resumed> resumed)
        throws IOException {
      this.training = training;
      this.batches = BatchPlan.of(spark.hadoopConfiguration(), training, settings);
      if (batches instanceof SeriesPlan series) {
        series.checkApartFrom(SeriesFiles.plan(spark.hadoopConfiguration(), validation));
      }
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
      metrics.addAll(state.metrics());
      LOG.info("Resuming after epoch {} of {}", epoch, settings.epochs());
    }

    TrainState state() {
      return new TrainState(iteration, settings.seed(), metrics);
    }

    EpochMetrics nextEpoch() throws IOException {
      epoch++;
      double rate = settings.rate(state().losses());
      LearningRate.set(network, rate);
      List<? extends BatchPlace> refs = batches.epoch(settings.batchSize(), settings.seed(), epoch);
      int perRound = settings.workers() * settings.averagingFrequency();
      SparkComputationGraph onSpark = new SparkComputationGraph(spark, network, master);
      master.startEpoch(spark, network.getConfiguration(), epoch);
      EpochTally tally = new EpochTally(rate);
      for (int from = 0; from < refs.size(); from += perRound) {
        List<? extends BatchPlace> round =
            refs.subList(from, Math.min(from + perRound, refs.size()));
        fit(onSpark, round);
        tally.add(onSpark.getScore() - l2Term(), master.reports());
        tell(from + round.size(), refs.size(), tally);
      }
      tally.trained();
      return close(tally);
    }

    /** Returns the weight decay in DL4J's score, which would hide the loss. */
    private double l2Term() {
      double sum = 0;
      for (Layer layer : network.getLayers()) {
        sum += layer.calcRegularizationScore(false);
      }
      return sum;
    }

    private void fit(SparkComputationGraph onSpark, List<? extends BatchPlace> round) {
      hook.startAt(iteration);
      List<String> paths =
          round.stream().map(r -> new BatchRequest(r, settings.seed(), epoch).path()).toList();
      int tasks = Math.min(settings.workers(), paths.size());
      JavaRDD<String> rdd = TaskDevice.taken(spark.parallelize(paths, tasks));
      onSpark.fitPaths(rdd, loader);
      iteration += (paths.size() + tasks - 1) / tasks;
      // DL4J counts a round as an epoch and as averagingFrequency iterations.
      network.getConfiguration().setIterationCount(iteration);
      network.getConfiguration().setEpochCount(epoch);
      progress.averaged(network, onSpark.getScore(), iteration);
    }

    private EpochMetrics close(EpochTally tally) throws IOException {
      double trainLoss = tally.loss();
      if (!Double.isFinite(trainLoss)) {
        throw new UserException(
            "the loss is not finite in epoch %d; lower train.learning-rate (%s)"
                .formatted(epoch, tally.rate()));
      }
      String candidate = store.writeCandidate(network);
      Validation figures = validate(candidate);
      Double validationLoss = validation.rows() == 0 ? null : figures.loss();
      EpochMetrics done = tally.metrics(epoch, settings.workers(), validationLoss, figures.auc());
      metrics.add(done);
      // The checkpoint comes first because it completes the epoch: a killed run resumes from it.
      store.writeCheckpoint(network, state());
      store.publish(network, state());
      store.tidy(KEPT_CHECKPOINTS);
      return done;
    }

    private Validation validate(String model) throws IOException {
      if (validation.rows() == 0) {
        return new Validation(Double.NaN, Map.of());
      }
      return Validation.of(
          settings.head(),
          Scorer.score(
                  spark, model, settings, validation, settings.workers(), new ScoringTime(spark))
              .collect());
    }

    private void tell(int batches, int perEpoch, EpochTally tally) {
      double seconds = tally.seconds();
      double done = (double) batches / perEpoch;
      double left = (settings.epochs() - epoch + 1 - done) * seconds / done;
      progress.round(
          new TrainProgress.Round(
              epoch,
              settings.epochs(),
              batches,
              perEpoch,
              tally.images(),
              tally.loss(),
              tally.images() / seconds,
              Duration.ofMillis((long) (left * 1000))));
    }
  }
}
