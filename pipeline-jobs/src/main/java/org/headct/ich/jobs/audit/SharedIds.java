package org.headct.ich.jobs.audit;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.concat_ws;
import static org.apache.spark.sql.functions.first;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.row_number;
import static org.apache.spark.sql.functions.size;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.when;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.expressions.WindowSpec;
import org.headct.ich.jobs.table.ImageLabelling;

/**
 * Comparison of objects that share an image id: whether a later one is a copy of the first, or
 * another image under its name.
 */
final class SharedIds {
  static final String DETAIL = "detail";

  private static final String OWN = "own";
  private static final String FIRST = "first";
  private static final String RANK = "rank";
  private static final String PIXELS = "pixel_hash";
  private static final String POSITION = "image_position_mm";
  private static final String ORIENTATION = "image_orientation";
  private static final String PATIENT = "patient_id";

  /** Names of the parts of the geometry, by their column in {@code ich.slices}. */
  private static final Map<String, String> GEOMETRY =
      new TreeMap<>(
          Map.of(
              POSITION,
              "position",
              ORIENTATION,
              "orientation",
              "pixel_spacing_mm",
              "pixel spacing",
              "slice_thickness_mm",
              "slice thickness"));

  private SharedIds() {}

  /**
   * Returns the objects after the first of each image id, by name, with a detail that compares them
   * with the first.
   *
   * @param sharing accepted objects whose image ids occur more than once
   * @param labelling the labels to compare by
   */
  static Dataset<Row> later(Dataset<Row> sharing, Optional<ImageLabelling> labelling) {
    WindowSpec ofId =
        Window.partitionBy(col(AuditedRows.IMAGE))
            .orderBy(col(AuditedRows.OBJECT), col(AuditedRows.OFFSET));
    Dataset<Row> later =
        sharing
            .withColumn(OWN, compared())
            .withColumn(RANK, row_number().over(ofId))
            .withColumn(FIRST, first(OWN).over(ofId))
            .filter(col(RANK).gt(1));
    Column detail =
        concat(
            lit("same image id as "),
            of(FIRST, AuditedRows.OBJECT),
            lit("; "),
            pixels(),
            lit("; "),
            geometry());
    if (labelling.isPresent()) {
      later = labelling.get().join(later, of(OWN, PATIENT), Reconciliation.OWN);
      later = labelling.get().join(later, of(FIRST, PATIENT), Reconciliation.FIRSTS);
      detail = concat(detail, lit("; "), Reconciliation.labels());
    }
    return later.select(col(AuditedRows.OBJECT), col(AuditedRows.OFFSET), detail.as(DETAIL));
  }

  /** Returns what is compared of an object: a list for each column, with an item for each frame. */
  private static Column compared() {
    Column slices = col(AuditedRows.SLICES);
    Column[] columns = new Column[GEOMETRY.size() + 3];
    int at = 0;
    columns[at++] = col(AuditedRows.OBJECT);
    columns[at++] = slices.getItem(0).getField(PATIENT).as(PATIENT);
    columns[at++] = slices.getField(PIXELS).as(PIXELS);
    for (String column : GEOMETRY.keySet()) {
      columns[at++] = slices.getField(column).as(column);
    }
    return struct(columns);
  }

  private static Column of(String side, String column) {
    return col(side).getField(column);
  }

  private static Column pixels() {
    Column unread = of(OWN, PIXELS).getItem(0).isNull().or(of(FIRST, PIXELS).getItem(0).isNull());
    return when(unread, lit("pixels not read"))
        .when(of(OWN, PIXELS).equalTo(of(FIRST, PIXELS)), lit("same pixels"))
        .otherwise(lit("pixels differ"));
  }

  private static Column geometry() {
    Column[] differing =
        GEOMETRY.entrySet().stream()
            .map(
                part ->
                    when(
                        of(OWN, part.getKey()).eqNullSafe(of(FIRST, part.getKey())).unary_$bang(),
                        lit(part.getValue())))
            .toArray(Column[]::new);
    Column differ = concat_ws(", ", differing);
    return when(isUnplaced(OWN).and(isUnplaced(FIRST)), lit("neither has a position"))
        .when(differ.equalTo(""), lit("same geometry"))
        .otherwise(concat(lit("geometry differs in "), differ));
  }

  private static Column isUnplaced(String side) {
    return size(of(side, POSITION).getItem(0)).equalTo(0);
  }
}
