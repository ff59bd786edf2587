package org.headct.ich.jobs.averaging;

import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.spark.api.TrainingHook;
import org.headct.ich.networks.Networks;
import org.nd4j.linalg.dataset.api.DataSet;
import org.nd4j.linalg.dataset.api.MultiDataSet;

/**
 * Gives a worker the iteration count of the run. DL4J's workers start every round at iteration 0,
 * which makes the bias correction of Adam wrong.
 */
final class IterationHook implements TrainingHook {
  private static final long serialVersionUID = 1L;

  private int iteration;

  /** Called on the driver before a round; the task gets the value with its copy of the hook. */
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
    // Nothing: the next preUpdate sets the count again.
  }

  /** Of networks that are no graphs, which {@link Networks} never makes: a mistake of ours. */
  @Override
  public void preUpdate(DataSet minibatch, Model model) {
    throw new IllegalStateException("only graphs are trained, got " + model.getClass());
  }

  /** As {@link #preUpdate(DataSet, Model)}. */
  @Override
  public void postUpdate(DataSet minibatch, Model model) {
    throw new IllegalStateException("only graphs are trained, got " + model.getClass());
  }
}
