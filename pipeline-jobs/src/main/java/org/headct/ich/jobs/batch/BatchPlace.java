package org.headct.ich.jobs.batch;

import java.io.IOException;
import java.io.Serializable;
import java.util.List;
import org.apache.hadoop.conf.Configuration;

/** The location of a batch of tensors, which Spark sends to workers instead of the tensors. */
public sealed interface BatchPlace extends Serializable permits BatchRef, SeriesBatch {
  /** Returns the number of examples. */
  int rows();

  /**
   * Returns the seed for a batch's random draws.
   *
   * @param seed seed of the run
   * @param epoch 1-based
   */
  long seed(long seed, int epoch);

  /** Reads the rows of the batch as they are stored, each once, for scoring. */
  List<TensorRow> stored(Configuration conf) throws IOException;

  /**
   * Reads the examples of the batch in an epoch of training.
   *
   * @param seed seed of the run
   * @param epoch 1-based
   * @throws IOException if the rows cannot be read; the message has file, row group and cause
   */
  List<TensorRow> examples(Configuration conf, long seed, int epoch) throws IOException;

  /** Returns the text form for a {@link BatchRequest}; the class's {@code ofText} parses it. */
  String text();
}
