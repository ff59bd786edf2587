package org.headct.ich.jobs.batch;

import java.io.IOException;
import java.util.List;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.util.SerializableConfiguration;
import org.deeplearning4j.core.loader.MultiDataSetLoader;
import org.headct.ich.networks.nd4j.Nd4jRuntime;
import org.nd4j.common.loader.Source;
import org.nd4j.linalg.dataset.api.MultiDataSet;

/**
 * The executor's part of a batch: reads the rows of a {@link BatchRequest} and makes the arrays
 * that a worker fits.
 */
public final class BatchLoader implements MultiDataSetLoader {
  private static final long serialVersionUID = 1L;

  static {
    Nd4jRuntime.prepare();
  }

  private final Broadcast<SerializableConfiguration> hadoop;
  private final PixelBatches batches;

  public BatchLoader(Broadcast<SerializableConfiguration> hadoop, PixelBatches batches) {
    this.hadoop = hadoop;
    this.batches = batches;
  }

  /**
   * Loads the batch whose {@link BatchRequest} DL4J gives as a path; the source itself is not
   * opened.
   */
  @Override
  public MultiDataSet load(Source source) throws IOException {
    return training(BatchRequest.ofPath(source.getPath()));
  }

  /**
   * Loads features and labels of a batch.
   *
   * @throws IOException if the batch cannot be read; the message has file, row group and cause
   */
  public MultiDataSet training(BatchRequest request) throws IOException {
    try {
      List<TensorRow> rows =
          request.ref().examples(hadoop.value().value(), request.seed(), request.epoch());
      return batches.training(rows, seed(request));
    } catch (RuntimeException e) {
      throw new IOException(
          "cannot make a batch of %s: %s".formatted(request.ref(), e.getMessage()), e);
    }
  }

  /** Returns the seed for every random draw in a batch. It does not depend on the worker. */
  public static long seed(BatchRequest request) {
    return request.ref().seed(request.seed(), request.epoch());
  }
}
