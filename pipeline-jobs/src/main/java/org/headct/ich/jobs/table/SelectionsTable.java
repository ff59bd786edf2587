package org.headct.ich.jobs.table;

import static org.apache.spark.sql.types.DataTypes.DoubleType;
import static org.apache.spark.sql.types.DataTypes.IntegerType;
import static org.apache.spark.sql.types.DataTypes.StringType;

import java.io.Serializable;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/** {@code ich.selections}: an image's place in a dataset. Key: (dataset, image_id). */
public final class SelectionsTable implements TableDefinition<SelectionsTable.Selection> {
  private static final long serialVersionUID = 1L;

  /**
   * One row.
   *
   * @param position position in the ordered series, from 0
   * @param seriesSlices number of slices of the ordered series
   * @param split train, validation or test
   * @param weight weight of the example in the loss; 1 outside training
   * @param copies how often an epoch of training sees it, at least 1; 1 outside training
   * @param previousImageId the slice below it in the ordered series; null for the first
   * @param nextImageId the slice above it in the ordered series; null for the last
   */
  public record Selection(
      String dataset,
      String imageId,
      String patientId,
      String seriesId,
      int position,
      int seriesSlices,
      String split,
      double weight,
      int copies,
      @Nullable String previousImageId,
      @Nullable String nextImageId)
      implements Serializable {}

  @Override
  public String name() {
    return "selections";
  }

  @Override
  public String comment() {
    return "An image's place in a dataset: series, position, split, weight. Key: (dataset, image_id).";
  }

  @Override
  public String filledBy() {
    return "select-slices";
  }

  @Override
  public List<String> partitionedBy() {
    return List.of("dataset");
  }

  @Override
  public List<String> orderedBy() {
    return List.of("dataset", "image_id");
  }

  /**
   * Returns false: tensors name the snapshot that they were built from, and each run replaces whole
   * datasets.
   */
  @Override
  public boolean compactable() {
    return false;
  }

  @Override
  public StructType schema() {
    return Columns.schema(
        Columns.required("dataset", StringType, "Name, as datasets.<name> defines it"),
        Columns.required("image_id", StringType, "Image, as in ich.slices and ich.labels"),
        Columns.required("patient_id", StringType, "Pseudonym of the patient"),
        Columns.required("series_id", StringType, "Pseudonym of the series"),
        Columns.required("position", IntegerType, "Position in the ordered series, from 0"),
        Columns.required("series_slices", IntegerType, "Slices of the ordered series"),
        Columns.required("split", StringType, "train, validation or test"),
        Columns.required("weight", DoubleType, "Weight in the loss; 1 outside training"),
        Columns.required("copies", IntegerType, "How often an epoch sees it; 1 outside training"),
        Columns.optional("previous_image_id", StringType, "Slice below in the series, if any"),
        Columns.optional("next_image_id", StringType, "Slice above in the series, if any"));
  }

  @Override
  public Row toRow(Selection s) {
    return RowFactory.create(
        s.dataset(),
        s.imageId(),
        s.patientId(),
        s.seriesId(),
        s.position(),
        s.seriesSlices(),
        s.split(),
        s.weight(),
        s.copies(),
        s.previousImageId(),
        s.nextImageId());
  }

  @Override
  public Selection fromRow(Row row) {
    return new Selection(
        Columns.text(row, "dataset"),
        Columns.text(row, "image_id"),
        Columns.text(row, "patient_id"),
        Columns.text(row, "series_id"),
        Columns.integer(row, "position"),
        Columns.integer(row, "series_slices"),
        Columns.text(row, "split"),
        Columns.number(row, "weight"),
        Columns.integer(row, "copies"),
        Columns.orNull(row, "previous_image_id"),
        Columns.orNull(row, "next_image_id"));
  }
}
