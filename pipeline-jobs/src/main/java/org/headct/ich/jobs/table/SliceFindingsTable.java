package org.headct.ich.jobs.table;

import static org.apache.spark.sql.types.DataTypes.BooleanType;
import static org.apache.spark.sql.types.DataTypes.StringType;

import java.io.Serializable;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.StructType;

/** {@code ich.slice_findings}: defects and other findings in DICOM objects and series. */
public final class SliceFindingsTable implements TableDefinition<SliceFindingsTable.Entry> {
  private static final long serialVersionUID = 1L;

  /**
   * One entry.
   *
   * @param job the command that found it; each command replaces only its own entries
   * @param object URI of the object, with {@code !member} inside an archive; for a label without
   *     file its image id; for a series its id
   * @param reason a {@code SliceReason}
   * @param rejected whether the object is therefore left out: of {@code ich.slices} by {@code
   *     audit-dicom}, of {@code ich.tensors} by {@code build-tensors}, which reads the pixels
   * @param imageId the image, or empty if the object names none
   * @param detail details of the finding, without patient data
   */
  public record Entry(
      String job, String object, String reason, boolean rejected, String imageId, String detail)
      implements Serializable {}

  @Override
  public String name() {
    return "slice_findings";
  }

  @Override
  public String comment() {
    return "A defect of an object, or a label without a file, or a file without a label. Key: (job, object, image_id, reason).";
  }

  @Override
  public String filledBy() {
    return "audit-dicom";
  }

  @Override
  public List<String> partitionedBy() {
    return List.of("job");
  }

  @Override
  public List<String> orderedBy() {
    return List.of("object", "reason");
  }

  @Override
  public StructType schema() {
    return Columns.schema(
        Columns.required("job", StringType, "Command that found it"),
        Columns.required("object", StringType, "URI, !member inside an archive; or the image id"),
        Columns.required("reason", StringType, "NOT_DICOM, SHORT_PIXEL_DATA, ...: closed list"),
        Columns.required(
            "rejected",
            BooleanType,
            "True: left out of ich.slices (audit-dicom) or of ich.tensors (build-tensors)"),
        Columns.required("image_id", StringType, "Image, or empty if the object names none"),
        Columns.required("detail", StringType, "Details of the finding"));
  }

  @Override
  public Row toRow(Entry e) {
    return RowFactory.create(
        e.job(), e.object(), e.reason(), e.rejected(), e.imageId(), e.detail());
  }

  @Override
  public Entry fromRow(Row row) {
    return new Entry(
        Columns.text(row, "job"),
        Columns.text(row, "object"),
        Columns.text(row, "reason"),
        Columns.flag(row, "rejected"),
        Columns.text(row, "image_id"),
        Columns.text(row, "detail"));
  }
}
