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
 * Commits that say what they are, and are refused where another run has changed, since this one
 * began to look, what they replace: of two runs at once one publishes and the other steps back.
 */
public final class Commits {
  private static final int RETRIES = 10;
  private static final long LEAST_WAIT_MS = 100;
  private static final long MOST_WAIT_MS = 5_000;
  private static final long ALL_WAITS_MS = 60_000;

  private Commits() {}

  /**
   * Replaces rows of a table or branch that is there.
   *
   * @param identifier as in SQL
   * @param from snapshot that the new rows take account of, −1 for none
   * @throws DataRefusedException if another run has published rows that meet the condition since
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
   * Whether a commit failed because of another one, and not because of the storage: Iceberg calls
   * both by one name, and has a cause for the second alone.
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
   * @throws DataRefusedException if another run has published in its way
   */
  static void refusing(String table, Runnable commit) {
    try {
      commit.run();
    } catch (RuntimeException e) {
      throw isConflict(e) ? anotherRun(table) : e;
    }
  }

  /**
   * Runs a commit that concerns nobody else, such as of a branch of one's own, again and again
   * while others commit to the table in between: Iceberg itself gives up where references change.
   *
   * @param name of the table in SQL
   * @throws DataRefusedException if others never stopped
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
   * A commit that fails with a {@link ValidationException} if anybody has committed since.
   *
   * @param from snapshot that it takes account of, −1 for none
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
        "%s: another run has published since this one began, so this one's rows were not: run it again"
            .formatted(table));
  }
}
