package org.headct.ich.jobs.table;

import java.io.Serializable;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;

/**
 * The owner of one table: its name, columns and the mapping between a row and the record that the
 * code works with. Nothing else reads or writes columns by name.
 *
 * @param <T> the record that one row becomes
 */
public interface TableDefinition<T> extends Serializable {
  /** Name without catalog and namespace: the plural noun. */
  String name();

  /** What one row is, and the key. */
  String comment();

  /** Columns with type, nullability and comment, in their order. */
  StructType schema();

  /** The command that fills it, named when it is missing. */
  String filledBy();

  /** Columns of the identity partitioning, possibly none. */
  default List<String> partitionedBy() {
    return List.of();
  }

  /** Columns by which the rows of a snapshot are sorted, possibly none. */
  default List<String> orderedBy() {
    return List.of();
  }

  /**
   * Whether the rows may be written anew into other files: not where a model names a snapshot, for
   * then the snapshot that it names is the one that has to stay.
   */
  default boolean compactable() {
    return true;
  }

  /** Iceberg table properties. */
  default Map<String, String> properties() {
    return Map.of();
  }

  Row toRow(T value);

  T fromRow(Row row);
}
