package org.headct.ich.jobs.table;

import static org.apache.spark.sql.types.DataTypes.BooleanType;
import static org.apache.spark.sql.types.DataTypes.StringType;

import java.io.Serializable;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.StructType;

/**
 * {@code ich.score_findings}: defects and other findings in the objects of a scored dump. {@code
 * ich.slice_findings} holds those of the warehouse's own dump.
 */
public final class ScoreFindingsTable implements TableDefinition<ScoreFindingsTable.Entry> {
  private static final long serialVersionUID = 1L;

  /**
   * One entry.
   *
   * @param object URI of the object, with {@code !member} inside an archive
   * @param reason a {@code SliceReason}
   * @param rejected whether the object therefore has no score
   * @param imageId the image, or empty if the object names none
   * @param detail details of the finding, without patient data
   */
  public record Entry(
      String run,
      String dump,
      String object,
      String reason,
      boolean rejected,
      String imageId,
      String detail)
      implements Serializable {}

  @Override
  public String name() {
    return "score_findings";
  }

  @Override
  public String comment() {
    return "A defect of an object of a scored dump. Key: (run, dump, object, image_id, reason).";
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
    return List.of("object", "reason");
  }

  @Override
  public StructType schema() {
    return Columns.schema(
        Columns.required("run", StringType, "Run directory under models.path"),
        Columns.required("dump", StringType, "Name of the dump, predict.dump"),
        Columns.required("object", StringType, "URI, !member inside an archive"),
        Columns.required("reason", StringType, "NOT_DICOM, CODEC_ERROR, ...: closed list"),
        Columns.required("rejected", BooleanType, "True: the object has no score"),
        Columns.required("image_id", StringType, "Image, or empty if the object names none"),
        Columns.required("detail", StringType, "Details of the finding"));
  }

  @Override
  public Row toRow(Entry e) {
    return RowFactory.create(
        e.run(), e.dump(), e.object(), e.reason(), e.rejected(), e.imageId(), e.detail());
  }

  @Override
  public Entry fromRow(Row row) {
    return new Entry(
        Columns.text(row, "run"),
        Columns.text(row, "dump"),
        Columns.text(row, "object"),
        Columns.text(row, "reason"),
        Columns.flag(row, "rejected"),
        Columns.text(row, "image_id"),
        Columns.text(row, "detail"));
  }
}
