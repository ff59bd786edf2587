package org.headct.ich.jobs.averaging;

import java.util.List;
import java.util.UUID;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.deeplearning4j.core.loader.DataSetLoader;
import org.deeplearning4j.core.loader.MultiDataSetLoader;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.spark.api.Repartition;
import org.deeplearning4j.spark.api.WorkerConfiguration;
import org.deeplearning4j.spark.impl.graph.SparkComputationGraph;
import org.deeplearning4j.spark.impl.multilayer.SparkDl4jMultiLayer;
import org.deeplearning4j.spark.impl.paramavg.ParameterAveragingTrainingMaster;
import org.headct.ich.domain.training.TrainSettings;
import org.headct.ich.domain.training.TransferSettings;
import org.headct.ich.jobs.batch.BatchLoader;
import org.jspecify.annotations.Nullable;

/**
 * DL4J's parameter averaging with another way for arrays and batches. What a round comes to is
 * DL4J's: the mean of the workers' parameters, of their updater states and of their scores, taken
 * in the order of the workers.
 *
 * <p>What averaging every step comes to, against one machine with the batches of all workers
 * together: parameters under SGD and its momentum are the same but for rounding, since both are
 * linear in the gradient. What is not:
 *
 * <ul>
 *   <li>batch norm: each worker normalises by its own batch, as it does under any data parallelism
 *       without synchronised statistics. The running means are those of all batches; the running
 *       variance is the mean of the workers' variances, without the variance between the means of
 *       their batches, so it is too small by that;
 *   <li>Adam: the first moment is exact, the second becomes the mean of squared gradients, which is
 *       never less than the square of the mean: steps are smaller, most where workers disagree.
 * </ul>
 *
 * <p>Averaged more seldom, workers drift apart in between and the mean is that of local SGD. Means
 * are weighted by images a step, not by images: in the last round of an epoch some workers make a
 * step less, or none, and each step moves the mean as far as any other of its size.
 *
 * <p>DL4J broadcasts configuration, parameters and updater state each round, makes a network a
 * task, sends its arrays back inside a task's result, and adds them in the order of arrival. Here
 * workers keep their networks ({@link WorkerGraphs}), the configuration travels once an epoch, and
 * the arrays go by an {@link Exchange}.
 */
final class AveragingMaster extends ParameterAveragingTrainingMaster {
  /** 8 MiB: a task that averages has one of each worker. */
  private static final int LARGEST_PIECE = 2 << 20;

  /** How arrays travel. */
  enum Transport {
    /** Within the process of the driver. */
    SHARED,
    /** By Spark's broadcasts and shuffles. */
    BROADCAST
  }

  private final TransferSettings transfer;
  private final IterationHook hook;
  private final Transport way;
  private final String run = UUID.randomUUID().toString();
  private @Nullable Broadcast<ComputationGraphConfiguration> configuration;
  private int epoch;
  private List<WorkerReport> reports = List.of();

  /** A round is one fit of at most workers × averagingFrequency batches, so it is never split. */
  AveragingMaster(
      TrainSettings settings, TransferSettings transfer, IterationHook hook, Transport way) {
    super(
        new Builder(settings.workers(), settings.batchSize())
            .batchSizePerWorker(settings.batchSize())
            .averagingFrequency(settings.averagingFrequency())
            .aggregationDepth(transfer.aggregationDepth())
            .workerPrefetchNumBatches(transfer.prefetch())
            .saveUpdater(true)
            .repartionData(Repartition.Never)
            .storageLevel(null)
            .storageLevelStreams(null)
            .trainingHooks(hook)
            .rngSeed(settings.seed()));
    this.transfer = transfer;
    this.hook = hook;
    this.way = way;
  }

  /** The way that fits where Spark runs. */
  static Transport way(JavaSparkContext spark) {
    return spark.isLocal() ? Transport.SHARED : Transport.BROADCAST;
  }

  /** Sends the configuration, whose learning rate is the epoch's. */
  void startEpoch(JavaSparkContext spark, ComputationGraphConfiguration current, int number) {
    endRun();
    epoch = number;
    configuration = spark.broadcast(current.clone());
  }

  /** Called by {@code fitPaths}: one round, a partition a worker. */
  @Override
  public void executeTrainingPaths(
      SparkDl4jMultiLayer never,
      SparkComputationGraph graph,
      JavaRDD<String> paths,
      DataSetLoader neither,
      MultiDataSetLoader loader) {
    ModelArrays arrays = ModelArrays.of(graph.getNetwork());
    JavaSparkContext spark = graph.getSparkContext();
    int workers = paths.getNumPartitions();
    reports =
        switch (way) {
          case SHARED -> round(new SharedExchange(arrays), arrays, paths, loader);
          case BROADCAST ->
              round(
                  new BroadcastExchange(
                      spark, arrays, workers, transfer.aggregationDepth(), LARGEST_PIECE),
                  arrays,
                  paths,
                  loader);
        };
    graph.setScore(reports.stream().mapToDouble(WorkerReport::score).average().orElse(Double.NaN));
  }

  private <R> List<WorkerReport> round(
      Exchange<R> exchange, ModelArrays arrays, JavaRDD<String> paths, MultiDataSetLoader loader) {
    if (configuration == null) {
      throw new IllegalStateException("no epoch was started");
    }
    try {
      AveragingWorker<R> worker =
          new AveragingWorker<>(
              exchange,
              configuration,
              run + "/" + epoch,
              (BatchLoader) loader,
              transfer.prefetch(),
              new WorkerConfiguration(
                  true,
                  rddDataSetNumExamples,
                  batchSizePerWorker,
                  averagingFrequency,
                  transfer.prefetch(),
                  false),
              hook);
      return exchange.average(paths.mapPartitionsWithIndex(worker, true), arrays);
    } finally {
      exchange.end();
    }
  }

  /** What the workers of the last round told, in their order. */
  List<WorkerReport> reports() {
    return reports;
  }

  /** Frees what the master holds on the executors, and the networks of this process. */
  void endRun() {
    if (configuration != null) {
      configuration.destroy();
      configuration = null;
    }
    WorkerGraphs.clear();
  }
}
