package org.headct.ich.jobs.table;

import static org.apache.spark.sql.types.DataTypes.BooleanType;
import static org.apache.spark.sql.types.DataTypes.DoubleType;
import static org.apache.spark.sql.types.DataTypes.IntegerType;
import static org.apache.spark.sql.types.DataTypes.LongType;
import static org.apache.spark.sql.types.DataTypes.StringType;
import static org.apache.spark.sql.types.DataTypes.createArrayType;

import java.io.Serializable;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.StructType;
import org.headct.ich.domain.series.Contrast;
import org.headct.ich.domain.series.ImageKind;
import org.headct.ich.domain.series.Kernel;
import org.jspecify.annotations.Nullable;

/** {@code ich.slices}: one row for each readable CT image. Key: image_id. */
public final class SlicesTable implements TableDefinition<SlicesTable.Slice> {
  private static final long serialVersionUID = 1L;

  private static final DataType DOUBLES = createArrayType(DoubleType, false);
  private static final DataType TEXTS = createArrayType(StringType, false);

  private static final String OR_EARLIER = ", or null in rows of earlier releases";

  private static final String IF_READ = "; null unless audit.depth = pixels";

  /**
   * The place and size of the object.
   *
   * @param version a number that changes with the bytes, as in {@code SourceObject}; null in rows
   *     of releases that did not keep it
   */
  public record Location(
      String uri,
      String member,
      long offset,
      long storedBytes,
      long sizeBytes,
      boolean deflated,
      @Nullable Long version)
      implements Serializable {}

  /** Pseudonymous ids. */
  public record Identity(
      String patientId, String studyId, String seriesId, @Nullable Integer instanceNumber)
      implements Serializable {}

  /** The slice's place in space; lists are empty if the header lacks the values (PS3.3 C.7.6.2). */
  public record Geometry(
      List<Double> imagePositionMm,
      List<Double> imageOrientation,
      List<Double> pixelSpacingMm,
      @Nullable Double sliceThicknessMm)
      implements Serializable {}

  /** The storage of the pixels (PS3.3 C.7.6.3) and their conversion to HU (C.8.2.1). */
  public record PixelDescription(
      String transferSyntax,
      String photometricInterpretation,
      int rows,
      int columns,
      int bitsStored,
      boolean signed,
      @Nullable Double rescaleSlope,
      @Nullable Double rescaleIntercept,
      @Nullable Integer pixelPadding,
      List<Double> windowCentersHu,
      List<Double> windowWidthsHu)
      implements Serializable {}

  /**
   * The content of the object. All fields except the repairs are null if its pixels were not read.
   */
  public record Content(
      @Nullable String contentHash,
      @Nullable String pixelHash,
      @Nullable Double minHu,
      @Nullable Double maxHu,
      @Nullable Double brainShare,
      List<String> repairs)
      implements Serializable {
    /** Creates the content of an object of which only the header was read. */
    public static Content unread(List<String> repairs) {
      return new Content(null, null, null, null, null, repairs);
    }
  }

  /**
   * Closed terms on what the image is and how it was made. All are null in rows of releases that
   * did not read them.
   *
   * @param sliceLocationMm (0020,1041); null also if the header lacks it
   */
  public record Description(
      @Nullable ImageKind kind,
      @Nullable Kernel kernel,
      @Nullable Contrast contrast,
      @Nullable Double sliceLocationMm)
      implements Serializable {
    /** The description in a row of an earlier release. */
    public static final Description NONE = new Description(null, null, null, null);
  }

  /** One row. */
  public record Slice(
      String imageId,
      int frame,
      Location location,
      Identity identity,
      Geometry geometry,
      PixelDescription pixels,
      Description description,
      String scanner,
      String implementation,
      Content content)
      implements Serializable {}

  @Override
  public String name() {
    return "slices";
  }

  @Override
  public String comment() {
    return "A readable image object: where it is, its ids, geometry, pixels, hashes. Key: image_id.";
  }

  @Override
  public String filledBy() {
    return "audit-dicom";
  }

  @Override
  public List<String> orderedBy() {
    return List.of("series_id", "image_id");
  }

  @Override
  public StructType schema() {
    return Columns.schema(
        Columns.required("image_id", StringType, "Image id, as in the label file: ID_<hex>"),
        Columns.required("frame", IntegerType, "Frame of a multi-frame object, from 0"),
        Columns.required("uri", StringType, "File or archive that holds the object"),
        Columns.required("member", StringType, "Member of the archive, or empty"),
        Columns.required("byte_offset", LongType, "Offset of the member's local header, or 0"),
        Columns.required("stored_bytes", LongType, "Bytes as stored, compressed in an archive"),
        Columns.required("size_bytes", LongType, "Bytes of the object"),
        Columns.required("deflated", BooleanType, "Whether the archive stores it deflated"),
        Columns.optional(
            "object_version",
            LongType,
            "Modification time of a file (ms since 1970), or CRC-32 of an archive member"),
        Columns.required("patient_id", StringType, "Pseudonym of the patient"),
        Columns.required("study_id", StringType, "Pseudonym of the study"),
        Columns.required("series_id", StringType, "Pseudonym of the series"),
        Columns.optional("instance_number", IntegerType, "(0020,0013)"),
        Columns.required("image_position_mm", DOUBLES, "(0020,0032) x, y, z in mm, or empty"),
        Columns.required("image_orientation", DOUBLES, "(0020,0037) row, column cosines, or empty"),
        Columns.required("pixel_spacing_mm", DOUBLES, "(0028,0030) row, column in mm, or empty"),
        Columns.optional("slice_thickness_mm", DoubleType, "(0018,0050) in mm"),
        Columns.required("transfer_syntax", StringType, "Transfer syntax UID"),
        Columns.required("photometric_interpretation", StringType, "(0028,0004)"),
        Columns.required("pixel_rows", IntegerType, "(0028,0010)"),
        Columns.required("pixel_columns", IntegerType, "(0028,0011)"),
        Columns.required("bits_stored", IntegerType, "(0028,0101)"),
        Columns.required("signed", BooleanType, "(0028,0103) = 1"),
        Columns.optional("rescale_slope", DoubleType, "(0028,1053)"),
        Columns.optional("rescale_intercept", DoubleType, "(0028,1052) in HU"),
        Columns.optional("pixel_padding", IntegerType, "(0028,0120), before rescale"),
        Columns.required("window_centers_hu", DOUBLES, "(0028,1050), kept and never used"),
        Columns.required("window_widths_hu", DOUBLES, "(0028,1051), kept and never used"),
        Columns.optional(
            "image_kind",
            StringType,
            "axial, reformat, localizer, projection, map or capture" + OR_EARLIER),
        Columns.optional("kernel", StringType, "soft, sharp or unknown" + OR_EARLIER),
        Columns.optional(
            "contrast", StringType, "Contrast agent: with, without or unknown" + OR_EARLIER),
        Columns.optional("slice_location_mm", DoubleType, "(0020,1041) in mm"),
        Columns.required("scanner", StringType, "Manufacturer and model, or empty"),
        Columns.required("implementation", StringType, "(0002,0013): program that wrote the file"),
        Columns.optional("content_hash", StringType, "SHA-256 of the object's bytes" + IF_READ),
        Columns.optional("pixel_hash", StringType, "SHA-256 of the stored values" + IF_READ),
        Columns.optional("min_hu", DoubleType, "Least value after rescale, in HU" + IF_READ),
        Columns.optional("max_hu", DoubleType, "Greatest value after rescale, in HU" + IF_READ),
        Columns.optional("brain_share", DoubleType, "Share of pixels from 0 to 80 HU" + IF_READ),
        Columns.required("repairs", TEXTS, "Named repairs that reading applies: RSNA_WRAP, ..."));
  }

  @Override
  public Row toRow(Slice s) {
    Location l = s.location();
    Identity i = s.identity();
    Geometry g = s.geometry();
    PixelDescription p = s.pixels();
    Description d = s.description();
    Content c = s.content();
    return RowFactory.create(
        s.imageId(),
        s.frame(),
        l.uri(),
        l.member(),
        l.offset(),
        l.storedBytes(),
        l.sizeBytes(),
        l.deflated(),
        l.version(),
        i.patientId(),
        i.studyId(),
        i.seriesId(),
        i.instanceNumber(),
        array(g.imagePositionMm()),
        array(g.imageOrientation()),
        array(g.pixelSpacingMm()),
        g.sliceThicknessMm(),
        p.transferSyntax(),
        p.photometricInterpretation(),
        p.rows(),
        p.columns(),
        p.bitsStored(),
        p.signed(),
        p.rescaleSlope(),
        p.rescaleIntercept(),
        p.pixelPadding(),
        array(p.windowCentersHu()),
        array(p.windowWidthsHu()),
        Columns.term(d.kind()),
        Columns.term(d.kernel()),
        Columns.term(d.contrast()),
        d.sliceLocationMm(),
        s.scanner(),
        s.implementation(),
        c.contentHash(),
        c.pixelHash(),
        c.minHu(),
        c.maxHu(),
        c.brainShare(),
        array(c.repairs()));
  }

  private static Object array(List<?> values) {
    return values.toArray();
  }

  @Override
  public Slice fromRow(Row row) {
    return new Slice(
        Columns.text(row, "image_id"),
        Columns.integer(row, "frame"),
        new Location(
            Columns.text(row, "uri"),
            Columns.text(row, "member"),
            Columns.bigint(row, "byte_offset"),
            Columns.bigint(row, "stored_bytes"),
            Columns.bigint(row, "size_bytes"),
            Columns.flag(row, "deflated"),
            Columns.orNull(row, "object_version")),
        new Identity(
            Columns.text(row, "patient_id"),
            Columns.text(row, "study_id"),
            Columns.text(row, "series_id"),
            Columns.orNull(row, "instance_number")),
        new Geometry(
            Columns.list(row, "image_position_mm"),
            Columns.list(row, "image_orientation"),
            Columns.list(row, "pixel_spacing_mm"),
            Columns.orNull(row, "slice_thickness_mm")),
        new PixelDescription(
            Columns.text(row, "transfer_syntax"),
            Columns.text(row, "photometric_interpretation"),
            Columns.integer(row, "pixel_rows"),
            Columns.integer(row, "pixel_columns"),
            Columns.integer(row, "bits_stored"),
            Columns.flag(row, "signed"),
            Columns.orNull(row, "rescale_slope"),
            Columns.orNull(row, "rescale_intercept"),
            Columns.orNull(row, "pixel_padding"),
            Columns.list(row, "window_centers_hu"),
            Columns.list(row, "window_widths_hu")),
        new Description(
            Columns.termOrNull(row, "image_kind", ImageKind.class),
            Columns.termOrNull(row, "kernel", Kernel.class),
            Columns.termOrNull(row, "contrast", Contrast.class),
            Columns.orNull(row, "slice_location_mm")),
        Columns.text(row, "scanner"),
        Columns.text(row, "implementation"),
        new Content(
            Columns.orNull(row, "content_hash"),
            Columns.orNull(row, "pixel_hash"),
            Columns.orNull(row, "min_hu"),
            Columns.orNull(row, "max_hu"),
            Columns.orNull(row, "brain_share"),
            Columns.list(row, "repairs")));
  }
}
