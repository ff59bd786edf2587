package org.headct.ich.jobs.model;

import org.apache.spark.broadcast.Broadcast;
import org.deeplearning4j.spark.api.Repartition;
import org.deeplearning4j.spark.api.WorkerConfiguration;
import org.deeplearning4j.spark.api.worker.NetBroadcastTuple;
import org.deeplearning4j.spark.impl.graph.SparkComputationGraph;
import org.deeplearning4j.spark.impl.paramavg.ParameterAveragingTrainingMaster;
import org.deeplearning4j.spark.impl.paramavg.ParameterAveragingTrainingWorker;
import org.jspecify.annotations.Nullable;

/**
 * DL4J's parameter averaging, except that the broadcast of a round is destroyed after it: it holds
 * parameters and updater state outside the Java heap, where Spark's cleaner does not see the load.
 */
final class AveragingMaster extends ParameterAveragingTrainingMaster {
  private @Nullable Broadcast<NetBroadcastTuple> broadcast;

  /** A round is one fit of at most workers × averagingFrequency batches, so it is never split. */
  AveragingMaster(TrainSettings settings, IterationHook hook) {
    super(
        new Builder(settings.workers(), settings.batchSize())
            .batchSizePerWorker(settings.batchSize())
            .averagingFrequency(settings.averagingFrequency())
            .workerPrefetchNumBatches(0)
            .saveUpdater(true)
            .repartionData(Repartition.Never)
            .storageLevel(null)
            .storageLevelStreams(null)
            .trainingHooks(hook)
            .rngSeed(settings.seed()));
  }

  @Override
  public ParameterAveragingTrainingWorker getWorkerInstance(SparkComputationGraph graph) {
    broadcast =
        graph
            .getSparkContext()
            .broadcast(
                new NetBroadcastTuple(
                    graph.getNetwork().getConfiguration(),
                    graph.getNetwork().params(),
                    graph.getNetwork().getUpdater().getStateViewArray()));
    WorkerConfiguration configuration =
        new WorkerConfiguration(
            true, rddDataSetNumExamples, batchSizePerWorker, averagingFrequency, 0, false);
    return new ParameterAveragingTrainingWorker(
        broadcast, saveUpdater, configuration, trainingHookList, null, null);
  }

  /** Frees the broadcast of the last round everywhere. */
  void endRound() {
    if (broadcast != null) {
      broadcast.destroy();
      broadcast = null;
    }
  }
}
