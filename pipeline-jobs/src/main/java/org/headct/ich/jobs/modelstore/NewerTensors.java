package org.headct.ich.jobs.modelstore;

import java.util.Optional;
import org.headct.ich.domain.sample.Split;
import org.headct.ich.jobs.batch.TensorBatches;
import org.headct.ich.jobs.batch.TensorPlan;
import org.headct.ich.jobs.run.JobContext;
import org.headct.ich.jobs.table.TensorsTable;

/**
 * A check for tensors that changed after a run started; the run still learns from its own snapshot.
 */
public final class NewerTensors {
  private NewerTensors() {}

  /** Returns a notice for users, or nothing if the training part has not changed. */
  public static Optional<String> of(JobContext context, RunInfo run) {
    long now = context.warehouse().snapshot(new TensorsTable());
    if (now == run.tensorSnapshot()
        || training(context, run, now).equals(training(context, run, run.tensorSnapshot()))) {
      return Optional.empty();
    }
    return Optional.of(
        "the tensors of %s changed since (snapshot %d): choose another train.run to learn from them"
            .formatted(run.dataset(), now));
  }

  private static TensorPlan training(JobContext context, RunInfo run, long snapshot) {
    return TensorBatches.plan(context, snapshot, run.dataset(), Split.TRAIN.column());
  }
}
