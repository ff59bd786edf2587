package org.headct.ich.jobs.table;

import static org.apache.spark.sql.types.DataTypes.StringType;

import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.StructType;
import org.headct.ich.domain.label.ImageLabels;
import org.headct.ich.domain.label.Subtype;

/** {@code ich.labels}: one row per image with all six labels. Key: image_id. */
public final class LabelsTable implements TableDefinition<ImageLabels> {
  private static final long serialVersionUID = 1L;

  @Override
  public String name() {
    return "labels";
  }

  @Override
  public String comment() {
    return "An image with all six labels. Key: image_id.";
  }

  @Override
  public String filledBy() {
    return "reshape-labels";
  }

  /**
   * Turns on merge-on-read, so that a correction of few rows writes few rows, not whole files. Ids
   * do not repeat, so the small limit ends their dictionary early.
   */
  @Override
  public Map<String, String> properties() {
    return Map.of("write.merge.mode", "merge-on-read", "write.parquet.dict-size-bytes", "65536");
  }

  @Override
  public List<String> orderedBy() {
    return List.of("image_id");
  }

  @Override
  public StructType schema() {
    StructType schema =
        Columns.schema(
            Columns.required(
                "image_id", StringType, "Image as the label file and the dump name it: ID_<hex>"));
    for (var label : Columns.labels()) {
      schema = schema.add(label);
    }
    return schema;
  }

  @Override
  public Row toRow(ImageLabels labels) {
    Object[] values = new Object[1 + Subtype.ALL.size()];
    values[0] = labels.imageId();
    for (Subtype subtype : Subtype.ALL) {
      values[1 + subtype.ordinal()] = labels.value(subtype);
    }
    return RowFactory.create(values);
  }

  @Override
  public ImageLabels fromRow(Row row) {
    return new ImageLabels(Columns.text(row, "image_id"), Columns.labelBits(row));
  }
}
