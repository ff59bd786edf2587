package org.headct.ich.jobs.table;

import static org.apache.spark.sql.types.DataTypes.DoubleType;
import static org.apache.spark.sql.types.DataTypes.LongType;
import static org.apache.spark.sql.types.DataTypes.StringType;

import java.io.Serializable;
import java.util.List;
import java.util.Objects;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/**
 * {@code ich.metrics}: the figures of evaluations. Key: (run, split, unit, condition, finding,
 * metric).
 */
public final class MetricsTable implements TableDefinition<MetricsTable.Metric> {
  private static final long serialVersionUID = 1L;

  /**
   * The value of {@code finding} for the mean over a run's classes (macro average). Each class has
   * the same weight, however rare.
   */
  public static final String MEAN = "mean";

  /** A {@code unit}: each slice is counted. */
  public static final String SLICE = "slice";

  /** A {@code unit}: each series is counted, with the score of its most suspicious slice. */
  public static final String SCAN = "scan";

  /** A {@code condition}: unchanged images. */
  public static final String UNDISTURBED = "";

  /**
   * One row.
   *
   * @param unit the unit that was counted, {@link #SLICE} or {@link #SCAN}
   * @param condition the change made to the images first, such as {@code noise 10}, or {@link
   *     #UNDISTURBED}
   * @param images number of slices or scans
   * @param value the figure; null if it is undefined, such as the AUC of one class
   * @param low lower end of the 95 % interval by resampled patients, or null
   * @param high upper end of that interval, or null
   */
  public record Metric(
      String run,
      String dataset,
      String split,
      String unit,
      String condition,
      String finding,
      String metric,
      @Nullable Double value,
      @Nullable Double low,
      @Nullable Double high,
      long images,
      long positives)
      implements Serializable {
    /** Returns whether it is a figure that runs are compared by: of slices, unchanged. */
    public boolean isOfSlicesAsTheyAre() {
      return unit.equals(SLICE) && isOfImagesAsTheyAre();
    }

    /** Returns whether the images are unchanged and complete; of slices or of scans. */
    public boolean isOfImagesAsTheyAre() {
      return condition.equals(UNDISTURBED);
    }
  }

  @Override
  public String name() {
    return "metrics";
  }

  @Override
  public String comment() {
    return "A figure of an evaluation with its interval. Key: (run, split, unit, condition, finding, metric).";
  }

  @Override
  public String filledBy() {
    return "evaluate-model";
  }

  @Override
  public List<String> partitionedBy() {
    return List.of("run");
  }

  @Override
  public StructType schema() {
    return Columns.schema(
        Columns.required("run", StringType, "Run directory under models.path"),
        Columns.required("dataset", StringType, "Dataset in ich.tensors"),
        Columns.required("split", StringType, "Part of the dataset that was scored"),
        Columns.required("finding", StringType, "any, a subtype, or all for a joint figure"),
        Columns.required("metric", StringType, "roc_auc, pr_auc, accuracy, log_loss, ..."),
        Columns.optional("value", DoubleType, "The figure; null if undefined"),
        Columns.optional("low", DoubleType, "Lower end of the 95 % interval by patient"),
        Columns.optional("high", DoubleType, "Upper end of the 95 % interval by patient"),
        Columns.required("images", LongType, "Slices or scans scored"),
        Columns.required("positives", LongType, "Positives among them"),
        Columns.optional("unit", StringType, "slice or scan; null (an early release) means slice"),
        Columns.optional(
            "condition",
            StringType,
            "Change made to the images first, such as noise 10; empty: none"));
  }

  @Override
  public Row toRow(Metric m) {
    return RowFactory.create(
        m.run(),
        m.dataset(),
        m.split(),
        m.finding(),
        m.metric(),
        m.value(),
        m.low(),
        m.high(),
        m.images(),
        m.positives(),
        m.unit(),
        m.condition());
  }

  @Override
  public Metric fromRow(Row row) {
    return new Metric(
        Columns.text(row, "run"),
        Columns.text(row, "dataset"),
        Columns.text(row, "split"),
        Objects.requireNonNullElse(Columns.orNull(row, "unit"), SLICE),
        Objects.requireNonNullElse(Columns.orNull(row, "condition"), UNDISTURBED),
        Columns.text(row, "finding"),
        Columns.text(row, "metric"),
        Columns.orNull(row, "value"),
        Columns.orNull(row, "low"),
        Columns.orNull(row, "high"),
        Columns.bigint(row, "images"),
        Columns.bigint(row, "positives"));
  }
}
