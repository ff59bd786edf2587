package org.headct.ich.jobs.averaging;

import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.spark.api.TrainingHook;
import org.headct.ich.networks.Networks;
import org.nd4j.linalg.dataset.api.DataSet;
import org.nd4j.linalg.dataset.api.MultiDataSet;

/**
 * A hook that gives a worker the iteration count of the run. DL4J's workers start every round at
 * iteration 0, which makes Adam's bias correction wrong.
 */
final class IterationHook implements TrainingHook {
  private static final long serialVersionUID = 1L;

  private int iteration;

  /** Sets the count on the driver before a round; a task gets it with its copy of the hook. */
  void startAt(int iteration) {
    this.iteration = iteration;
  }

  @Override
  public void preUpdate(MultiDataSet minibatch, Model model) {
    if (model instanceof ComputationGraph graph) {
      graph.getConfiguration().setIterationCount(iteration++);
    }
  }

  @Override
  public void postUpdate(MultiDataSet minibatch, Model model) {
    // Empty: the next preUpdate sets the count again.
  }

  /** Rejects networks that are not graphs. {@link Networks} never makes them, so this is a bug. */
  @Override
  public void preUpdate(DataSet minibatch, Model model) {
    throw new IllegalStateException("only graphs are trained, got " + model.getClass());
  }

  /** Rejects networks that are not graphs, like {@link #preUpdate(DataSet, Model)}. */
  @Override
  public void postUpdate(DataSet minibatch, Model model) {
    throw new IllegalStateException("only graphs are trained, got " + model.getClass());
  }
}
