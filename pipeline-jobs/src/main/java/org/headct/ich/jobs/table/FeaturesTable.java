package org.headct.ich.jobs.table;

import static org.apache.spark.sql.types.DataTypes.FloatType;
import static org.apache.spark.sql.types.DataTypes.IntegerType;
import static org.apache.spark.sql.types.DataTypes.StringType;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.headct.ich.domain.label.ImageLabels;
import org.headct.ich.domain.label.Subtype;
import scala.Predef;

/**
 * {@code ich.features}: a network's features of an image, below its heads, with the labels. Key:
 * (run, image_id).
 */
public final class FeaturesTable implements TableDefinition<FeaturesTable.Feature> {
  private static final long serialVersionUID = 1L;

  /** The column of the features. */
  public static final String FEATURES = "features";

  /**
   * One row.
   *
   * @param run name of the run whose model computed the features
   * @param model first digits of the SHA-256 of the run's model.zip
   * @param split part of the dataset: train, validation or test
   * @param copies how often an epoch of training sees the image
   * @param features F numbers, the input of the heads
   */
  public record Feature(
      String run,
      String model,
      String dataset,
      String split,
      String patientId,
      String seriesId,
      int copies,
      ImageLabels labels,
      float[] features)
      implements Serializable {}

  /** Selects the rows of one run. */
  public static Column of(String run) {
    return functions.col("run").equalTo(run);
  }

  @Override
  public String name() {
    return "features";
  }

  @Override
  public String comment() {
    return "A network's features of an image, below its heads, with the labels. Key: (run, image_id).";
  }

  @Override
  public String filledBy() {
    return "extract-features";
  }

  @Override
  public List<String> partitionedBy() {
    return List.of("run");
  }

  /**
   * Turns distribution off: tasks write what they computed. A partition is one run, so no shuffle
   * is needed.
   */
  @Override
  public Map<String, String> properties() {
    return Map.of("write.distribution-mode", "none");
  }

  @Override
  public StructType schema() {
    StructType schema =
        Columns.schema(
            Columns.required("run", StringType, "Run directory under models.path"),
            Columns.required(
                "model", StringType, "First 16 digits of the SHA-256 of its model.zip"),
            Columns.required("dataset", StringType, "Dataset in ich.tensors"),
            Columns.required("split", StringType, "Part of the dataset: train, validation, test"),
            Columns.required("image_id", StringType, "Image, as in ich.tensors"),
            Columns.required("patient_id", StringType, "Pseudonym of the patient"),
            Columns.required("series_id", StringType, "Pseudonym of the series"),
            Columns.required(
                "copies", IntegerType, "How often an epoch of training sees the image"));
    for (StructField label : Columns.labels()) {
      schema = schema.add(label);
    }
    return schema.add(
        Columns.required(
            FEATURES,
            DataTypes.createArrayType(FloatType, false),
            "Numbers that the network's heads take, in their order"));
  }

  @Override
  public Row toRow(Feature f) {
    List<Object> values =
        new ArrayList<>(
            Arrays.asList(
                f.run(),
                f.model(),
                f.dataset(),
                f.split(),
                f.labels().imageId(),
                f.patientId(),
                f.seriesId(),
                f.copies()));
    Subtype.ALL.forEach(subtype -> values.add(f.labels().has(subtype) ? 1 : 0));
    values.add(Predef.wrapFloatArray(f.features()));
    return RowFactory.create(values.toArray());
  }

  @Override
  public Feature fromRow(Row row) {
    List<Float> numbers = Columns.list(row, FEATURES);
    float[] features = new float[numbers.size()];
    for (int i = 0; i < features.length; i++) {
      features[i] = numbers.get(i);
    }
    return new Feature(
        Columns.text(row, "run"),
        Columns.text(row, "model"),
        Columns.text(row, "dataset"),
        Columns.text(row, "split"),
        Columns.text(row, "patient_id"),
        Columns.text(row, "series_id"),
        Columns.integer(row, "copies"),
        new ImageLabels(Columns.text(row, "image_id"), Columns.labelBits(row)),
        features);
  }
}
