package org.headct.ich.jobs.scoring;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.util.SerializableConfiguration;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.headct.ich.domain.training.TrainSettings;
import org.headct.ich.jobs.batch.BatchPlace;
import org.headct.ich.jobs.batch.BatchPlan;
import org.headct.ich.jobs.batch.PixelBatches;
import org.headct.ich.jobs.batch.TensorPlan;
import org.headct.ich.jobs.batch.TensorRow;
import org.headct.ich.jobs.modelstore.ModelFile;
import org.headct.ich.jobs.nd4j.TaskDevice;
import org.headct.ich.networks.nd4j.Nd4jRuntime;
import org.headct.ich.networks.onednn.OneDnn;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.api.MultiDataSet;

/**
 * A scorer of tensors with a model file. An executor reads the model once. Its tasks share the
 * parameters, but each has its own network, because a DL4J network is not thread-safe.
 */
public final class Scorer {
  static {
    Nd4jRuntime.prepare();
  }

  private Scorer() {}

  /**
   * Scores every row of a plan, centre-cropped, in batches as in training.
   *
   * @param modelPath a model.zip or checkpoint on a file system that executors can read
   * @param settings settings of the run that trained it
   * @param tasks largest number of partitions; use at least the number of cores
   * @param time sum of the time that scoring takes; updated here
   */
  public static JavaRDD<ScoredImage> score(
      JavaSparkContext spark,
      String modelPath,
      TrainSettings settings,
      TensorPlan plan,
      int tasks,
      ScoringTime time)
      throws IOException {
    List<BatchPlace> refs =
        List.copyOf(
            BatchPlan.of(spark.hadoopConfiguration(), plan, settings)
                .batches(settings.batchSize()));
    Broadcast<SerializableConfiguration> hadoop =
        spark.broadcast(new SerializableConfiguration(spark.hadoopConfiguration()));
    PixelBatches batches = PixelBatches.of(settings, plan.shape());
    int partitions = Math.max(1, Math.min(tasks, refs.size()));
    return spark
        .parallelize(refs, partitions)
        .mapPartitions(it -> score(it, hadoop.value().value(), modelPath, batches, time));
  }

  private static Iterator<ScoredImage> score(
      Iterator<BatchPlace> refs,
      Configuration conf,
      String modelPath,
      PixelBatches batches,
      ScoringTime time)
      throws IOException {
    if (!refs.hasNext()) {
      return List.<ScoredImage>of().iterator();
    }
    ComputationGraph network = network(conf, modelPath);
    List<ScoredImage> scored = new ArrayList<>();
    try {
      while (refs.hasNext()) {
        long start = System.nanoTime();
        List<TensorRow> rows = refs.next().stored(conf);
        long read = System.nanoTime();
        scored.addAll(score(network, batches, batches.evaluation(rows), rows));
        time.add(read - start, System.nanoTime() - read);
      }
    } finally {
      OneDnn.release(network);
    }
    return scored.iterator();
  }

  /** Returns a network for this task. Release it with {@link OneDnn#release}. */
  static ComputationGraph network(Configuration conf, String modelPath) throws IOException {
    TaskDevice.take();
    return Loaded.of(conf, modelPath).network();
  }

  /**
   * Returns a network like {@link #network} whose only output is the input of its heads, N×F.
   *
   * @throws IllegalStateException if the heads have different inputs
   */
  static ComputationGraph belowTheHeads(Configuration conf, String modelPath) throws IOException {
    TaskDevice.take();
    return Loaded.of(conf, modelPath).belowTheHeads();
  }

  /** Scores a batch that was made of these rows. */
  static List<ScoredImage> score(
      ComputationGraph network, PixelBatches batches, MultiDataSet batch, List<TensorRow> rows) {
    List<float[]> scores = scores(network, batch);
    batches.giveScansOneScore(scores, rows);
    byte[][] truth = batches.truth(rows);
    List<ScoredImage> scored = new ArrayList<>(rows.size());
    for (int i = 0; i < rows.size(); i++) {
      TensorRow row = rows.get(i);
      scored.add(
          new ScoredImage(row.imageId(), row.patientId(), row.seriesId(), scores.get(i), truth[i]));
    }
    return scored;
  }

  /** Returns the scores of all outputs for each row. */
  static List<float[]> scores(ComputationGraph network, MultiDataSet batch) {
    INDArray[] outputs =
        network.output(false, batch.getFeatures(), batch.getFeaturesMaskArrays(), null);
    List<float[]> scores = new ArrayList<>();
    for (int i = 0; i < batch.getFeatures(0).size(0); i++) {
      float[] row = new float[outputs.length];
      for (int o = 0; o < row.length; o++) {
        row[o] = outputs[o].getFloat(i, 0);
      }
      scores.add(row);
    }
    return scores;
  }

  /** The last model that this JVM read, identified by path, modification time and length. */
  private record Loaded(String key, ComputationGraphConfiguration configuration, INDArray params) {
    private static @Nullable Loaded last;

    static synchronized Loaded of(Configuration conf, String modelPath) throws IOException {
      Path path = new Path(modelPath);
      FileStatus status = path.getFileSystem(conf).getFileStatus(path);
      String key = status.getPath() + "@" + status.getModificationTime() + "+" + status.getLen();
      Loaded loaded = last;
      if (loaded == null || !loaded.key.equals(key)) {
        ComputationGraph network = ModelFile.readForScoring(conf, path);
        loaded = new Loaded(key, network.getConfiguration(), network.params());
        last = loaded;
      }
      return loaded;
    }

    /** Returns a new network over the shared parameters, which scoring never changes. */
    ComputationGraph network() {
      return OneDnn.graph(configuration, params);
    }

    /**
     * Returns a network with the heads' input as output. The heads stay, so that the parameters
     * fit, but do not run.
     */
    ComputationGraph belowTheHeads() {
      ComputationGraphConfiguration below = configuration.clone();
      List<String> taken =
          below.getNetworkOutputs().stream()
              .flatMap(head -> below.getVertexInputs().getOrDefault(head, List.of()).stream())
              .distinct()
              .toList();
      if (taken.size() != 1) {
        throw new IllegalStateException("the network's heads must have one input, got " + taken);
      }
      below.setNetworkOutputs(taken);
      return OneDnn.graph(below, params);
    }
  }
}
