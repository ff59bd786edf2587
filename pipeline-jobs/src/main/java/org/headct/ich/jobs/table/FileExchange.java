package org.headct.ich.jobs.table;

import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.OverwriteFiles;
import org.apache.iceberg.SerializableTable;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.data.parquet.GenericParquetReaders;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.iceberg.parquet.Parquet;
import org.headct.ich.domain.error.DataRefusedException;

/**
 * The files of a table as a run finds them. It exchanges some of them for others in one commit;
 * unchanged rows stay in their files.
 *
 * <p>New files are not part of the table until {@link #publish} names them.
 */
public final class FileExchange {
  private final Table table;
  private final String name;
  private final long from;
  private final Map<String, DataFile> files = new HashMap<>();
  private final Set<String> withRowDeletes = new HashSet<>();

  FileExchange(Table table, String name) {
    this.table = table;
    this.name = name;
    Snapshot current = table.currentSnapshot();
    from = current == null ? -1 : current.snapshotId();
    if (current == null) {
      return;
    }
    try (CloseableIterable<FileScanTask> tasks = table.newScan().useSnapshot(from).planFiles()) {
      for (FileScanTask task : tasks) {
        files.put(task.file().location(), task.file());
        if (!task.deletes().isEmpty()) {
          withRowDeletes.add(task.file().location());
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the manifests of " + name, e);
    }
  }

  /**
   * Returns the files of some partitions from which an SQL DELETE has removed rows without
   * rewriting the file.
   *
   * @param first values of the first partition column
   */
  public Set<String> withRowDeletes(Set<String> first) {
    return withRowDeletes.stream()
        .filter(
            file ->
                first.contains(
                    Objects.requireNonNull(files.get(file)).partition().get(0, String.class)))
        .collect(Collectors.toSet());
  }

  /** Returns the table for tasks, which read its files and write new ones. */
  public Tasks tasks(String runId) {
    return new Tasks((Table) SerializableTable.copyOf(table), runId);
  }

  /** Reading and writing of the table's files in a Spark task. */
  public static final class Tasks implements Serializable {
    private static final long serialVersionUID = 1L;

    private final Table table;
    private final String runId;

    private Tasks(Table table, String runId) {
      this.table = table;
      this.runId = runId;
    }

    /** Reads the rows of a file in order. A record is valid only until the next one is read. */
    public CloseableIterable<Record> read(String file) {
      return Parquet.read(table.io().newInputFile(file))
          .project(table.schema())
          .createReaderFunc(type -> GenericParquetReaders.buildReader(table.schema(), type))
          .reuseContainers()
          .build();
    }

    /** Returns a writer of one new file; see {@link DataFileWriter}. */
    public <T> DataFileWriter<T> write(
        TableDefinition<T> definition, int number, Map<String, String> properties) {
      return new DataFileWriter<>(table, definition, number, runId, properties);
    }
  }

  /**
   * Adds the files {@code added} to the table and removes the files {@code dropped}, in one commit.
   * With neither, the commit only records that the run checked the table.
   *
   * @return the snapshot's id
   * @throws DataRefusedException if another run has published since this one read the table
   */
  public long publish(Collection<String> dropped, List<DataFile> added, SnapshotNote note) {
    OverwriteFiles overwrite = Commits.guarded(table.newOverwrite(), from, note);
    dropped.forEach(file -> overwrite.deleteFile(Objects.requireNonNull(files.get(file), file)));
    added.forEach(overwrite::addFile);
    try {
      Commits.refusing(name, overwrite::commit);
    } catch (DataRefusedException e) {
      discard(added);
      throw e;
    }
    table.refresh();
    return table.currentSnapshot().snapshotId();
  }

  /** Deletes files that will not be published. */
  public void discard(List<DataFile> added) {
    added.forEach(file -> table.io().deleteFile(file.location()));
  }
}
