package org.headct.ich.jobs.audit;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.concat_ws;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.first;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.row_number;
import static org.apache.spark.sql.functions.slice;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.transform;
import static org.apache.spark.sql.functions.when;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.expressions.WindowSpec;
import org.headct.ich.domain.ct.SliceReason;
import org.headct.ich.domain.label.Subtype;
import org.headct.ich.jobs.run.Withdrawals;
import org.headct.ich.jobs.table.ImageLabelling;
import org.headct.ich.jobs.table.SliceFindingsTable;

/**
 * Findings that need all objects: equal ids, equal pixels, images without labels, labels without
 * images. Only ids and names are shuffled, never slices, because a dump has 750,000 of them.
 */
public final class Reconciliation {
  public static final String JOB = "audit-dicom";

  /** Reasons that need all objects. Each run determines them again. */
  public static final List<String> REASONS =
      Stream.of(
              SliceReason.DUPLICATE_ID,
              SliceReason.DUPLICATE_PIXELS,
              SliceReason.UNANNOTATED,
              SliceReason.ORPHAN_LABEL)
          .map(SliceReason::name)
          .toList();

  private static final String RANK = "rank";
  private static final String FIRST = "first";

  /** Columns of the labels that {@link #labels} compares. */
  static final String OWN = "own_labels";

  static final String FIRSTS = "first_labels";

  private static final String WITHDRAWN = "withdrawn";

  /** An empty array with the type of the slices column. */
  private static final Column NO_SLICES = slice(col(AuditedRows.SLICES), 1, 0);

  private Reconciliation() {}

  /** Rejects each object whose image or patient is withdrawn. An earlier finding is replaced. */
  public static Dataset<Row> withdrawn(Dataset<Row> audited, Withdrawals withdrawals) {
    if (withdrawals.ids().isEmpty()) {
      return audited;
    }
    Dataset<Row> slices =
        audited
            .select(
                col(AuditedRows.OBJECT),
                col(AuditedRows.OFFSET),
                explode(col(AuditedRows.SLICES)).as("one"))
            .select(AuditedRows.OBJECT, AuditedRows.OFFSET, "one.image_id", "one.patient_id");
    Dataset<Row> found =
        withdrawals
            .of(slices, "image_id", "patient_id")
            .select(AuditedRows.OBJECT, AuditedRows.OFFSET)
            .distinct()
            .withColumn(WITHDRAWN, lit(true));
    Column isWithdrawn = col(WITHDRAWN).isNotNull();
    Column findings =
        transform(
            col(AuditedRows.SLICES),
            slice ->
                struct(
                    lit(JOB).as("job"),
                    col(AuditedRows.OBJECT).as("object"),
                    lit(SliceReason.WITHDRAWN.name()).as("reason"),
                    lit(true).as("rejected"),
                    slice.getField("image_id").as("image_id"),
                    lit("").as("detail")));
    return audited
        .join(broadcast(found), new String[] {AuditedRows.OBJECT, AuditedRows.OFFSET}, "left")
        .select(
            col(AuditedRows.OBJECT),
            col(AuditedRows.OFFSET),
            col(AuditedRows.IMAGE),
            when(isWithdrawn, SliceReason.WITHDRAWN.name())
                .otherwise(col(AuditedRows.REASON))
                .as(AuditedRows.REASON),
            col(AuditedRows.BYTES),
            col(AuditedRows.IDENTIFIED).and(isWithdrawn.unary_$bang()).as(AuditedRows.IDENTIFIED),
            when(isWithdrawn, NO_SLICES).otherwise(col(AuditedRows.SLICES)).as(AuditedRows.SLICES),
            when(isWithdrawn, findings)
                .otherwise(col(AuditedRows.FINDINGS))
                .as(AuditedRows.FINDINGS));
  }

  /**
   * Keeps the first object, by name, of those that share an image id. The others are rejected.
   *
   * @param labelling the labels, if there are any, to compare the objects by
   */
  public static Dataset<Row> unique(Dataset<Row> audited, Optional<ImageLabelling> labelling) {
    Dataset<Row> accepted = audited.filter(AuditedRows.accepted());
    Dataset<Row> ids = repeated(accepted, AuditedRows.IMAGE);
    List<Row> shared = ids.collectAsList();
    if (shared.isEmpty()) {
      return audited.drop(AuditedRows.OFFSET);
    }
    // The duplicates are few. They are collected once and broadcast, so that the objects aren't
    // shuffled.
    Dataset<Row> few = audited.sparkSession().createDataFrame(shared, ids.schema());
    Dataset<Row> found =
        SharedIds.later(
            accepted.join(broadcast(few), new String[] {AuditedRows.IMAGE}, "left_semi"),
            labelling);
    Dataset<Row> later =
        audited.sparkSession().createDataFrame(found.collectAsList(), found.schema());
    Column isLater = col(SharedIds.DETAIL).isNotNull();
    Column[] finding =
        finding(AuditedRows.OBJECT, SliceReason.DUPLICATE_ID, true, col(SharedIds.DETAIL));
    Column ofLater = array(struct(finding));
    return audited
        .join(broadcast(later), new String[] {AuditedRows.OBJECT, AuditedRows.OFFSET}, "left")
        .select(
            col(AuditedRows.OBJECT),
            col(AuditedRows.IMAGE),
            when(isLater, SliceReason.DUPLICATE_ID.name())
                .otherwise(col(AuditedRows.REASON))
                .as(AuditedRows.REASON),
            col(AuditedRows.BYTES),
            col(AuditedRows.IDENTIFIED).and(isLater.unary_$bang()).as(AuditedRows.IDENTIFIED),
            when(isLater, NO_SLICES).otherwise(col(AuditedRows.SLICES)).as(AuditedRows.SLICES),
            when(isLater, ofLater).otherwise(col(AuditedRows.FINDINGS)).as(AuditedRows.FINDINGS));
  }

  /**
   * Finds slices with the pixels of another slice. The slice with the smallest image id is the
   * original. Slices whose pixels were not read are ignored.
   *
   * @param labels rows of {@code ich.labels} to compare the two slices by
   */
  public static Dataset<Row> duplicatePixels(Dataset<Row> named, Optional<Dataset<Row>> labels) {
    Dataset<Row> read = named.filter(col("pixel_hash").isNotNull());
    Dataset<Row> later = later(read, "pixel_hash", "image_id");
    Column detail = concat(lit("same pixels as "), col(FIRST));
    if (labels.isPresent()) {
      later =
          later
              .join(six(labels.get(), "image_id", OWN), new String[] {"image_id"}, "left")
              .join(six(labels.get(), FIRST, FIRSTS), new String[] {FIRST}, "left");
      detail = concat(detail, lit("; "), labels());
    }
    return later.select(finding("object", SliceReason.DUPLICATE_PIXELS, false, detail));
  }

  /**
   * Puts the six labels into one struct column, with the image id in a column called {@code id}.
   */
  private static Dataset<Row> six(Dataset<Row> labels, String id, String name) {
    Column[] six = Subtype.ALL.stream().map(s -> col(s.column())).toArray(Column[]::new);
    return labels.select(col("image_id").as(id), struct(six).as(name));
  }

  /** Compares the labels in the columns {@link #OWN} and {@link #FIRSTS}. */
  static Column labels() {
    Column[] differing =
        Subtype.ALL.stream()
            .map(Subtype::column)
            .map(s -> when(col(OWN + "." + s).notEqual(col(FIRSTS + "." + s)), lit(s)))
            .toArray(Column[]::new);
    Column differ = concat_ws(", ", differing);
    return when(col(OWN).isNull().and(col(FIRSTS).isNull()), lit("neither has labels"))
        .when(col(OWN).isNull().or(col(FIRSTS).isNull()), lit("only one of them has labels"))
        .when(differ.equalTo(""), lit("same labels"))
        .otherwise(concat(lit("labels differ in "), differ));
  }

  /**
   * Finds images without labels and labels without images.
   *
   * @param objects the objects after {@link #unique}
   * @param named their slices by {@link #named}
   * @param labelled one column, the ids of the images with labels
   */
  public static Dataset<Row> unmatched(
      Dataset<Row> objects, Dataset<Row> named, Dataset<Row> labelled) {
    Dataset<Row> unannotated =
        named
            .join(labelled, new String[] {"image_id"}, "left_anti")
            .select(finding("object", SliceReason.UNANNOTATED, false, lit("no labels")));
    // A rejected object counts as an image of its labels, if its image id is known.
    Dataset<Row> rejected =
        objects.filter(AuditedRows.accepted().unary_$bang()).select(AuditedRows.IMAGE);
    Dataset<Row> orphans =
        labelled
            .join(named.select("image_id").union(rejected), new String[] {"image_id"}, "left_anti")
            .select(finding("image_id", SliceReason.ORPHAN_LABEL, false, lit("no file")));
    return unannotated.union(orphans);
  }

  /**
   * Finds scans that have labels and no slice.
   *
   * @param scans one column, scan_id
   */
  public static Dataset<Row> orphanScans(Dataset<Row> scans) {
    return scans
        .withColumn("image_id", lit(""))
        .select(finding("scan_id", SliceReason.ORPHAN_LABEL, false, lit("no slice")));
  }

  /**
   * Selects the columns that the comparisons need: image id, pixel hash and the object's name in
   * findings.
   */
  public static Dataset<Row> named(Dataset<Row> slices) {
    return slices.select(col("image_id"), col("pixel_hash"), object().as("object"));
  }

  /** Returns the name that findings give to a slice's object. */
  public static Column object() {
    Column member = col("member");
    return when(member.equalTo(""), col("uri")).otherwise(concat(col("uri"), lit("!"), member));
  }

  /**
   * Returns the rows after the first of each key, with the first one in column {@link #FIRST}.
   * Nearly all keys occur once. Only rows with a repeated key are sorted.
   */
  private static Dataset<Row> later(Dataset<Row> rows, String key, String... order) {
    Column[] by = Arrays.stream(order).map(c -> col(c)).toArray(Column[]::new);
    WindowSpec ofKey = Window.partitionBy(col(key)).orderBy(by);
    return rows.join(broadcast(repeated(rows, key)), new String[] {key}, "left_semi")
        .withColumn(RANK, row_number().over(ofKey))
        .withColumn(FIRST, first(order[0]).over(ofKey))
        .filter(col(RANK).gt(1));
  }

  /** Returns the values that occur more than once. */
  private static Dataset<Row> repeated(Dataset<Row> rows, String key) {
    return rows.groupBy(key).count().filter("count > 1").select(key);
  }

  /** Returns the columns of a {@link SliceFindingsTable} row. */
  private static Column[] finding(
      String object, SliceReason reason, boolean rejected, Column detail) {
    return new Column[] {
      lit(JOB).as("job"),
      col(object).as("object"),
      lit(reason.name()).as("reason"),
      lit(rejected).as("rejected"),
      col("image_id"),
      // The table's columns are not nullable. Spark assumes nulls after a window or a join.
      coalesce(detail, lit("")).as("detail")
    };
  }
}
