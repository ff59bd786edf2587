package org.headct.ich.jobs.modelstore;

import java.util.Map;
import org.headct.ich.domain.training.TrainSettings;
import org.headct.ich.jobs.batch.TensorShape;
import org.headct.ich.networks.weights.StartingWeights;
import org.jspecify.annotations.Nullable;

/**
 * The settings and data that a run was trained with, stored as {@code run.json}.
 *
 * @param run name of the run
 * @param dataset dataset of the tensors table
 * @param tensorSnapshot Iceberg snapshot of the tensors table
 * @param shape shape of the stored tensors
 * @param settings resolved training settings
 * @param codeVersion version of this program
 * @param parameters number of trainable parameters of the network
 * @param backend backend of the driver
 * @param configuration further resolved configuration, key to value
 * @param weights weights that it started from; null for random weights
 * @param preprocessing steps that made its tensors; null in runs of releases that did not keep them
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

  /** Returns a copy with the given preprocessing. */
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
