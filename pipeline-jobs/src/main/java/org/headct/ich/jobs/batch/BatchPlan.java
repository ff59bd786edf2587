package org.headct.ich.jobs.batch;

import java.io.IOException;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.headct.ich.domain.training.TrainSettings;

/** The batches of one dataset and split. */
public interface BatchPlan {
  /**
   * Of single images or of whole series, as the network takes them.
   *
   * @throws IOException if it must be read which slices are whose, and can not
   */
  static BatchPlan of(Configuration conf, TensorPlan plan, TrainSettings settings)
      throws IOException {
    return settings.readsSeries() ? SeriesFiles.plan(conf, plan) : plan;
  }

  /**
   * Every stored row once, in batches of about the same size.
   *
   * @param batchSize images or series of a batch, at most
   */
  List<? extends BatchPlace> batches(int batchSize);

  /** The batches of an epoch in its order, decided by seed and epoch (1-based) alone. */
  List<? extends BatchPlace> epoch(int batchSize, long seed, int epoch);
}
