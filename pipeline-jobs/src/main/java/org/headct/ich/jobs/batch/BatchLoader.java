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
 * The executor's side of a reference: reads the rows of a {@link BatchRequest} and makes the arrays
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

  /** Called by DL4J with the path of a {@link BatchRequest}; the source itself is not opened. */
  @Override
  public MultiDataSet load(Source source) throws IOException {
    return training(BatchRequest.ofPath(source.getPath()));
  }

  /**
   * Features and labels of a batch.
   *
   * @throws IOException with file, row group and cause
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

  /** Of all that is drawn for a batch; the same whichever worker gets it. */
  public static long seed(BatchRequest request) {
    return request.ref().seed(request.seed(), request.epoch());
  }
}
