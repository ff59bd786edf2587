package org.headct.ich.jobs.table;

import static org.apache.spark.sql.types.DataTypes.BinaryType;
import static org.apache.spark.sql.types.DataTypes.IntegerType;
import static org.apache.spark.sql.types.DataTypes.StringType;

import java.io.Serializable;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.StructType;
import org.headct.ich.domain.ct.Standardisation;
import org.headct.ich.domain.label.ImageLabels;
import org.headct.ich.domain.label.Subtype;
import org.jspecify.annotations.Nullable;

/**
 * {@code ich.tensors}: windowed images. Key: (dataset, image_id). An over-sampled image is one row
 * with the number of times that an epoch sees it; its bytes are not copied. Weights are only in
 * {@code ich.selections}, because they change with every new image and pixels do not.
 */
public final class TensorsTable implements TableDefinition<TensorsTable.Tensor> {
  private static final long serialVersionUID = 1L;

  /** The column of the pixels. A batch loader reads it from the Parquet files itself. */
  public static final String PIXELS = "pixels";

  /**
   * The image's place in its dataset.
   *
   * @param position position in the ordered series, from 0
   * @param split train, validation or test
   * @param copies how often an epoch of training sees it; 1 outside training
   */
  public record Place(
      String dataset,
      String imageId,
      String patientId,
      String seriesId,
      int position,
      String split,
      int copies)
      implements Serializable {}

  /**
   * The format of the bytes.
   *
   * @param windows {@code name:centre/width} of each channel in HU, separated by commas;
   *     {@code @-1} and {@code @+1} mark the neighbouring slices
   * @param valueType type of a number: uint8, or float32 little endian
   * @param standardised {@code mean/deviation} that were removed from each channel, or null
   * @param recipe every setting that the stored bytes and their layout depend on, and the repairs
   *     of {@link org.headct.ich.domain.ct.Repair#NAMED_IN_RECIPES} that the slices needed
   */
  public record Form(
      int channels,
      int height,
      int width,
      String windows,
      String valueType,
      @Nullable String standardised,
      String recipe)
      implements Serializable {

    /**
     * Converts pixels of this form to grey levels of their windows, uint8, for display.
     *
     * @param pixels channels × height × width, row-major
     */
    public byte[] grey(byte[] pixels) {
      if (valueType.equals("uint8")) {
        return pixels;
      }
      FloatBuffer values = ByteBuffer.wrap(pixels).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer();
      byte[] grey = new byte[values.remaining()];
      List<Standardisation.Channel> taken =
          standardised == null ? List.of() : Standardisation.parse(standardised).channels();
      for (int i = 0; i < grey.length; i++) {
        double value = values.get(i);
        if (!taken.isEmpty()) {
          var channel = taken.get(i / (grey.length / taken.size()));
          value = value * channel.deviation() + channel.mean();
        }
        grey[i] = (byte) Math.round(Math.max(0, Math.min(1, value)) * 255);
      }
      return grey;
    }
  }

  /**
   * The objects that the bytes came from, one for each slice in the tensor, separated by commas.
   *
   * @param source size and version of the objects; null if a version is not known
   * @param contentHash SHA-256 of the objects; null if the audit did not read them
   */
  public record Origin(@Nullable String source, @Nullable String contentHash)
      implements Serializable {}

  /**
   * One row.
   *
   * @param labels the six labels
   * @param pixels channels × height × width, row-major
   */
  public record Tensor(Place place, ImageLabels labels, Form form, Origin origin, byte[] pixels)
      implements Serializable {

    /** Converts the pixels to grey levels of their windows, uint8, for display. */
    public byte[] grey() {
      return form.grey(pixels);
    }
  }

  @Override
  public String name() {
    return "tensors";
  }

  @Override
  public String comment() {
    return "A windowed image: C×H×W with labels and split. Key: (dataset, image_id).";
  }

  @Override
  public String filledBy() {
    return "build-tensors";
  }

  @Override
  public List<String> partitionedBy() {
    return List.of("dataset", "split");
  }

  /**
   * Turns off dictionary and statistics for pixels: pixels neither repeat nor sort, so both would
   * only cost. This dictionary size is too small for pixels and still serves the other columns.
   */
  @Override
  public Map<String, String> properties() {
    Map<String, String> properties = new TreeMap<>(rowGroups(64));
    properties.put("write.parquet.compression-codec", "zstd");
    properties.put("write.parquet.compression-level", "1");
    properties.put("write.parquet.dict-size-bytes", "16384");
    properties.put("write.parquet.stats-enabled.column.pixels", "false");
    properties.put("write.metadata.metrics.column.pixels", "none");
    properties.put("write.distribution-mode", "none");
    properties.put("read.parquet.vectorization.batch-size", "64");
    return properties;
  }

  /**
   * Returns the properties for row groups of this many rows. The writer checks the size, after
   * compression, every so many rows. A target of one byte ends the row group at the first check,
   * however well the pixels compress.
   */
  public static Map<String, String> rowGroups(int rows) {
    String count = Integer.toString(rows);
    return Map.of(
        "write.parquet.row-group-size-bytes", "1",
        "write.parquet.row-group-check-min-record-count", count,
        "write.parquet.row-group-check-max-record-count", count);
  }

  /**
   * Returns false: files and row groups have the layout that training reads, and models name
   * snapshots.
   */
  @Override
  public boolean compactable() {
    return false;
  }

  @Override
  public StructType schema() {
    StructType schema =
        Columns.schema(
            Columns.required("dataset", StringType, "Name, as datasets.<name> defines it"),
            Columns.required("image_id", StringType, "Image, as in ich.selections"),
            Columns.required("patient_id", StringType, "Pseudonym of the patient"),
            Columns.required("series_id", StringType, "Pseudonym of the series"),
            Columns.required("position", IntegerType, "Position in the ordered series, from 0"),
            Columns.required("split", StringType, "train, validation or test"),
            Columns.required(
                "copies", IntegerType, "How often an epoch sees it; 1 outside training"));
    for (var label : Columns.labels()) {
      schema = schema.add(label);
    }
    return schema
        .add(Columns.required("channels", IntegerType, "C: one for each window and slice"))
        .add(Columns.required("height", IntegerType, "H in pixels"))
        .add(Columns.required("width", IntegerType, "W in pixels"))
        .add(
            Columns.required(
                "windows",
                StringType,
                "name:centre/width in HU, in channel order; @-1, @+1: neighbouring slices"))
        .add(Columns.required("value_type", StringType, "uint8, or float32 little endian"))
        .add(
            Columns.optional(
                "standardised", StringType, "mean/deviation that were removed from each channel"))
        .add(Columns.required("recipe", StringType, "Every setting that the bytes depend on"))
        .add(Columns.optional("source", StringType, "Size@version of the objects it came from"))
        .add(
            Columns.optional(
                "content_hash", StringType, "SHA-256 of these objects, if the audit read them"))
        .add(Columns.required(PIXELS, BinaryType, "C×H×W, row-major"));
  }

  @Override
  public Row toRow(Tensor t) {
    Place p = t.place();
    ImageLabels l = t.labels();
    Form f = t.form();
    return RowFactory.create(
        p.dataset(),
        p.imageId(),
        p.patientId(),
        p.seriesId(),
        p.position(),
        p.split(),
        p.copies(),
        l.value(Subtype.EPIDURAL),
        l.value(Subtype.INTRAPARENCHYMAL),
        l.value(Subtype.INTRAVENTRICULAR),
        l.value(Subtype.SUBARACHNOID),
        l.value(Subtype.SUBDURAL),
        l.value(Subtype.ANY),
        f.channels(),
        f.height(),
        f.width(),
        f.windows(),
        f.valueType(),
        f.standardised(),
        f.recipe(),
        t.origin().source(),
        t.origin().contentHash(),
        t.pixels());
  }

  @Override
  public Tensor fromRow(Row row) {
    return new Tensor(place(row), labels(row), form(row), origin(row), row.getAs(PIXELS));
  }

  /** Reads a place from a row that has its columns. */
  public static Place place(Row row) {
    return new Place(
        Columns.text(row, "dataset"),
        Columns.text(row, "image_id"),
        Columns.text(row, "patient_id"),
        Columns.text(row, "series_id"),
        Columns.integer(row, "position"),
        Columns.text(row, "split"),
        Columns.integer(row, "copies"));
  }

  /** Reads the labels from a row that has the image's id and the six labels. */
  public static ImageLabels labels(Row row) {
    return new ImageLabels(Columns.text(row, "image_id"), Columns.labelBits(row));
  }

  /** Reads a form from a row that has its columns. */
  public static Form form(Row row) {
    return new Form(
        Columns.integer(row, "channels"),
        Columns.integer(row, "height"),
        Columns.integer(row, "width"),
        Columns.text(row, "windows"),
        Columns.text(row, "value_type"),
        Columns.orNull(row, "standardised"),
        Columns.text(row, "recipe"));
  }

  /** Reads an origin from a row that has its columns. */
  public static Origin origin(Row row) {
    return new Origin(Columns.orNull(row, "source"), Columns.orNull(row, "content_hash"));
  }
}
