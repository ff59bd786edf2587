package org.headct.ich.jobs.averaging;

import java.io.Serializable;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;

/**
 * The transport of one round's arrays to the workers and back. It is created on the driver and sent
 * to the tasks.
 *
 * @param <R> element of a task's result
 */
interface Exchange<R> extends Serializable {
  /** Returns, on a worker, the arrays at the start of the round; read only. */
  ModelArrays start();

  /**
   * Returns a worker's result, at the end of its steps.
   *
   * @param report report of the worker
   * @param graph trained network of the worker
   * @param giveBack callback for when the graph's arrays are no longer needed; may stay uncalled
   */
  Iterator<R> finish(WorkerReport report, TrainedGraph graph, Runnable giveBack);

  /**
   * Runs the tasks from the driver and writes the mean of their arrays over the target's. The
   * weight of each task comes from its report. The arrays are added in the order of the workers, so
   * the result repeats bit for bit.
   *
   * @return the reports in that order
   */
  List<WorkerReport> average(JavaRDD<R> results, ModelArrays target);

  /** Frees, on the driver, what the round held, also after a failure. */
  void end();
}
