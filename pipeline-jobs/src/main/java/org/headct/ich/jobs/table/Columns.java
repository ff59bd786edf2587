package org.headct.ich.jobs.table;

import static org.apache.spark.sql.types.DataTypes.IntegerType;

import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.Metadata;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.headct.ich.domain.label.Subtype;
import org.headct.ich.domain.training.Keys;
import org.jspecify.annotations.Nullable;

/** Helpers for writing schemas and reading rows by column name. */
final class Columns {
  private Columns() {}

  static StructField required(String name, DataType type, String comment) {
    return new StructField(name, type, false, Metadata.empty()).withComment(comment);
  }

  static StructField optional(String name, DataType type, String comment) {
    return new StructField(name, type, true, Metadata.empty()).withComment(comment);
  }

  static StructType schema(StructField... fields) {
    return new StructType(fields);
  }

  /** Returns the six label columns, in the order of {@link Subtype}. */
  static StructField[] labels() {
    return Subtype.ALL.stream()
        .map(
            s ->
                required(
                    s.column(),
                    IntegerType,
                    s == Subtype.ANY ? "1: any haemorrhage, else 0" : "1: present, else 0"))
        .toArray(StructField[]::new);
  }

  /** Reads the six label columns as the bits of {@code ImageLabels}. */
  static int labelBits(Row row) {
    int bits = 0;
    for (Subtype subtype : Subtype.ALL) {
      bits |= integer(row, subtype.column()) != 0 ? 1 << subtype.ordinal() : 0;
    }
    return bits;
  }

  static String text(Row row, String column) {
    return row.getString(row.fieldIndex(column));
  }

  static int integer(Row row, String column) {
    return row.getInt(row.fieldIndex(column));
  }

  static long bigint(Row row, String column) {
    return row.getLong(row.fieldIndex(column));
  }

  static double number(Row row, String column) {
    return row.getDouble(row.fieldIndex(column));
  }

  static boolean flag(Row row, String column) {
    return row.getBoolean(row.fieldIndex(column));
  }

  static <T> @Nullable T orNull(Row row, String column) {
    return row.getAs(column);
  }

  /** Returns the name of an enum constant as tables hold it, in kebab case; null for null. */
  static @Nullable String term(@Nullable Enum<?> constant) {
    return constant == null ? null : Keys.of(constant);
  }

  /** Reads an enum constant; null if the column is null or holds a later release's term. */
  static <E extends Enum<E>> @Nullable E termOrNull(Row row, String column, Class<E> type) {
    String name = orNull(row, column);
    for (E constant : type.getEnumConstants()) {
      if (Keys.of(constant).equals(name)) {
        return constant;
      }
    }
    return null;
  }

  static <T> List<T> list(Row row, String column) {
    return row.getList(row.fieldIndex(column));
  }
}
