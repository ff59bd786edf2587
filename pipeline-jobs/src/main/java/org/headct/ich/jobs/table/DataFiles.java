package org.headct.ich.jobs.table;

import java.io.IOException;
import java.util.Iterator;
import java.util.List;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.FileFormat;
import org.apache.iceberg.SerializableTable;
import org.apache.iceberg.Table;
import org.apache.iceberg.data.GenericAppenderFactory;
import org.apache.iceberg.data.GenericRecord;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.io.DataWriter;
import org.apache.iceberg.io.OutputFileFactory;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Row;

/**
 * Writes records as data files of a table, one a partition, by Iceberg's own writer: for flat rows
 * of texts and numbers it takes a quarter less CPU than the way over Spark's rows, and a JVM's
 * first write starts sooner.
 *
 * <p>The files belong to nobody until a commit names them. A task that fails removes its file; what
 * a job leaves that dies is an orphan, which Iceberg's maintenance removes.
 */
final class DataFiles {
  private DataFiles() {}

  /** The files of all partitions that have values. */
  static <T> List<DataFile> write(
      Table table, TableDefinition<T> definition, JavaRDD<T> values, String runId) {
    if (table.spec().isPartitioned()) {
      throw new IllegalArgumentException(table.name() + " is partitioned: a file has one place");
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
    if (!values.hasNext()) {
      return List.<DataFile>of().iterator();
    }
    OutputFileFactory files =
        OutputFileFactory.builderFor(table, partition, TaskContext.get().taskAttemptId())
            .operationId(runId)
            .format(FileFormat.PARQUET)
            .build();
    var file = files.newOutputFile();
    DataWriter<Record> writer =
        new GenericAppenderFactory(table.schema(), table.spec())
            .setAll(table.properties())
            .newDataWriter(file, FileFormat.PARQUET, null);
    boolean done = false;
    try (writer) {
      Record record = GenericRecord.create(table.schema());
      while (values.hasNext()) {
        Row row = definition.toRow(values.next());
        for (int i = 0; i < row.size(); i++) {
          record.set(i, row.get(i));
        }
        writer.write(record);
      }
      done = true;
    } finally {
      if (!done) {
        table.io().deleteFile(file.encryptingOutputFile());
      }
    }
    return List.of(writer.toDataFile()).iterator();
  }
}
