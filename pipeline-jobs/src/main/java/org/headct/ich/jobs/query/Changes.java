package org.headct.ich.jobs.query;

import static org.apache.spark.sql.functions.abs;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sequence;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.iceberg.DataOperations;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.SnapshotRef;
import org.apache.iceberg.Table;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.headct.ich.domain.error.UserException;
import org.headct.ich.jobs.table.TableDefinition;
import org.headct.ich.jobs.table.Tables;
import org.headct.ich.jobs.table.Warehouse;

/**
 * Rows added to a table and removed from it between two of its snapshots, found by comparing both.
 * Iceberg's own changelog cannot read snapshots with row deletes, such as those of a correction of
 * {@code ich.labels}. For a table that is replaced completely it reads just as much.
 *
 * @param table name in SQL
 * @param from id of the earlier snapshot, −1 for the empty table
 * @param to id of the later snapshot
 */
public record Changes(String table, long from, long to) {
  /** The name of the view. */
  static final String VIEW = "changes";

  private static final String SIDE = "_side";

  /**
   * Parses {@code TABLE[:FROM[:TO]]}, where FROM and TO are snapshot ids or tags.
   *
   * @throws UserException if there is no such table or snapshot
   */
  public static Changes of(Warehouse warehouse, String given) {
    List<String> parts = List.of(given.split(":", -1));
    String name = parts.get(0).substring(parts.get(0).lastIndexOf('.') + 1);
    TableDefinition<?> definition =
        Tables.named(name)
            .orElseThrow(
                () ->
                    new UserException(
                        "--changes %s: no table %s: name one of %s"
                            .formatted(
                                given,
                                name,
                                Tables.ALL.stream()
                                    .map(TableDefinition::name)
                                    .collect(Collectors.joining(", ")))));
    if (parts.size() > 3) {
      throw new UserException(
          "--changes %s: give TABLE, TABLE:FROM or TABLE:FROM:TO".formatted(given));
    }
    warehouse.require(definition);
    Table table = warehouse.iceberg(definition);
    Snapshot to = parts.size() > 2 ? named(table, parts.get(2), given) : table.currentSnapshot();
    if (to == null) {
      throw new UserException(
          "--changes %s: %s has no snapshot yet: run %s"
              .formatted(given, warehouse.identifier(definition), definition.filledBy()));
    }
    long from =
        parts.size() > 1
            ? named(table, parts.get(1), given).snapshotId()
            : before(table, to, given);
    return new Changes(warehouse.identifier(definition), from, to.snapshotId());
  }

  private static Snapshot named(Table table, String name, String given) {
    SnapshotRef ref = table.refs().get(name);
    Snapshot snapshot =
        ref != null
            ? table.snapshot(ref.snapshotId())
            : name.matches("\\d{1,19}") ? table.snapshot(Long.parseLong(name)) : null;
    if (snapshot == null) {
      throw unknown(given, name);
    }
    return snapshot;
  }

  /**
   * Returns the last earlier snapshot with other rows. Compactions are skipped because they keep
   * the rows.
   */
  private static long before(Table table, Snapshot to, String given) {
    Snapshot brought = to;
    while (DataOperations.REPLACE.equals(brought.operation()) && brought.parentId() != null) {
      brought = known(table, brought.parentId(), given);
    }
    return brought.parentId() == null ? -1 : known(table, brought.parentId(), given).snapshotId();
  }

  private static Snapshot known(Table table, long id, String given) {
    Snapshot snapshot = table.snapshot(id);
    if (snapshot == null) {
      throw unknown(given, Long.toString(id));
    }
    return snapshot;
  }

  private static UserException unknown(String given, String name) {
    return new UserException(
        "--changes %s: no snapshot or tag %s, or it has expired; SELECT * FROM snapshots lists them"
            .formatted(given, name));
  }

  /**
   * Creates the view: {@code change} ({@code added} or {@code removed}) and the table's columns
   * except pixels. A changed row appears twice.
   */
  public void createView(SparkSession spark) {
    Dataset<Row> after = side(spark, to, 1);
    Dataset<Row> both = from < 0 ? after : after.unionByName(side(spark, from, -1), true);
    Column[] columns =
        Arrays.stream(both.columns())
            .filter(name -> !name.equals(SIDE))
            .map(name -> col(quoted(name)))
            .toArray(Column[]::new);
    List<Column> shown = new ArrayList<>();
    shown.add(when(col(SIDE).gt(0), lit("added")).otherwise("removed").as("change"));
    shown.addAll(List.of(columns));
    both.groupBy(columns)
        .agg(sum(SIDE).as(SIDE))
        .where(col(SIDE).notEqual(0))
        .withColumn("_times", explode(sequence(lit(1), abs(col(SIDE)))))
        .select(shown.toArray(Column[]::new))
        .createOrReplaceTempView(VIEW);
  }

  private Dataset<Row> side(SparkSession spark, long snapshot, int side) {
    Dataset<Row> rows = spark.sql("SELECT * FROM %s VERSION AS OF %d".formatted(table, snapshot));
    String[] pixels =
        Arrays.stream(rows.schema().fields())
            .filter(field -> field.dataType().equals(DataTypes.BinaryType))
            .map(field -> field.name())
            .toArray(String[]::new);
    return rows.drop(pixels).withColumn(SIDE, lit(side));
  }

  private static String quoted(String name) {
    return "`" + name + "`";
  }
}
