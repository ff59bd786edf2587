package org.headct.ich.jobs.model;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.util.SerializableConfiguration;
import org.deeplearning4j.core.loader.MultiDataSetLoader;
import org.headct.ich.jobs.nd4j.Nd4jRuntime;
import org.nd4j.common.loader.Source;
import org.nd4j.linalg.dataset.api.MultiDataSet;

/**
 * The executor's side of a reference: reads the rows of a {@link BatchRequest} and makes the arrays
 * that a worker fits.
 */
final class BatchLoader implements MultiDataSetLoader {
  private static final long serialVersionUID = 1L;

  static {
    Nd4jRuntime.prepare();
  }

  private final Broadcast<SerializableConfiguration> hadoop;
  private final PixelBatches batches;

  BatchLoader(Broadcast<SerializableConfiguration> hadoop, PixelBatches batches) {
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
  MultiDataSet training(BatchRequest request) throws IOException {
    BatchRef ref = request.ref();
    List<TensorRow> group =
        TensorReader.rowGroup(hadoop.value().value(), ref.file(), ref.rowGroup());
    try {
      return training(request, group);
    } catch (RuntimeException e) {
      throw new IOException(
          "cannot make a batch of rows %d to %d of row group %d of tensor file %s: %s"
              .formatted(
                  ref.firstRow(),
                  ref.firstRow() + ref.rows() - 1,
                  ref.rowGroup(),
                  ref.file(),
                  e.getMessage()),
          e);
    }
  }

  private MultiDataSet training(BatchRequest request, List<TensorRow> group) {
    BatchRef ref = request.ref();
    List<TensorRow> examples = new ArrayList<>(group.size());
    group.forEach(row -> examples.addAll(Collections.nCopies(row.copies(), row)));
    int[] order = order(examples.size(), request);
    List<TensorRow> rows = new ArrayList<>(ref.rows());
    for (int i = 0; i < ref.rows(); i++) {
      rows.add(examples.get(order[ref.firstRow() + i]));
    }
    return batches.training(rows, seed(request));
  }

  /** Of all that is drawn for a batch; the same whichever worker gets it. */
  static long seed(BatchRequest request) {
    BatchRef ref = request.ref();
    return Seeds.mix(request.seed(), request.epoch(), ref.key(), ref.firstRow());
  }

  /**
   * The order of the examples of a row group in an epoch. A batch takes a run of this order, so
   * that batches differ between epochs and neighbouring slices of a patient seldom share one.
   */
  static int[] order(int rows, BatchRequest request) {
    SplittableRandom random =
        new SplittableRandom(Seeds.mix(request.seed(), request.epoch(), request.ref().key()));
    int[] order = new int[rows];
    for (int i = 0; i < rows; i++) {
      int j = random.nextInt(i + 1);
      order[i] = order[j];
      order[j] = i;
    }
    return order;
  }
}
