package org.headct.ich.jobs.table;

import static org.apache.spark.sql.types.DataTypes.DoubleType;
import static org.apache.spark.sql.types.DataTypes.IntegerType;
import static org.apache.spark.sql.types.DataTypes.StringType;

import java.io.Serializable;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.StructType;

/** {@code ich.predictions}: a model's scores. Key: (run, image_id, finding). */
public final class PredictionsTable implements TableDefinition<PredictionsTable.Prediction> {
  private static final long serialVersionUID = 1L;

  /**
   * One row.
   *
   * @param finding the scored class: any or a subtype
   * @param truth 1 if the label is positive, else 0
   * @param score probability of {@code finding}, 0 to 1
   */
  public record Prediction(
      String run,
      String dataset,
      String split,
      String imageId,
      String patientId,
      String seriesId,
      String finding,
      int truth,
      double score)
      implements Serializable {}

  @Override
  public String name() {
    return "predictions";
  }

  @Override
  public String comment() {
    return "A model's score of an image for a class. Key: (run, image_id, finding).";
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
        Columns.required("image_id", StringType, "Image, as in ich.tensors"),
        Columns.required("patient_id", StringType, "Pseudonym of the patient"),
        Columns.required("series_id", StringType, "Pseudonym of the series"),
        Columns.required("finding", StringType, "Class that was scored: any or a subtype"),
        Columns.required("truth", IntegerType, "1: the label is positive, else 0"),
        Columns.required("score", DoubleType, "Probability of the finding, 0 to 1"));
  }

  @Override
  public Row toRow(Prediction p) {
    return RowFactory.create(
        p.run(),
        p.dataset(),
        p.split(),
        p.imageId(),
        p.patientId(),
        p.seriesId(),
        p.finding(),
        p.truth(),
        p.score());
  }

  @Override
  public Prediction fromRow(Row row) {
    return new Prediction(
        Columns.text(row, "run"),
        Columns.text(row, "dataset"),
        Columns.text(row, "split"),
        Columns.text(row, "image_id"),
        Columns.text(row, "patient_id"),
        Columns.text(row, "series_id"),
        Columns.text(row, "finding"),
        Columns.integer(row, "truth"),
        Columns.number(row, "score"));
  }
}
