package org.headct.ich.jobs.table;

import static org.apache.spark.sql.types.DataTypes.LongType;
import static org.apache.spark.sql.types.DataTypes.StringType;

import java.io.Serializable;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.StructType;

/** {@code ich.label_findings}: the label rows that did not become labels, with reasons. */
public final class LabelFindingsTable implements TableDefinition<LabelFindingsTable.Entry> {
  private static final long serialVersionUID = 1L;

  /**
   * One entry.
   *
   * @param findingId hash of reason, file, line and value
   * @param reason a {@code LabelReason}
   * @param imageId the image or scan, or empty if the row names none
   * @param file the label file
   * @param line line in that file; the header is line 1
   * @param rows number of input rows that this entry accounts for
   * @param value the value found there
   */
  public record Entry(
      String findingId,
      String reason,
      String imageId,
      String file,
      long line,
      long rows,
      String value)
      implements Serializable {}

  @Override
  public String name() {
    return "label_findings";
  }

  @Override
  public String comment() {
    return "Something wrong or noteworthy in the label input. Key: finding_id.";
  }

  @Override
  public String filledBy() {
    return "reshape-labels";
  }

  @Override
  public StructType schema() {
    return Columns.schema(
        Columns.required("finding_id", StringType, "Hash of reason, file, line and value"),
        Columns.required("reason", StringType, "MALFORMED_ROW, DUPLICATE_ROW, ...: closed list"),
        Columns.required("image_id", StringType, "Image or scan, or empty if the row names none"),
        Columns.required("file", StringType, "Label file"),
        Columns.required("line", LongType, "Line in the file; the header is line 1"),
        Columns.required("rows", LongType, "Input rows that this entry accounts for"),
        Columns.required("value", StringType, "Value found there"));
  }

  @Override
  public Row toRow(Entry e) {
    return RowFactory.create(
        e.findingId(), e.reason(), e.imageId(), e.file(), e.line(), e.rows(), e.value());
  }

  @Override
  public Entry fromRow(Row row) {
    return new Entry(
        Columns.text(row, "finding_id"),
        Columns.text(row, "reason"),
        Columns.text(row, "image_id"),
        Columns.text(row, "file"),
        Columns.bigint(row, "line"),
        Columns.bigint(row, "rows"),
        Columns.text(row, "value"));
  }
}
