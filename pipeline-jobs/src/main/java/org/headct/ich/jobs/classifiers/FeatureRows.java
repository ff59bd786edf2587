package org.headct.ich.jobs.classifiers;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.size;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.ml.functions;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.headct.ich.domain.config.ClassifyConfig;
import org.headct.ich.domain.error.UserException;
import org.headct.ich.domain.label.Subtype;
import org.headct.ich.domain.sample.Split;
import org.headct.ich.jobs.modelstore.ModelStore;
import org.headct.ich.jobs.run.JobContext;
import org.headct.ich.jobs.table.FeaturesTable;

/**
 * The features of a run as MLlib takes them. The image id decides a row's partition and place, so
 * equal rows give equal partitions and equal classifiers.
 */
final class FeatureRows {
  private static final FeaturesTable FEATURES = new FeaturesTable();

  private final Dataset<Row> rows;
  private final Map<String, Long> counts;
  private final int numbers;
  private final long partitionBytes;

  private FeatureRows(
      Dataset<Row> rows, Map<String, Long> counts, int numbers, long partitionBytes) {
    this.rows = rows;
    this.counts = counts;
    this.numbers = numbers;
    this.partitionBytes = partitionBytes;
  }

  /**
   * Reads the features of a run.
   *
   * @throws UserException if there are none, if the run has another model now, or if there is no
   *     training or test part
   */
  static FeatureRows of(JobContext context, ClassifyConfig config, ModelStore store)
      throws IOException {
    Dataset<Row> rows = context.warehouse().read(FEATURES).where(FeaturesTable.of(store.name()));
    List<Row> found =
        rows.groupBy("model", "split", "dataset")
            .agg(
                org.apache.spark.sql.functions.count("image_id"),
                org.apache.spark.sql.functions.max(size(col(FeaturesTable.FEATURES))))
            .collectAsList();
    if (found.isEmpty()) {
      throw new UserException(
          "classify.run: ich.features has no rows of run %1$s: run extract-features --set classify.run=%1$s"
              .formatted(store.name()));
    }
    Map<String, Long> counts = new HashMap<>();
    for (Row row : found) {
      if (!row.getString(0).equals(store.modelHash())) {
        throw new UserException(
            "classify.run: the rows of run %1$s in ich.features are of an earlier model.zip: run extract-features --set classify.run=%1$s"
                .formatted(store.name()));
      }
      counts.put(row.getString(1), row.getLong(3));
    }
    for (Split split : List.of(Split.TRAIN, Split.TEST)) {
      if (!counts.containsKey(split.column())) {
        throw new UserException(
            "classify.run: run %s has no %s rows in ich.features: its dataset has no such part"
                .formatted(store.name(), split.column()));
      }
    }
    return new FeatureRows(rows, counts, found.get(0).getInt(4), config.partitionBytes());
  }

  /** Returns the number of features per image. */
  int numbers() {
    return numbers;
  }

  /** Returns the number of images in a part. */
  long count(Split split) {
    return counts.getOrDefault(split.column(), 0L);
  }

  /** Returns the number of partitions, and so of tasks, for a part. */
  int partitions(Split split) {
    long bytes = count(split) * numbers * Double.BYTES;
    return Math.toIntExact(Math.max(1, (bytes + partitionBytes - 1) / partitionBytes));
  }

  /**
   * Returns a part with columns image_id, patient_id, series_id, copies, the six labels, and
   * features as a vector.
   */
  Dataset<Row> part(Split split) {
    List<Column> columns = new ArrayList<>();
    for (String name : List.of(LabelRows.IMAGE, LabelRows.PATIENT, LabelRows.SERIES, "copies")) {
      columns.add(col(name));
    }
    Subtype.ALL.forEach(subtype -> columns.add(col(subtype.column())));
    columns.add(functions.array_to_vector(col(FeaturesTable.FEATURES)).as(LabelRows.FEATURES));
    return rows.where(col("split").equalTo(split.column()))
        .select(columns.toArray(Column[]::new))
        .repartition(partitions(split), col(LabelRows.IMAGE))
        .sortWithinPartitions(LabelRows.IMAGE);
  }
}
