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
 * DL4J's parameter averaging with another transport for arrays and batches. A round's result is
 * DL4J's: the mean of the workers' parameters, of their updater states and of their scores, added
 * in the order of the workers.
 *
 * <p>Consider averaging after every step, compared with one machine that has the batches of all
 * workers together. Under SGD and its momentum the parameters are equal up to rounding, since both
 * are linear in the gradient. Two things differ:
 *
 * <ul>
 *   <li>batch norm: each worker normalises by its own batch, as in any data parallelism without
 *       synchronised statistics. The running means are those of all batches. The running variance
 *       is the mean of the workers' variances. It is too small, because the variance between the
 *       means of their batches is missing;
 *   <li>Adam: the first moment is exact. The second becomes the mean of squared gradients, which is
 *       never less than the square of the mean. So steps are smaller, most where workers disagree.
 * </ul>
 *
 * <p>With less frequent averaging the workers drift apart in between, and the mean is that of local
 * SGD. Weights are images per step, not images. In the last round of an epoch some workers make one
 * step less, or none, and each step moves the mean as much as any other of its size.
 *
 * <p>DL4J broadcasts configuration, parameters and updater state each round, makes one network per
 * task, returns its arrays inside the task's result, and adds them in the order of arrival. Here
 * workers keep their networks ({@link WorkerGraphs}), the configuration is sent once per epoch, and
 * an {@link Exchange} transfers the arrays.
 */
final class AveragingMaster extends ParameterAveragingTrainingMaster {
  /** The largest chunk in floats (8 MiB); a task that averages holds one from each worker. */
  private static final int LARGEST_CHUNK = 2 << 20;

  /** The transport of arrays between driver and workers. */
  enum Transport {
    /** A transport within the process of the driver. */
    SHARED,
    /** A transport by Spark's broadcasts and shuffles. */
    BROADCAST
  }

  private final TransferSettings transfer;
  private final IterationHook hook;
  private final Transport transport;
  private final String run = UUID.randomUUID().toString();
  private @Nullable Broadcast<ComputationGraphConfiguration> configuration;
  private int epoch;
  private List<WorkerReport> reports = List.of();

  /**
   * Creates a master. A round is one fit of at most workers × averagingFrequency batches, so DL4J
   * never splits it.
   */
  AveragingMaster(
      TrainSettings settings, TransferSettings transfer, IterationHook hook, Transport transport) {
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
    this.transport = transport;
  }

  /** Returns the transport that fits Spark's deployment. */
  static Transport transportOf(JavaSparkContext spark) {
    return spark.isLocal() ? Transport.SHARED : Transport.BROADCAST;
  }

  /** Sends the configuration, which has the epoch's learning rate, to the executors. */
  void startEpoch(JavaSparkContext spark, ComputationGraphConfiguration current, int number) {
    endRun();
    epoch = number;
    configuration = spark.broadcast(current.clone());
  }

  /** Runs one round with one partition per worker; {@code fitPaths} calls it. */
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
        switch (transport) {
          case SHARED -> round(new SharedExchange(arrays), arrays, paths, loader);
          case BROADCAST ->
              round(
                  new BroadcastExchange(
                      spark, arrays, workers, transfer.aggregationDepth(), LARGEST_CHUNK),
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

  /** Returns the reports of the last round's workers, in order. */
  List<WorkerReport> reports() {
    return reports;
  }

  /** Frees the master's data on the executors, and the networks of this process. */
  void endRun() {
    if (configuration != null) {
      configuration.destroy();
      configuration = null;
    }
    WorkerGraphs.clear();
  }
}
