package org.headct.ich.jobs.buildtensors;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.regexp_replace;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.util.StatCounter;
import org.headct.ich.domain.config.TensorsConfig;
import org.headct.ich.domain.ct.Standardisation;
import org.headct.ich.domain.error.UserException;
import org.headct.ich.domain.sample.Split;
import scala.Tuple2;

/** Mean and deviation of each channel over a dataset's training part. */
final class TrainingMoments {
  private TrainingMoments() {}

  /**
   * Returns the moments in the form that the table stores. If the training part is unchanged, the
   * stored moments are reused. Otherwise every training image is read.
   *
   * @param make the factory of the task's tensor maker
   */
  static String of(
      TensorsConfig config, Dataset<Row> wanted, Dataset<Row> present, TensorMakerFactory make) {
    Dataset<Row> training = wanted.where(col("split").equalTo(Split.TRAIN.column()));
    List<String> known =
        present
            .where(col("dataset").equalTo(config.dataset()))
            .where(
                regexp_replace(col("recipe"), TensorsConfig.REPAIRS, "")
                    .equalTo(config.recipeText()))
            .select("standardised")
            .na()
            .drop()
            .distinct()
            .as(Encoders.STRING())
            .collectAsList();
    if (known.size() == 1 && unchanged(config, training, present, known.get(0))) {
      return known.get(0);
    }
    return measure(config, training, make).text();
  }

  private static boolean unchanged(
      TensorsConfig config, Dataset<Row> training, Dataset<Row> present, String moments) {
    Dataset<Row> there =
        present
            .where(col("dataset").equalTo(config.dataset()))
            .where(col("split").equalTo(Split.TRAIN.column()));
    try (TensorChanges changes =
        new TensorChanges(there, WantedTensors.standardised(training, moments), Set.of())) {
      return changes.none();
    }
  }

  /**
   * Measures the moments. Images are added in the order of their ids, so the result does not depend
   * on partitions.
   */
  private static Standardisation measure(
      TensorsConfig config, Dataset<Row> training, TensorMakerFactory make) {
    List<Tuple2<String, StatCounter[]>> images =
        new ArrayList<>(
            training
                .javaRDD()
                .map(TensorTask::of)
                .mapPartitions(
                    (FlatMapFunction<Iterator<TensorTask>, Tuple2<String, StatCounter[]>>)
                        tasks -> measure(make.in(config), config, tasks))
                .collect());
    if (images.isEmpty()) {
      throw new UserException(
          "tensors.values = standardised needs readable training images, but dataset %s has none"
              .formatted(config.dataset()));
    }
    images.sort(Comparator.comparing(Tuple2::_1));
    StatCounter[] all = counters(config.recipe().channels());
    for (Tuple2<String, StatCounter[]> image : images) {
      for (int c = 0; c < all.length; c++) {
        all[c].merge(image._2()[c]);
      }
    }
    return new Standardisation(
        Arrays.stream(all).map(c -> new Standardisation.Channel(c.mean(), c.popStdev())).toList());
  }

  private static Iterator<Tuple2<String, StatCounter[]>> measure(
      DatasetTensors maker, TensorsConfig config, Iterator<TensorTask> tasks) {
    List<Tuple2<String, StatCounter[]>> measured = new ArrayList<>();
    while (tasks.hasNext()) {
      TensorTask task = tasks.next();
      maker
          .floats(task)
          .ifPresent(
              values ->
                  measured.add(
                      new Tuple2<>(
                          task.place().imageId(), channels(values, config.recipe().channels()))));
    }
    return measured.iterator();
  }

  private static StatCounter[] channels(float[] values, int channels) {
    StatCounter[] counters = counters(channels);
    int plane = values.length / channels;
    for (int i = 0; i < values.length; i++) {
      counters[i / plane].merge(values[i]);
    }
    return counters;
  }

  private static StatCounter[] counters(int channels) {
    StatCounter[] counters = new StatCounter[channels];
    Arrays.setAll(counters, c -> new StatCounter());
    return counters;
  }
}
