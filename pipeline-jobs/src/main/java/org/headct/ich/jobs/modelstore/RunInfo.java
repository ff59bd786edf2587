package org.headct.ich.jobs.modelstore;

import java.util.Map;
import org.headct.ich.domain.training.TrainSettings;
import org.headct.ich.jobs.batch.TensorShape;
import org.headct.ich.networks.weights.StartingWeights;
import org.jspecify.annotations.Nullable;

/**
 * {@code run.json}: what a run was trained with and what its model takes.
 *
 * @param run the run's name
 * @param dataset of the tensors table
 * @param tensorSnapshot Iceberg snapshot of the tensors table
 * @param shape of the stored tensors
 * @param settings as resolved
 * @param codeVersion of this program
 * @param parameters trainable parameters of the network
 * @param backend what computed on the driver
 * @param configuration further resolved configuration, key to value
 * @param weights what it started from; null for random weights
 * @param preprocessing how its tensors were made; null in runs of releases that did not keep it
 */
public record RunInfo(
    String run,
    String dataset,
    long tensorSnapshot,
    TensorShape shape,
    TrainSettings settings,
    String codeVersion,
    long parameters,
    String backend,
    Map<String, String> configuration,
    @Nullable StartingWeights weights,
    @Nullable Preprocessing preprocessing) {
  public RunInfo {
    configuration = Map.copyOf(configuration);
  }

  /** The same, saying how its tensors were made. */
  public RunInfo with(Preprocessing found) {
    return new RunInfo(
        run,
        dataset,
        tensorSnapshot,
        shape,
        settings,
        codeVersion,
        parameters,
        backend,
        configuration,
        weights,
        found);
  }
}
