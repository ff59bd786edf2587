package org.headct.ich.jobs.table;

import static org.apache.spark.sql.types.DataTypes.DoubleType;
import static org.apache.spark.sql.types.DataTypes.IntegerType;
import static org.apache.spark.sql.types.DataTypes.StringType;

import java.io.Serializable;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/**
 * {@code ich.scores}: a model's scores of the images of a dump, which need not have labels. Key:
 * (run, dump, image_id, finding). The snapshot says when it was scored, and from which objects.
 */
public final class ScoresTable implements TableDefinition<ScoresTable.Score> {
  private static final long serialVersionUID = 1L;

  /**
   * One row.
   *
   * @param dump name of the dump
   * @param model first digits of the SHA-256 of the run's model.zip
   * @param position position in the ordered series, from 0; null if the slice has none
   * @param seriesSlices number of slices of the ordered series
   * @param finding the scored class: any or a subtype
   * @param score probability of {@code finding}, 0 to 1
   */
  public record Score(
      String run,
      String dump,
      String model,
      String imageId,
      String patientId,
      String scanId,
      String seriesId,
      @Nullable Integer position,
      int seriesSlices,
      String finding,
      double score)
      implements Serializable {}

  /** Selects the rows of one run and dump. */
  public static Column of(String run, String dump) {
    return functions.col("run").equalTo(run).and(functions.col("dump").equalTo(dump));
  }

  @Override
  public String name() {
    return "scores";
  }

  @Override
  public String comment() {
    return "A model's score of an image of a dump without labels. Key: (run, dump, image_id, finding).";
  }

  @Override
  public String filledBy() {
    return "predict";
  }

  @Override
  public List<String> partitionedBy() {
    return List.of("run", "dump");
  }

  @Override
  public List<String> orderedBy() {
    return List.of("scan_id", "series_id", "position", "image_id", "finding");
  }

  @Override
  public StructType schema() {
    return Columns.schema(
        Columns.required("run", StringType, "Run directory under models.path"),
        Columns.required("dump", StringType, "Name of the dump, predict.dump"),
        Columns.required("model", StringType, "First 16 digits of the SHA-256 of its model.zip"),
        Columns.required("image_id", StringType, "Image, as audit-dicom names it"),
        Columns.required("patient_id", StringType, "Pseudonym of the patient"),
        Columns.required("scan_id", StringType, "Pseudonym of the study, else of the series"),
        Columns.required("series_id", StringType, "Pseudonym of the series"),
        Columns.optional(
            "position", IntegerType, "Position in the ordered series, from 0, or null"),
        Columns.required("series_slices", IntegerType, "Slices of the ordered series"),
        Columns.required("finding", StringType, "Class that was scored: any or a subtype"),
        Columns.required("score", DoubleType, "Probability of the finding, 0 to 1"));
  }

  @Override
  public Row toRow(Score s) {
    return RowFactory.create(
        s.run(),
        s.dump(),
        s.model(),
        s.imageId(),
        s.patientId(),
        s.scanId(),
        s.seriesId(),
        s.position(),
        s.seriesSlices(),
        s.finding(),
        s.score());
  }

  @Override
  public Score fromRow(Row row) {
    return new Score(
        Columns.text(row, "run"),
        Columns.text(row, "dump"),
        Columns.text(row, "model"),
        Columns.text(row, "image_id"),
        Columns.text(row, "patient_id"),
        Columns.text(row, "scan_id"),
        Columns.text(row, "series_id"),
        Columns.orNull(row, "position"),
        Columns.integer(row, "series_slices"),
        Columns.text(row, "finding"),
        Columns.number(row, "score"));
  }
}
