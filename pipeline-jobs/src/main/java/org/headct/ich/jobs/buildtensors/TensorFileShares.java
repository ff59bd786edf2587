package org.headct.ich.jobs.buildtensors;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.Partitioner;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.headct.ich.domain.config.TensorsConfig;
import scala.Tuple2;

/**
 * Assignment of tasks to files. The tasks of a dataset and split have one seeded random order. Each
 * {@link TensorsConfig#fileRows} consecutive tasks form a file. The place of a row depends only on
 * ids and seed, not on Spark's partitions.
 */
final class TensorFileShares {
  private TensorFileShares() {}

  /**
   * Returns one partition for each file, with its tasks in order. Returns no partitions if there
   * are no tasks.
   *
   * @param wanted the rows of {@link WantedTensors}; they are read four times: counted, sampled,
   *     ranked and distributed
   */
  static JavaRDD<TensorTask> of(Dataset<Row> wanted, Map<String, TensorsConfig> configs) {
    Map<String, Long> groups = new TreeMap<>();
    for (Row row : wanted.groupBy("dataset", "split").count().collectAsList()) {
      groups.put(TensorTask.group(row.getString(0), row.getString(1)), row.getLong(2));
    }
    JavaRDD<TensorTask> tasks = wanted.javaRDD().map(TensorTask::of);
    JavaPairRDD<Long, TensorTask> ranked =
        tasks
            .sortBy(
                task -> task.order(config(configs, task)),
                true,
                Math.max(1, tasks.context().defaultParallelism()))
            .zipWithIndex()
            .mapToPair(t -> new Tuple2<>(t._2(), t._1()));
    return ranked.repartitionAndSortWithinPartitions(new Runs(groups, configs)).values();
  }

  static TensorsConfig config(Map<String, TensorsConfig> configs, TensorTask task) {
    TensorsConfig config = configs.get(task.place().dataset());
    if (config == null) {
      throw new IllegalStateException("no settings for dataset " + task.place().dataset());
    }
    return config;
  }

  /** Partitioner from the rank of a task to its file. */
  static final class Runs extends Partitioner {
    private static final long serialVersionUID = 1L;

    /** Rank of the first task of each file. */
    private final long[] starts;

    /**
     * Computes the first rank of each file.
     *
     * @param groups the number of tasks by group, in the order of their ranks
     */
    Runs(Map<String, Long> groups, Map<String, TensorsConfig> configs) {
      List<Long> firsts = new ArrayList<>();
      long rank = 0;
      for (Map.Entry<String, Long> group : new TreeMap<>(groups).entrySet()) {
        String dataset = group.getKey().substring(0, group.getKey().indexOf('/'));
        TensorsConfig config = configs.get(dataset);
        if (config == null) {
          throw new IllegalStateException("no settings for dataset " + dataset);
        }
        for (long i = 0; i < group.getValue(); i += config.fileRows()) {
          firsts.add(rank + i);
        }
        rank += group.getValue();
      }
      starts = firsts.stream().mapToLong(Long::longValue).toArray();
    }

    @Override
    public int numPartitions() {
      return starts.length;
    }

    @Override
    public int getPartition(Object key) {
      int at = Arrays.binarySearch(starts, (Long) key);
      return at >= 0 ? at : -at - 2;
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Runs runs && Arrays.equals(starts, runs.starts);
    }

    @Override
    public int hashCode() {
      return Arrays.hashCode(starts);
    }
  }
}
