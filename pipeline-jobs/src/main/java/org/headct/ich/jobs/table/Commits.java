package org.headct.ich.jobs.table;

import static org.apache.iceberg.expressions.Expressions.alwaysTrue;

import java.util.Map;
import org.apache.iceberg.IsolationLevel;
import org.apache.iceberg.OverwriteFiles;
import org.apache.iceberg.Table;
import org.apache.iceberg.exceptions.CommitFailedException;
import org.apache.iceberg.exceptions.ValidationException;
import org.apache.iceberg.spark.SparkWriteOptions;
import org.apache.iceberg.util.Tasks;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.DataFrameWriterV2;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.analysis.NoSuchTableException;
import org.headct.ich.domain.error.DataRefusedException;

/**
 * Commits that carry their note and fail on conflict. A commit is refused if another run has
 * changed the rows that it replaces since this run read them. If two runs overlap, one publishes
 * and the other fails.
 */
public final class Commits {
  private static final int RETRIES = 10;
  private static final long LEAST_WAIT_MS = 100;
  private static final long MOST_WAIT_MS = 5_000;
  private static final long ALL_WAITS_MS = 60_000;

  private Commits() {}

  /**
   * Replaces rows of an existing table or branch.
   *
   * @param identifier name in SQL
   * @param from snapshot that the new rows are based on, −1 for none
   * @throws DataRefusedException if another run has since published rows that meet the condition
   */
  static void overwrite(
      String identifier, Column condition, Dataset<Row> rows, long from, SnapshotNote note) {
    DataFrameWriterV2<Row> writer =
        rows.writeTo(identifier)
            .option(SparkWriteOptions.ISOLATION_LEVEL, IsolationLevel.SERIALIZABLE.name());
    if (from >= 0) {
      writer = writer.option(SparkWriteOptions.VALIDATE_FROM_SNAPSHOT_ID, Long.toString(from));
    }
    for (Map.Entry<String, String> e : note.entries().entrySet()) {
      writer =
          writer.option(
              SparkWriteOptions.SNAPSHOT_PROPERTY_PREFIX + "." + e.getKey(), e.getValue());
    }
    DataFrameWriterV2<Row> ready = writer;
    refusing(identifier, () -> overwrite(ready, identifier, condition));
  }

  private static void overwrite(
      DataFrameWriterV2<Row> writer, String identifier, Column condition) {
    try {
      writer.overwrite(condition);
    } catch (NoSuchTableException e) {
      throw new IllegalStateException(identifier + " vanished while it was written", e);
    }
  }

  /**
   * Returns whether a commit failed because of another commit, not because of the storage. Iceberg
   * uses one exception for both; only a storage fault has a cause.
   */
  public static boolean isConflict(Throwable e) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof ValidationException
          || cause instanceof CommitFailedException && cause.getCause() == null) {
        return true;
      }
    }
    return false;
  }

  /**
   * Runs a commit.
   *
   * @throws DataRefusedException if another run has published first
   */
  static void refusing(String table, Runnable commit) {
    try {
      commit.run();
    } catch (RuntimeException e) {
      throw isConflict(e) ? anotherRun(table) : e;
    }
  }

  /**
   * Runs a commit that affects no other run, such as one to a run's own branch. It is repeated
   * while others commit to the table, because Iceberg itself gives up if references change.
   *
   * @param name the table's name in SQL
   * @throws DataRefusedException if others commit until the last retry
   */
  static void retrying(String name, Table table, Runnable commit) {
    refusing(
        name,
        () ->
            Tasks.foreach(table)
                .retry(RETRIES)
                .exponentialBackoff(LEAST_WAIT_MS, MOST_WAIT_MS, ALL_WAITS_MS, 2)
                .shouldRetryTest(Commits::isConflict)
                .run(
                    again -> {
                      again.refresh();
                      commit.run();
                    }));
  }

  /**
   * Makes a commit fail with a {@link ValidationException} if another run has committed since.
   *
   * @param from snapshot that the commit is based on, −1 for none
   */
  static OverwriteFiles guarded(OverwriteFiles overwrite, long from, SnapshotNote note) {
    overwrite
        .conflictDetectionFilter(alwaysTrue())
        .validateNoConflictingData()
        .validateNoConflictingDeletes();
    if (from >= 0) {
      overwrite.validateFromSnapshot(from);
    }
    note.entries().forEach(overwrite::set);
    return overwrite;
  }

  static DataRefusedException anotherRun(String table) {
    return new DataRefusedException(
        "%s: another run has published since this one began. This run's rows were not published: run it again"
            .formatted(table));
  }
}
