package org.headct.ich.jobs.table;

import static org.apache.spark.sql.types.DataTypes.BinaryType;
import static org.apache.spark.sql.types.DataTypes.FloatType;
import static org.apache.spark.sql.types.DataTypes.IntegerType;
import static org.apache.spark.sql.types.DataTypes.StringType;

import java.io.Serializable;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.StructType;
import org.headct.ich.common.label.ImageLabels;
import org.headct.ich.common.label.Subtype;

/** {@code ich.tensors}: a windowed image. Key: (dataset, image_id, copy). */
public final class TensorsTable implements TableDefinition<TensorsTable.Tensor> {
  private static final long serialVersionUID = 1L;

  /** Columns, by which a batch loader reads the Parquet files itself. */
  public static final String PIXELS = "pixels";

  /**
   * One row.
   *
   * @param selection where the image stands in its dataset
   * @param labels the six labels
   * @param windows names with centre/width in HU, in channel order
   * @param pixels uint8, channels × height × width, row-major
   */
  public record Tensor(
      SelectionsTable.Selection selection,
      ImageLabels labels,
      int channels,
      int height,
      int width,
      String windows,
      byte[] pixels)
      implements Serializable {}

  @Override
  public String name() {
    return "tensors";
  }

  @Override
  public String comment() {
    return "A windowed image: uint8 C×H×W with labels and split. Key: (dataset, image_id, copy).";
  }

  @Override
  public String filledBy() {
    return "build-tensors";
  }

  @Override
  public List<String> partitionedBy() {
    return List.of("dataset", "split");
  }

  /** Pixels neither repeat nor sort: a dictionary and statistics over them only cost. */
  @Override
  public Map<String, String> properties() {
    return Map.of(
        "write.parquet.compression-codec", "zstd",
        "write.parquet.compression-level", "1",
        "write.parquet.bloom-filter-enabled.column.pixels", "false",
        "write.metadata.metrics.column.pixels", "none",
        "write.distribution-mode", "none",
        "read.parquet.vectorization.batch-size", "64");
  }

  @Override
  public StructType schema() {
    StructType schema =
        Columns.schema(
            Columns.required("dataset", StringType, "Name, as datasets.<name> defines it"),
            Columns.required("image_id", StringType, "Image, as in ich.selections"),
            Columns.required("copy", IntegerType, "Copy of an over-sampled image, from 0"),
            Columns.required("patient_id", StringType, "Pseudonym of the patient"),
            Columns.required("series_id", StringType, "Pseudonym of the series"),
            Columns.required("position", IntegerType, "Place in the ordered series, from 0"),
            Columns.required("split", StringType, "train, validation or test"));
    for (var label : Columns.labels()) {
      schema = schema.add(label);
    }
    return schema
        .add(Columns.required("weight", FloatType, "Weight in the loss"))
        .add(Columns.required("channels", IntegerType, "C: one a window"))
        .add(Columns.required("height", IntegerType, "H in pixels"))
        .add(Columns.required("width", IntegerType, "W in pixels"))
        .add(Columns.required("windows", StringType, "name:centre/width in HU, channel order"))
        .add(Columns.required(PIXELS, BinaryType, "uint8, C×H×W, row-major"));
  }

  @Override
  public Row toRow(Tensor t) {
    SelectionsTable.Selection s = t.selection();
    ImageLabels l = t.labels();
    return RowFactory.create(
        s.dataset(),
        s.imageId(),
        0,
        s.patientId(),
        s.seriesId(),
        s.position(),
        s.split(),
        l.value(Subtype.EPIDURAL),
        l.value(Subtype.INTRAPARENCHYMAL),
        l.value(Subtype.INTRAVENTRICULAR),
        l.value(Subtype.SUBARACHNOID),
        l.value(Subtype.SUBDURAL),
        l.value(Subtype.ANY),
        (float) s.weight(),
        t.channels(),
        t.height(),
        t.width(),
        t.windows(),
        t.pixels());
  }

  @Override
  public Tensor fromRow(Row row) {
    return new Tensor(
        new SelectionsTable.Selection(
            Columns.text(row, "dataset"),
            Columns.text(row, "image_id"),
            Columns.text(row, "patient_id"),
            Columns.text(row, "series_id"),
            Columns.integer(row, "position"),
            0,
            Columns.text(row, "split"),
            row.getFloat(row.fieldIndex("weight")),
            1,
            null,
            null),
        new ImageLabels(Columns.text(row, "image_id"), Columns.labelBits(row)),
        Columns.integer(row, "channels"),
        Columns.integer(row, "height"),
        Columns.integer(row, "width"),
        Columns.text(row, "windows"),
        row.getAs(PIXELS));
  }
}
