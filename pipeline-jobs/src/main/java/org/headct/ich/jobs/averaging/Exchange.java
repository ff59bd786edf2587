package org.headct.ich.jobs.averaging;

import java.io.Serializable;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;

/**
 * How the arrays of one round get to the workers and back. Made on the driver, sent to the tasks;
 * {@code R} is what a task's result is made of.
 */
interface Exchange<R> extends Serializable {
  /** On a worker: what the round starts from; read only. */
  ModelArrays start();

  /**
   * On a worker, at the end of its steps: its result.
   *
   * @param giveBack to be called when the graph's arrays are no longer needed, if at all
   */
  Iterator<R> finish(WorkerReport report, TrainedGraph graph, Runnable giveBack);

  /**
   * On the driver: runs the tasks and writes the mean of their arrays, each with the weight of its
   * report, over the target's. Added in the order of the workers, so that it repeats bit for bit.
   *
   * @return the reports in that order
   */
  List<WorkerReport> average(JavaRDD<R> results, ModelArrays target);

  /** On the driver: frees what the round held, however it went. */
  void end();
}
