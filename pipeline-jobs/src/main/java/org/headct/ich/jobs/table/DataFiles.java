package org.headct.ich.jobs.table;

import java.io.IOException;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.SerializableTable;
import org.apache.iceberg.Table;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;

/**
 * Data files of a table without partitions, written from records. Each Spark partition becomes one
 * file.
 */
final class DataFiles {
  private DataFiles() {}

  /** Writes the files. Empty partitions write none. */
  static <T> List<DataFile> write(
      Table table, TableDefinition<T> definition, JavaRDD<T> values, String runId) {
    if (table.spec().isPartitioned()) {
      throw new IllegalArgumentException(table.name() + " is partitioned: write it by partition");
    }
    JavaSparkContext spark = JavaSparkContext.fromSparkContext(values.context());
    Broadcast<Table> target = spark.broadcast(SerializableTable.copyOf(table));
    try {
      return values
          .mapPartitionsWithIndex(
              (partition, rows) -> write(target.value(), definition, rows, partition, runId), false)
          .collect();
    } finally {
      target.unpersist();
    }
  }

  private static <T> Iterator<DataFile> write(
      Table table, TableDefinition<T> definition, Iterator<T> values, int partition, String runId)
      throws IOException {
    try (DataFileWriter<T> writer =
        new DataFileWriter<>(table, definition, partition, runId, Map.of())) {
      while (values.hasNext()) {
        writer.write(values.next());
      }
      DataFile file = writer.done();
      return file == null ? List.<DataFile>of().iterator() : List.of(file).iterator();
    }
  }
}
