package org.headct.ich.jobs.maintain;

import java.util.List;
import java.util.Map;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.SnapshotSummary;
import org.apache.iceberg.SortOrder;
import org.apache.iceberg.Table;
import org.apache.iceberg.actions.BinPackRewriteFilePlanner;
import org.apache.iceberg.actions.SizeBasedFileRewritePlanner;
import org.apache.iceberg.spark.actions.RewriteDataFilesSparkAction;
import org.apache.iceberg.spark.actions.RewritePositionDeleteFilesSparkAction;
import org.apache.iceberg.spark.actions.SparkActions;
import org.apache.spark.sql.SparkSession;
import org.headct.ich.jobs.table.Commits;
import org.headct.ich.jobs.table.SnapshotNote;

/**
 * Compaction of a table. It merges small files if a partition has five of them (Iceberg's measure),
 * rewrites files with deleted rows, and removes the delete files. Its snapshots name the snapshot
 * that brought the rows, so that readers do not take them for new rows.
 */
final class Compaction {
  private final SparkSession spark;

  Compaction(SparkSession spark) {
    this.spark = spark;
  }

  /**
   * Compacts a table.
   *
   * @param table table as of its last refresh
   * @param orderedBy columns by which the rows are sorted; may be empty
   * @return false if another run has published meanwhile; the table is then as that run left it
   */
  boolean run(Table table, List<String> orderedBy) {
    Table pinned = PinnedTable.of(table);
    Snapshot current = pinned.currentSnapshot();
    if (current == null) {
      return true;
    }
    Map<String, String> note = SnapshotNote.sameRowsAs(current);
    try {
      rewriteData(pinned, orderedBy, note);
      if (count(pinned, SnapshotSummary.TOTAL_DELETE_FILES_PROP) > 0) {
        dropDeletes(pinned, note);
      }
      return true;
    } catch (RuntimeException e) {
      if (Commits.isConflict(e)) {
        return false;
      }
      throw e;
    } finally {
      table.refresh();
    }
  }

  private void rewriteData(Table table, List<String> orderedBy, Map<String, String> note) {
    RewriteDataFilesSparkAction action = SparkActions.get(spark).rewriteDataFiles(table);
    action.option(BinPackRewriteFilePlanner.DELETE_FILE_THRESHOLD, "1");
    note.forEach(action::snapshotProperty);
    if (!orderedBy.isEmpty()) {
      SortOrder.Builder order = SortOrder.builderFor(table.schema());
      orderedBy.forEach(order::asc);
      action.sort(order.build());
    }
    action.execute();
  }

  /**
   * Removes the delete files. The files whose rows they delete are gone by now, so rewriting leaves
   * nothing. Iceberg's option {@code remove-dangling-deletes} commits without the summary's
   * entries.
   */
  private void dropDeletes(Table table, Map<String, String> note) {
    RewritePositionDeleteFilesSparkAction action =
        SparkActions.get(spark).rewritePositionDeletes(table);
    action.option(SizeBasedFileRewritePlanner.REWRITE_ALL, "true");
    note.forEach(action::snapshotProperty);
    action.execute();
  }

  /** Returns a total of the current snapshot's summary; 0 if it is missing. */
  static long count(Table table, String total) {
    Snapshot current = table.currentSnapshot();
    return current == null ? 0 : Long.parseLong(current.summary().getOrDefault(total, "0"));
  }
}
