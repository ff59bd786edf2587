package org.headct.ich.jobs.table;

import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.iceberg.AppendFiles;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.SnapshotRef;
import org.apache.iceberg.Table;
import org.apache.iceberg.Transaction;
import org.apache.iceberg.UpdateProperties;
import org.apache.iceberg.spark.CommitMetadata;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.SparkSession;
import org.headct.ich.domain.error.DataRefusedException;

/**
 * New rows of a table on their own Iceberg branch, where they can be checked before readers of the
 * table see them. {@link #publish} moves them into the table in one commit, together with
 * properties that must change with them. {@link #close} drops rows that were not published.
 *
 * <p>A run that dies leaves its branch behind. Iceberg's expiry of snapshots drops it after a day.
 */
public final class StagedTable implements AutoCloseable {
  /** The prefix of all such branches' names. */
  public static final String PREFIX = "staged_";

  private static final long MAX_AGE_MS = TimeUnit.DAYS.toMillis(1);

  private final SparkSession spark;
  private final Table table;
  private final String name;
  private final String branch;
  private final long from;
  private final SnapshotNote note;
  private boolean open = true;

  StagedTable(SparkSession spark, Table table, String name, long from, SnapshotNote note) {
    this.spark = spark;
    this.table = table;
    this.name = name;
    this.from = from;
    this.note = note;
    branch = PREFIX + note.runId().replace('-', '_');
  }

  /** Returns the name of the staged state in SQL. */
  public String identifier() {
    return name + ".branch_" + branch;
  }

  /**
   * Adds rows of texts and numbers. Each partition becomes one file.
   *
   * @throws DataRefusedException if the table was empty when this run began and another run has
   *     published since
   */
  public <T> void append(TableDefinition<T> definition, JavaRDD<T> values) {
    List<DataFile> files = DataFiles.write(table, definition, values, note.runId());
    if (from >= 0) {
      createBranch();
    }
    Commits.retrying(
        name,
        table,
        () -> {
          // A new branch starts at the table's current state, which must still be empty.
          if (from < 0 && table.currentSnapshot() != null) {
            throw Commits.anotherRun(name);
          }
          Transaction transaction = table.newTransaction();
          AppendFiles append = transaction.newAppend().toBranch(branch);
          note.entries().forEach(append::set);
          files.forEach(append::appendFile);
          append.commit();
          transaction.manageSnapshots().setMaxRefAgeMs(branch, MAX_AGE_MS).commit();
          transaction.commitTransaction();
        });
  }

  /**
   * Runs one SQL statement, such as a MERGE INTO {@link #identifier}. Its snapshot carries the
   * run's note.
   */
  public void change(String statement) {
    createBranch();
    CommitMetadata.withCommitProperties(
        note.entries(), () -> spark.sql(statement), RuntimeException.class);
  }

  private void createBranch() {
    Commits.retrying(
        name,
        table,
        () ->
            table
                .manageSnapshots()
                .createBranch(branch, from)
                .setMaxRefAgeMs(branch, MAX_AGE_MS)
                .commit());
  }

  /**
   * Publishes the staged state and returns its snapshot.
   *
   * @param properties table properties that change in the same commit
   * @throws DataRefusedException if another run has published since this one began
   */
  public long publish(Map<String, String> properties) {
    table.refresh();
    Snapshot staged = table.snapshot(branch);
    Commits.retrying(name, table, () -> fastForward(properties));
    open = false;
    return staged.snapshotId();
  }

  private void fastForward(Map<String, String> properties) {
    Transaction transaction = table.newTransaction();
    try {
      transaction
          .manageSnapshots()
          .fastForwardBranch(SnapshotRef.MAIN_BRANCH, branch)
          .removeBranch(branch)
          .commit();
    } catch (IllegalArgumentException e) {
      throw Commits.anotherRun(name);
    }
    UpdateProperties update = transaction.updateProperties();
    properties.forEach(update::set);
    update.commit();
    transaction.commitTransaction();
  }

  /** Drops the staged rows if they were not published. */
  @Override
  public void close() {
    table.refresh();
    if (open && table.refs().containsKey(branch)) {
      Commits.retrying(name, table, () -> table.manageSnapshots().removeBranch(branch).commit());
    }
    open = false;
  }
}
