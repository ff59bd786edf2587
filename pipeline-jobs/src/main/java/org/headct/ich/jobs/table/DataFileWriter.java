package org.headct.ich.jobs.table;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Map;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.FileFormat;
import org.apache.iceberg.PartitionKey;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Table;
import org.apache.iceberg.data.GenericAppenderFactory;
import org.apache.iceberg.data.GenericRecord;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.encryption.EncryptedOutputFile;
import org.apache.iceberg.io.DataWriter;
import org.apache.iceberg.io.OutputFileFactory;
import org.apache.spark.TaskContext;
import org.apache.spark.sql.Row;
import org.jspecify.annotations.Nullable;

/**
 * A writer of one data file of a table in a Spark task, with Iceberg's own writer. It takes less
 * CPU than the path through Spark's rows, and a JVM's first write starts sooner. The first row
 * opens the file and decides its partition; all rows must be in that partition.
 *
 * <p>The file is not part of the table until a commit names it. Closing the writer before {@link
 * #done} removes the file. A JVM that dies leaves an orphan, which Iceberg's maintenance removes.
 *
 * @param <T> the record that becomes a row
 */
public final class DataFileWriter<T> implements Closeable {
  private final Table table;
  private final TableDefinition<T> definition;
  private final Map<String, String> properties;
  private final OutputFileFactory files;
  private final GenericRecord record;
  private final int[] positions;
  private @Nullable EncryptedOutputFile file;
  private @Nullable DataWriter<Record> writer;
  private boolean open = true;

  /**
   * Creates a writer for the task that runs now.
   *
   * @param number number of the file in the run
   * @param properties Iceberg properties that override the table's
   */
  DataFileWriter(
      Table table,
      TableDefinition<T> definition,
      int number,
      String runId,
      Map<String, String> properties) {
    this.table = table;
    this.definition = definition;
    this.properties = properties;
    files =
        OutputFileFactory.builderFor(table, number, TaskContext.get().taskAttemptId())
            .operationId(runId)
            .format(FileFormat.PARQUET)
            .build();
    record = GenericRecord.create(table.schema());
    // A table that was widened has its columns in another order than the definition.
    positions =
        Arrays.stream(definition.schema().fieldNames())
            .mapToInt(name -> position(table.schema(), name))
            .toArray();
  }

  private static int position(Schema schema, String name) {
    for (int i = 0; i < schema.columns().size(); i++) {
      if (schema.columns().get(i).name().equals(name)) {
        return i;
      }
    }
    throw new IllegalStateException("the table has no column " + name);
  }

  /** Adds a row. The caller may reuse its byte arrays afterwards. */
  public void write(T value) throws IOException {
    Row row = definition.toRow(value);
    for (int i = 0; i < positions.length; i++) {
      Object field = row.get(i);
      record.set(positions[i], field instanceof byte[] bytes ? ByteBuffer.wrap(bytes) : field);
    }
    write(record);
  }

  /** Adds an unchanged row of another file of the table. */
  public void write(Record row) throws IOException {
    DataWriter<Record> to = writer;
    if (to == null) {
      to = start(row);
      writer = to;
    }
    to.write(row);
  }

  private DataWriter<Record> start(Record first) {
    PartitionKey partition = new PartitionKey(table.spec(), table.schema());
    partition.partition(first);
    EncryptedOutputFile opened =
        table.spec().isPartitioned() ? files.newOutputFile(partition) : files.newOutputFile();
    file = opened;
    return new GenericAppenderFactory(table.schema(), table.spec())
        .setAll(table.properties())
        .setAll(properties)
        .newDataWriter(opened, FileFormat.PARQUET, table.spec().isPartitioned() ? partition : null);
  }

  /** Ends the file and returns it, or null if there was no row. */
  public @Nullable DataFile done() throws IOException {
    open = false;
    if (writer == null) {
      return null;
    }
    writer.close();
    return writer.toDataFile();
  }

  @Override
  public void close() throws IOException {
    if (open && writer != null && file != null) {
      open = false;
      writer.close();
      table.io().deleteFile(file.encryptingOutputFile());
    }
  }
}
