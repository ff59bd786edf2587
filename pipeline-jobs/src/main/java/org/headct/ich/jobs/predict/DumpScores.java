package org.headct.ich.jobs.predict;

import static org.apache.spark.sql.functions.col;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.util.LongAccumulator;
import org.apache.spark.util.SerializableConfiguration;
import org.headct.ich.domain.series.ImageKind;
import org.headct.ich.jobs.dump.NoTensorException;
import org.headct.ich.jobs.dump.OrderedSeries;
import org.headct.ich.jobs.dump.TensorMaker;
import org.headct.ich.jobs.meter.Meters.Count;
import org.headct.ich.jobs.run.JobContext;
import org.headct.ich.jobs.table.SlicesTable;
import org.headct.ich.jobs.table.TensorsTable.Form;
import org.headct.ich.pages.element.Picture;
import org.headct.ich.pages.element.Pictures;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import scala.Tuple2;

/** The scoring of a dump's audited slices in Spark tasks. */
final class DumpScores {
  private static final Logger LOG = LoggerFactory.getLogger(DumpScores.class);
  private static final SlicesTable SLICES = new SlicesTable();

  /**
   * The slices per task: enough for the cost of a task, few enough to show progress and to repeat.
   */
  private static final int SLICES_A_TASK = 512;

  private final JobContext context;
  private final ScoringModel model;
  private final Dataset<Row> slices;
  private final Set<ImageKind> kinds;
  private final LongAccumulator bytesRead;

  /**
   * Prepares the scoring of these slices.
   *
   * @param slices rows of {@code ich.slices}
   * @param kinds kinds of images that get a position
   */
  DumpScores(JobContext context, ScoringModel model, Dataset<Row> slices, Set<ImageKind> kinds) {
    this.context = context;
    this.model = model;
    this.slices = slices;
    this.kinds = Set.copyOf(kinds);
    this.bytesRead = context.meters().inTasks(Count.BYTES_READ);
  }

  /** Returns the number of object bytes that were read for pixels. */
  long bytesRead() {
    return bytesRead.sum();
  }

  /**
   * Returns the slices with their scores as {@link ScoredRows}. The slices of a series are read one
   * after the other, because they are stored together.
   *
   * @param count number of slices
   */
  Dataset<Row> rows(long count) {
    int parallel = context.javaSpark().defaultParallelism();
    int tasks = (int) Math.max(4L * parallel, count / SLICES_A_TASK + 1);
    Broadcast<SerializableConfiguration> hadoop = context.hadoopForTasks();
    LongAccumulator scored = context.meters().inTasks(Count.SLICES_SCORED);
    LongAccumulator bytes = bytesRead;
    ScoringModel scoring = model;
    JavaRDD<Row> rows =
        tasks(slices, tasks)
            .mapPartitions(
                part -> new SliceScorer(part, hadoop.value().value(), scoring, bytes, scored));
    return context.spark().createDataset(rows.rdd(), Encoders.row(ScoredRows.SCHEMA));
  }

  private JavaRDD<ScoreTask> tasks(Dataset<Row> of, int tasks) {
    boolean adjacent = model.recipe().adjacentSlices();
    Set<ImageKind> placed = kinds;
    return of.javaRDD()
        .map(SLICES::fromRow)
        .mapToPair(slice -> new Tuple2<>(OrderedSeries.key(slice), slice))
        .groupByKey(tasks)
        .flatMap(series -> ScoreTask.ofSeries(series._2(), adjacent, placed).iterator());
  }

  /**
   * Returns pictures of some slices in the model's windows, from objects that are read again. A
   * slice whose pixels are no longer readable has no pictures.
   *
   * @param images ids of the images
   * @param series ids of all series of these images
   */
  Map<String, List<Picture>> pictures(Collection<String> images, Collection<String> series) {
    if (images.isEmpty()) {
      return Map.of();
    }
    Set<String> wanted = Set.copyOf(images);
    Dataset<Row> few = slices.where(col(ScoredRows.SERIES).isin(series.toArray()));
    Broadcast<SerializableConfiguration> hadoop = context.hadoopForTasks();
    LongAccumulator bytes = bytesRead;
    ScoringModel scoring = model;
    Map<String, List<Picture>> pictures = new HashMap<>();
    tasks(few, 2 * context.javaSpark().defaultParallelism())
        .filter(task -> wanted.contains(task.imageId()))
        .mapPartitions(part -> look(part, hadoop.value().value(), scoring, bytes))
        .collect()
        .forEach(look -> pictures.put(look.imageId(), look.windows()));
    return pictures;
  }

  private record Look(String imageId, List<Picture> windows) implements Serializable {}

  private static Iterator<Look> look(
      Iterator<ScoreTask> tasks,
      Configuration conf,
      ScoringModel model,
      LongAccumulator bytesRead) {
    TensorMaker maker = model.maker(conf, bytesRead);
    Form form = model.form();
    List<Look> looks = new ArrayList<>();
    while (tasks.hasNext()) {
      ScoreTask task = tasks.next();
      try {
        byte[] grey = form.grey(maker.stored(task.slices(), model.moments()));
        looks.add(
            new Look(
                task.imageId(),
                Pictures.windows(
                    grey, form.height(), form.width(), model.recipe().channelNames())));
      } catch (NoTensorException e) {
        // It had pixels when it was scored, so its scores stay; only the picture is missing.
        LOG.warn("no picture of {}: {}", task.imageId(), e.reason());
      }
    }
    return looks.iterator();
  }
}
