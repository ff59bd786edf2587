package org.headct.ich.jobs.trainmodel;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.sum;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.headct.ich.domain.error.UserException;
import org.headct.ich.domain.label.Subtype;
import org.headct.ich.domain.sample.Split;
import org.headct.ich.domain.training.Head;
import org.headct.ich.jobs.run.JobContext;
import org.headct.ich.jobs.table.SelectionsTable;
import org.headct.ich.jobs.table.SnapshotNote;
import org.headct.ich.jobs.table.TableDefinition;
import org.headct.ich.jobs.table.TensorsTable;

/**
 * Weights of the loss, as {@code ich.selections} had them when the tensors were built. Only the
 * selections hold them: every new image changes the weights, and tensors must not change with them.
 */
final class ClassWeighting {
  private static final TensorsTable TENSORS = new TensorsTable();
  private static final SelectionsTable SELECTIONS = new SelectionsTable();

  private ClassWeighting() {}

  /**
   * Returns the weight of a training row without and of one with a haemorrhage; 1 for a class
   * without rows.
   *
   * @param snapshot of {@code ich.tensors}
   */
  static List<Double> of(JobContext context, long snapshot, String dataset) {
    Map<String, String> summary = context.warehouse().iceberg(TENSORS).snapshot(snapshot).summary();
    String selections =
        SnapshotNote.input(summary, SELECTIONS.name())
            .orElseThrow(
                () ->
                    new UserException(
                        "snapshot %d of ich.tensors does not say of which selections it is: run build-tensors"
                            .formatted(snapshot)));
    Dataset<Row> labels =
        training(context, TENSORS, snapshot, dataset)
            .select(col("image_id"), col(Subtype.ANY.column()).as("label"));
    double[] weights = {1, 1};
    for (Row row :
        training(context, SELECTIONS, Long.parseLong(selections), dataset)
            .select("image_id", "weight")
            .join(labels, "image_id")
            .groupBy("label")
            .agg(min("weight"), max("weight"))
            .collectAsList()) {
      if (row.getDouble(1) != row.getDouble(2)) {
        throw new UserException(
            "dataset %s has weights from %s to %s in one class of ich.selections: training takes one a class; run select-slices"
                .formatted(dataset, row.getDouble(1), row.getDouble(2)));
      }
      weights[row.getInt(0)] = row.getDouble(1);
    }
    return List.of(weights[0], weights[1]);
  }

  /**
   * Returns the weight of a positive label for each output: negatives over positives in the
   * training part; 1 for a class that lacks either.
   *
   * @param snapshot of {@code ich.tensors}
   */
  static List<Double> ofPositives(JobContext context, long snapshot, String dataset, Head head) {
    List<Column> sums =
        head.labels().stream().map(label -> sum(col(label).multiply(col("copies")))).toList();
    Row counts =
        training(context, TENSORS, snapshot, dataset)
            .agg(sum("copies"), sums.toArray(Column[]::new))
            .head();
    List<Double> weights = new ArrayList<>();
    for (int output = 1; output < counts.size(); output++) {
      long all = counts.isNullAt(0) ? 0 : counts.getLong(0);
      long positives = counts.isNullAt(output) ? 0 : counts.getLong(output);
      boolean both = positives > 0 && positives < all;
      weights.add(both ? (double) (all - positives) / positives : 1.0);
    }
    return weights;
  }

  private static Dataset<Row> training(
      JobContext context, TableDefinition<?> table, long snapshot, String dataset) {
    return context
        .spark()
        .read()
        .option("snapshot-id", snapshot)
        .table(context.warehouse().identifier(table))
        .where(col("dataset").equalTo(dataset))
        .where(col("split").equalTo(Split.TRAIN.column()));
  }
}
