package org.headct.ich.jobs.scoring;

import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.util.SerializableConfiguration;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.headct.ich.domain.ct.Disturbance;
import org.headct.ich.domain.training.TrainSettings;
import org.headct.ich.jobs.batch.BatchPlace;
import org.headct.ich.jobs.batch.BatchPlan;
import org.headct.ich.jobs.batch.BatchReader;
import org.headct.ich.jobs.batch.PixelBatches;
import org.headct.ich.jobs.batch.TensorPlan;
import org.headct.ich.jobs.batch.TensorRow;
import org.headct.ich.networks.nd4j.Nd4jRuntime;
import org.headct.ich.networks.onednn.OneDnn;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.api.MultiDataSet;

/** Repeated scores of some tensors by one model, with the images disturbed or partly hidden. */
public final class Probe {
  static {
    Nd4jRuntime.prepare();
  }

  private final JavaSparkContext spark;
  private final String modelPath;
  private final TrainSettings settings;
  private final TensorPlan plan;

  /**
   * Creates a probe of one model.
   *
   * @param modelPath a model.zip on a file system that executors can read
   * @param settings settings of the run that trained it
   * @param plan tensors that contain the images
   */
  public Probe(JavaSparkContext spark, String modelPath, TrainSettings settings, TensorPlan plan) {
    this.spark = spark;
    this.modelPath = modelPath;
    this.settings = settings;
    this.plan = plan;
  }

  /**
   * Scores the images under each disturbance.
   *
   * @param images image ids; if the network reads series, all slices of a series or none. Ids that
   *     the plan does not contain are skipped
   * @param seed seed of the random draws
   */
  public Map<Disturbance, List<ScoredImage>> disturbed(
      Set<String> images, List<Disturbance> disturbances, long seed) throws IOException {
    PixelBatches batches = PixelBatches.of(settings, plan.shape());
    List<Disturbance> serial = List.copyOf(disturbances);
    JavaRDD<Disturbed> scored =
        ask(
            images,
            (network, rows) -> {
              List<Disturbed> answers = new ArrayList<>();
              for (int i = 0; i < serial.size(); i++) {
                MultiDataSet batch = batches.disturbed(rows, serial.get(i), seed);
                for (ScoredImage one : Scorer.score(network, batches, batch, rows)) {
                  answers.add(new Disturbed(i, one));
                }
                BatchReader.free(batch);
              }
              return answers;
            });
    Map<Disturbance, List<ScoredImage>> answers = new LinkedHashMap<>();
    serial.forEach(one -> answers.put(one, new ArrayList<>()));
    for (Disturbed one : scored.collect()) {
      List<ScoredImage> of = answers.get(serial.get(one.disturbance()));
      if (of != null) {
        of.add(one.image());
      }
    }
    return answers;
  }

  private record Disturbed(int disturbance, ScoredImage image) implements Serializable {}

  /**
   * Measures for each image how much its score falls when a part of it is hidden. Does not support
   * networks that read series, because one image is not a series.
   *
   * @param images image ids; ids that the plan does not contain are skipped
   * @param output index of the head's output, from 0
   * @throws IllegalArgumentException if the network reads series
   */
  public Map<String, Occlusion> occluded(Set<String> images, int output) throws IOException {
    if (settings.readsSeries()) {
      throw new IllegalArgumentException("occlusion needs a network that reads single slices");
    }
    PixelBatches batches = PixelBatches.of(settings, plan.shape());
    int most = settings.batchSize();
    Map<String, Occlusion> maps = new LinkedHashMap<>();
    ask(
            images,
            (network, rows) -> {
              List<Seen> seen = new ArrayList<>();
              for (TensorRow row : rows) {
                MultiDataSet batch = batches.evaluation(List.of(row));
                INDArray image = batch.getFeatures(0);
                seen.add(new Seen(row.imageId(), Occlusion.of(network, image, output, most)));
                BatchReader.free(batch);
              }
              return seen;
            })
        .collect()
        .forEach(one -> maps.put(one.imageId(), one.occlusion()));
    return maps;
  }

  private record Seen(String imageId, Occlusion occlusion) implements Serializable {}

  /** A computation on a network, on an executor. */
  @FunctionalInterface
  private interface Question<T> extends Serializable {
    List<T> answer(ComputationGraph network, List<TensorRow> rows);
  }

  private <T> JavaRDD<T> ask(Set<String> images, Question<T> question) throws IOException {
    Broadcast<SerializableConfiguration> hadoop =
        spark.broadcast(new SerializableConfiguration(spark.hadoopConfiguration()));
    Broadcast<Set<String>> wanted = spark.broadcast(Set.copyOf(images));
    String model = modelPath;
    boolean series = settings.readsSeries();
    int most = settings.batchSize();
    // Few images lie in many row groups. Many tasks are worth it, because an image takes longer
    // than a task's start.
    List<BatchPlace> refs =
        List.copyOf(
            BatchPlan.of(spark.hadoopConfiguration(), plan, settings).batches(series ? 1 : most));
    return spark
        .parallelize(refs, Math.max(1, Math.min(refs.size(), 16 * spark.defaultParallelism())))
        .mapPartitions(
            it -> {
              Configuration conf = hadoop.value().value();
              List<List<TensorRow>> found = new ArrayList<>();
              while (it.hasNext()) {
                found.add(
                    it.next().stored(conf).stream()
                        .filter(row -> wanted.value().contains(row.imageId()))
                        .toList());
              }
              return ask(series ? found : cut(found, most), conf, model, question);
            });
  }

  /** Splits the rows into lists of at most {@code most}. */
  private static List<List<TensorRow>> cut(List<List<TensorRow>> found, int most) {
    List<TensorRow> rows = found.stream().flatMap(List::stream).toList();
    List<List<TensorRow>> portions = new ArrayList<>();
    for (int first = 0; first < rows.size(); first += most) {
      portions.add(rows.subList(first, Math.min(rows.size(), first + most)));
    }
    return portions;
  }

  private static <T> Iterator<T> ask(
      List<List<TensorRow>> portions, Configuration conf, String modelPath, Question<T> question)
      throws IOException {
    List<List<TensorRow>> some = portions.stream().filter(rows -> !rows.isEmpty()).toList();
    if (some.isEmpty()) {
      return List.<T>of().iterator();
    }
    ComputationGraph network = Scorer.network(conf, modelPath);
    try {
      List<T> answers = new ArrayList<>();
      for (List<TensorRow> rows : some) {
        answers.addAll(question.answer(network, rows));
      }
      return answers.iterator();
    } finally {
      OneDnn.release(network);
    }
  }
}
