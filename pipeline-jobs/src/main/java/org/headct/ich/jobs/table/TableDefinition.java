package org.headct.ich.jobs.table;

import java.io.Serializable;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;

/**
 * The owner of one table: its name, its columns, and the mapping between a row and a record. No
 * other code reads or writes columns by name.
 *
 * @param <T> the record that one row becomes
 */
public interface TableDefinition<T> extends Serializable {
  /** The name without catalog and namespace: a plural noun. */
  String name();

  /** The meaning of one row, and the key. */
  String comment();

  /** The columns with type, nullability and comment, in their order. */
  StructType schema();

  /** The command that fills the table. Messages name it if the table is missing. */
  String filledBy();

  /** The columns of the identity partitioning; may be empty. */
  default List<String> partitionedBy() {
    return List.of();
  }

  /** The columns that sort the rows of a snapshot; may be empty. */
  default List<String> orderedBy() {
    return List.of();
  }

  /**
   * Returns whether the rows may be rewritten into other files. False if models name snapshots of
   * the table, because those snapshots must stay.
   */
  default boolean compactable() {
    return true;
  }

  /** The Iceberg table properties. */
  default Map<String, String> properties() {
    return Map.of();
  }

  Row toRow(T value);

  T fromRow(Row row);
}
