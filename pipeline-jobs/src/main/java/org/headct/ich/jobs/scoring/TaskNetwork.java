package org.headct.ich.jobs.scoring;

import java.io.IOException;
import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.headct.ich.domain.training.TrainSettings;
import org.headct.ich.jobs.batch.BatchReader;
import org.headct.ich.jobs.batch.PixelBatches;
import org.headct.ich.jobs.batch.TensorRow;
import org.headct.ich.jobs.batch.TensorShape;
import org.headct.ich.networks.nd4j.Nd4jRuntime;
import org.headct.ich.networks.onednn.OneDnn;
import org.nd4j.linalg.dataset.MultiDataSet;

/**
 * A model that scores tensors in a Spark task as they arrive, without labels and without a table.
 */
public final class TaskNetwork implements AutoCloseable {
  private static final byte[] NO_LABELS = new byte[TensorRow.LABELS.size()];

  static {
    Nd4jRuntime.prepare();
  }

  private final ComputationGraph network;
  private final PixelBatches batches;

  private TaskNetwork(ComputationGraph network, PixelBatches batches) {
    this.network = network;
    this.batches = batches;
  }

  /** A factory that Spark sends to the tasks; each task opens its own network. */
  @FunctionalInterface
  public interface Opener extends Serializable {
    /** Opens a network for the current task, on the device that Spark gave it. */
    TaskNetwork open(Configuration conf) throws IOException;
  }

  /**
   * Returns a factory of networks.
   *
   * @param modelPath a model.zip or checkpoint on a file system that executors can read
   * @param settings settings of the run that trained it
   * @param shape shape of the tensors that it was trained on
   */
  public static Opener opener(String modelPath, TrainSettings settings, TensorShape shape) {
    PixelBatches batches = PixelBatches.of(settings, shape);
    return conf -> new TaskNetwork(Scorer.network(conf, modelPath), batches);
  }

  /**
   * Scores tensors as they are stored, centre-cropped.
   *
   * @param tensors C×H×W row-major, of the network's shape; if it reads series, the slices of one
   *     series in order
   * @return for each tensor the probabilities of the head's labels, in [0, 1]
   */
  public List<float[]> scores(List<byte[]> tensors) {
    List<TensorRow> rows =
        tensors.stream().map(pixels -> new TensorRow("", 1, "", "", NO_LABELS, pixels)).toList();
    MultiDataSet batch = batches.evaluation(rows);
    int labels = batches.head().labels().size();
    List<float[]> scores =
        Scorer.scores(network, batch).stream().map(all -> Arrays.copyOf(all, labels)).toList();
    BatchReader.free(batch);
    return scores;
  }

  /** Frees the native memory; the garbage collector does not know that it is scarce. */
  @Override
  public void close() {
    OneDnn.release(network);
  }
}
