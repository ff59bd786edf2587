package org.headct.ich.jobs.scoring;

import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.util.SerializableConfiguration;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.headct.ich.domain.label.ImageLabels;
import org.headct.ich.domain.label.Subtype;
import org.headct.ich.jobs.batch.BatchReader;
import org.headct.ich.jobs.batch.BatchRef;
import org.headct.ich.jobs.batch.PixelBatches;
import org.headct.ich.jobs.batch.TensorPlan;
import org.headct.ich.jobs.batch.TensorRow;
import org.headct.ich.jobs.modelstore.ModelStore;
import org.headct.ich.jobs.modelstore.RunInfo;
import org.headct.ich.jobs.table.FeaturesTable.Feature;
import org.headct.ich.networks.nd4j.Nd4jRuntime;
import org.headct.ich.networks.onednn.OneDnn;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.api.MultiDataSet;

/**
 * A computation of the features of tensors: the activations of a saved network below its heads.
 * Executors read, compute and emit the features batch by batch. The driver handles only references.
 */
public final class FeatureExtractor {
  static {
    Nd4jRuntime.prepare();
  }

  private final JavaSparkContext spark;
  private final ModelStore store;
  private final RunInfo run;
  private final String modelHash;

  /**
   * Opens the run and its model.
   *
   * @param store store of a run with a model, on a file system that executors can read
   */
  public FeatureExtractor(JavaSparkContext spark, ModelStore store) throws IOException {
    this.spark = spark;
    this.store = store;
    this.run = store.readRun();
    this.modelHash = store.modelHash();
  }

  /**
   * Returns the features of every tensor of a part, each once and centre-cropped. The computation
   * is lazy.
   */
  public JavaRDD<Feature> of(TensorPlan plan, String split, ScoringTime time) {
    List<BatchRef> refs = plan.batches(run.settings().batchSize());
    int tasks = Math.max(1, Math.min(4 * spark.defaultParallelism(), refs.size()));
    Broadcast<SerializableConfiguration> hadoop =
        spark.broadcast(new SerializableConfiguration(spark.hadoopConfiguration()));
    PixelBatches batches = PixelBatches.of(run.settings(), plan.shape());
    Source source = new Source(run.run(), modelHash, run.dataset(), split);
    String modelPath = store.modelPath();
    return spark
        .parallelize(refs, tasks)
        .mapPartitions(
            it ->
                it.hasNext()
                    ? new Rows(it, hadoop.value().value(), modelPath, batches, source, time)
                    : List.<Feature>of().iterator());
  }

  /** The values that all rows of a part share. */
  private record Source(String run, String model, String dataset, String split)
      implements Serializable {
    Feature feature(TensorRow row, float[] features) {
      int bits = 0;
      for (Subtype subtype : Subtype.ALL) {
        bits |= row.label(subtype.column()) > 0 ? subtype.bit() : 0;
      }
      return new Feature(
          run,
          model,
          dataset,
          split,
          row.patientId(),
          row.seriesId(),
          row.copies(),
          new ImageLabels(row.imageId(), bits),
          features);
    }
  }

  /** The rows of one task; its network is released when the task ends, also after a failure. */
  private static final class Rows implements Iterator<Feature> {
    private final Iterator<BatchRef> refs;
    private final Configuration conf;
    private final ComputationGraph network;
    private final PixelBatches batches;
    private final Source source;
    private final ScoringTime time;
    private Iterator<Feature> batch = List.<Feature>of().iterator();

    Rows(
        Iterator<BatchRef> refs,
        Configuration conf,
        String modelPath,
        PixelBatches batches,
        Source source,
        ScoringTime time)
        throws IOException {
      this.refs = refs;
      this.conf = conf;
      this.batches = batches;
      this.source = source;
      this.time = time;
      ComputationGraph made = Scorer.belowTheHeads(conf, modelPath);
      this.network = made;
      TaskContext.get()
          .addTaskCompletionListener(
              context -> {
                OneDnn.release(made);
              });
    }

    @Override
    public boolean hasNext() {
      while (!batch.hasNext() && refs.hasNext()) {
        batch = next(refs.next());
      }
      return batch.hasNext();
    }

    @Override
    public Feature next() {
      if (!hasNext()) {
        throw new NoSuchElementException("all batches are taken");
      }
      return batch.next();
    }

    private Iterator<Feature> next(BatchRef ref) {
      long start = System.nanoTime();
      List<TensorRow> rows;
      try {
        rows = ref.stored(conf);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      long read = System.nanoTime();
      MultiDataSet images = batches.evaluation(rows);
      INDArray features = network.output(images.getFeatures(0))[0];
      List<Feature> made = new ArrayList<>(rows.size());
      for (int i = 0; i < rows.size(); i++) {
        made.add(source.feature(rows.get(i), features.getRow(i).dup().data().asFloat()));
      }
      BatchReader.free(images);
      time.add(read - start, System.nanoTime() - read);
      return made.iterator();
    }
  }
}
