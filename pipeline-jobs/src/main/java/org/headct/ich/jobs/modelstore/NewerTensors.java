package org.headct.ich.jobs.modelstore;

import java.util.Optional;
import org.headct.ich.domain.sample.Split;
import org.headct.ich.jobs.batch.TensorBatches;
import org.headct.ich.jobs.batch.TensorPlan;
import org.headct.ich.jobs.run.JobContext;
import org.headct.ich.jobs.table.TensorsTable;

/** A run learns from the tensors that it began with, whatever has come since. */
public final class NewerTensors {
  private NewerTensors() {}

  /** What to tell of it; nothing where the training part is what the run learns from. */
  public static Optional<String> of(JobContext context, RunInfo run) {
    long now = context.warehouse().snapshot(new TensorsTable());
    if (now == run.tensorSnapshot()
        || training(context, run, now).equals(training(context, run, run.tensorSnapshot()))) {
      return Optional.empty();
    }
    return Optional.of(
        "%s has others since (snapshot %d): a run of another name learns from them"
            .formatted(run.dataset(), now));
  }

  private static TensorPlan training(JobContext context, RunInfo run, long snapshot) {
    return TensorBatches.plan(context, snapshot, run.dataset(), Split.TRAIN.column());
  }
}
