package org.headct.ich.jobs.batch;

import java.io.IOException;
import java.io.Serializable;
import java.util.List;
import org.apache.hadoop.conf.Configuration;

/** Where a batch of tensors lies; what travels through Spark in place of the tensors. */
public sealed interface BatchPlace extends Serializable permits BatchRef, SeriesBatch {
  /** Number of examples. */
  int rows();

  /** Decides with the run's seed and the epoch (1-based) what is drawn for the batch. */
  long seed(long seed, int epoch);

  /** The rows of the batch as they are stored, for scoring: each once. */
  List<TensorRow> stored(Configuration conf) throws IOException;

  /**
   * The examples of the batch in an epoch of training.
   *
   * @throws IOException with file, row group and cause
   */
  List<TensorRow> examples(Configuration conf, long seed, int epoch) throws IOException;

  /** What {@link BatchRequest} writes; the class's {@code ofText} reads it. */
  String text();
}
