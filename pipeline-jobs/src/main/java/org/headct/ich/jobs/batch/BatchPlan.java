package org.headct.ich.jobs.batch;

import java.io.IOException;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.headct.ich.domain.training.TrainSettings;

/** The batches of one dataset and split. */
public interface BatchPlan {
  /**
   * Plans batches of single images or of whole series, as the network needs them.
   *
   * @throws IOException if the series of the slices must be read and cannot be
   */
  static BatchPlan of(Configuration conf, TensorPlan plan, TrainSettings settings)
      throws IOException {
    return settings.readsSeries() ? SeriesFiles.plan(conf, plan) : plan;
  }

  /**
   * Returns every stored row once, in batches of about equal size.
   *
   * @param batchSize largest number of images or series in a batch
   */
  List<? extends BatchPlace> batches(int batchSize);

  /** Returns the batches of an epoch in order. Only seed and epoch (1-based) decide them. */
  List<? extends BatchPlace> epoch(int batchSize, long seed, int epoch);
}
