package org.headct.ich.jobs.averaging;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.function.Function2;
import org.apache.spark.broadcast.Broadcast;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.spark.api.WorkerConfiguration;
import org.deeplearning4j.spark.impl.paramavg.ParameterAveragingTrainingWorker;
import org.headct.ich.jobs.batch.BatchLoader;
import org.headct.ich.jobs.batch.BatchReader;
import org.headct.ich.jobs.batch.BatchRequest;
import org.headct.ich.networks.nd4j.Nd4jRuntime;
import org.nd4j.linalg.dataset.api.MultiDataSet;
import org.nd4j.linalg.factory.Nd4j;

/**
 * A task of a round. It runs DL4J's worker on a network that this JVM keeps, with batches that are
 * read ahead. Each batch is one step; DL4J's own loop would cut and merge batches to equal sizes.
 */
final class AveragingWorker<R> extends ParameterAveragingTrainingWorker
    implements Function2<Integer, Iterator<String>, Iterator<R>> {
  private static final long serialVersionUID = 1L;

  static {
    Nd4jRuntime.prepare();
  }

  private final Exchange<R> exchange;
  private final Broadcast<ComputationGraphConfiguration> graphConfiguration;
  private final String key;
  private final BatchLoader loader;
  private final int prefetch;

  /**
   * Creates the worker of a round.
   *
   * @param exchange transport of the arrays
   * @param graphConfiguration configuration of the networks
   * @param key key of the networks with this configuration
   * @param loader loader of the batches
   * @param prefetch number of batches to read ahead
   */
  AveragingWorker(
      Exchange<R> exchange,
      Broadcast<ComputationGraphConfiguration> graphConfiguration,
      String key,
      BatchLoader loader,
      int prefetch,
      WorkerConfiguration configuration,
      IterationHook hook) {
    super(null, true, configuration, List.of(hook), null, null);
    this.exchange = exchange;
    this.graphConfiguration = graphConfiguration;
    this.key = key;
    this.loader = loader;
    this.prefetch = prefetch;
  }

  @Override
  public Iterator<R> call(Integer worker, Iterator<String> paths) throws Exception {
    List<BatchRequest> requests = new ArrayList<>();
    paths.forEachRemaining(path -> requests.add(BatchRequest.ofPath(path)));
    // The first batch is read while the network is prepared.
    try (BatchReader batches = new BatchReader(loader::training, requests, prefetch)) {
      TrainedGraph trained = WorkerGraphs.take(key, graphConfiguration.value(), exchange.start());
      WorkerReport report;
      try {
        report = fit(worker, trained.graph(), batches, requests);
      } catch (Exception | Error e) {
        // Its content is unknown, and the garbage collector does not free its native memory.
        trained.close();
        throw e;
      }
      return exchange.finish(report, trained, () -> WorkerGraphs.giveBack(key, trained));
    }
  }

  private WorkerReport fit(
      int worker, ComputationGraph graph, BatchReader batches, List<BatchRequest> requests)
      throws Exception {
    long computing = 0;
    for (BatchRequest request : requests) {
      MultiDataSet batch = batches.next();
      TaskContext task = TaskContext.get();
      if (task != null && task.isInterrupted()) {
        throw new InterruptedException("the task was ended");
      }
      long start = System.nanoTime();
      // Dropout draws from the thread's generator, which other tasks have used.
      Nd4j.getRandom().setSeed(BatchLoader.seed(request));
      processMinibatch(batch, graph, false);
      computing += System.nanoTime() - start;
      BatchReader.free(batch);
    }
    int images = requests.stream().mapToInt(r -> r.ref().rows()).sum();
    return new WorkerReport(
        worker, requests.size(), images, graph.score(), computing, batches.waitingNanos());
  }
}
