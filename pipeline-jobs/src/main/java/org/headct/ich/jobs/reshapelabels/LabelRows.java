package org.headct.ich.jobs.reshapelabels;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import org.apache.spark.HashPartitioner;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.util.SerializableConfiguration;
import org.headct.ich.domain.label.ImageLabels;
import org.headct.ich.domain.label.packed.ImageLabelSet;
import org.headct.ich.domain.label.packed.LabelBlock;
import org.headct.ich.domain.label.packed.LabelChanges;
import org.headct.ich.domain.label.packed.LabelChanges.Others;
import org.headct.ich.domain.label.packed.LabelGathering;
import org.headct.ich.domain.label.packed.LabelOutcome;
import org.headct.ich.domain.label.packed.LabelSources;
import org.headct.ich.jobs.run.JobContext;
import org.jspecify.annotations.Nullable;
import scala.Tuple2;

/**
 * The rows of the label files in Spark. Parts of files become blocks of numbers. A shuffle brings
 * the blocks of a partition together. There they are gathered and compared with the table.
 */
final class LabelRows {
  private LabelRows() {}

  /**
   * The result for the rows of one partition.
   *
   * @param rows the images that are kept, the findings and the row count
   * @param changes the changes of the table
   */
  record Gathered(LabelOutcome rows, LabelChanges changes) implements Serializable {}

  /**
   * Reads and gathers the rows and compares them with the table.
   *
   * @param key the key of the pseudonyms
   * @param current the images of the table; null if there is none
   * @param others the treatment of the table's images that the files do not name
   * @param withdrawn the ids of images that are not kept
   */
  static JavaRDD<Gathered> gathered(
      JobContext context,
      LabelParts parts,
      String key,
      @Nullable JavaRDD<ImageLabels> current,
      Others others,
      Set<String> withdrawn) {
    Broadcast<SerializableConfiguration> hadoop = context.hadoopForTasks();
    int partitions = parts.partitions();
    LabelSources sources = parts.sources();
    JavaPairRDD<Integer, LabelBlock> blocks =
        context
            .javaSpark()
            .parallelize(parts.tasks(), parts.tasks().size())
            .flatMapToPair(task -> new PartReader(hadoop.value().value(), task, partitions, key));
    HashPartitioner partitioner = new HashPartitioner(partitions);
    if (current == null) {
      return blocks
          .groupByKey(partitioner)
          .map(group -> compare(group._2(), List.of(), sources, others, withdrawn));
    }
    return blocks
        .cogroup(current.mapPartitionsToPair(rows -> sets(rows, partitions)), partitioner)
        .map(group -> compare(group._2()._1(), group._2()._2(), sources, others, withdrawn));
  }

  private static Gathered compare(
      Iterable<LabelBlock> blocks,
      Iterable<ImageLabelSet> current,
      LabelSources sources,
      Others others,
      Set<String> withdrawn) {
    LabelOutcome outcome = LabelGathering.gather(blocks, sources).without(withdrawn, 0);
    ImageLabelSet before = ImageLabelSet.union(current);
    return new Gathered(outcome, LabelChanges.between(before, outcome.kept(), others));
  }

  private static Iterator<Tuple2<Integer, ImageLabelSet>> sets(
      Iterator<ImageLabels> rows, int partitions) {
    ImageLabelSet.Partitioned sets = new ImageLabelSet.Partitioned(partitions);
    rows.forEachRemaining(row -> sets.add(row.imageId(), row.bits()));
    List<Tuple2<Integer, ImageLabelSet>> keyed = new ArrayList<>();
    List<ImageLabelSet> built = sets.build();
    for (int partition = 0; partition < partitions; partition++) {
      keyed.add(new Tuple2<>(partition, built.get(partition)));
    }
    return keyed.iterator();
  }
}
