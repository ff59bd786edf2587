package org.headct.ich.jobs.maintain;

import java.net.URI;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.apache.hadoop.fs.Path;
import org.apache.iceberg.HasTableOperations;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.SnapshotSummary;
import org.apache.iceberg.Table;
import org.apache.iceberg.io.FileInfo;
import org.apache.iceberg.io.SupportsPrefixOperations;
import org.apache.iceberg.spark.actions.SparkActions;
import org.headct.ich.domain.config.MaintainConfig;
import org.headct.ich.domain.error.UserException;
import org.headct.ich.jobs.run.JobContext;
import org.headct.ich.jobs.table.StagedTable;
import org.headct.ich.jobs.table.TableDefinition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The maintenance of one table: it expires old snapshots, merges small files and removes files that
 * no snapshot names.
 *
 * <p>Expiry comes before compaction. The files that a compaction replaces were current until then,
 * and a reader may still use them, so they stay at least until the next run.
 */
final class TableMaintenance {
  private static final Logger LOG = LoggerFactory.getLogger(TableMaintenance.class);

  private final JobContext context;
  private final MaintainConfig config;
  private final TableDefinition<?> definition;
  private final Table table;
  private final long now = System.currentTimeMillis();

  TableMaintenance(JobContext context, MaintainConfig config, TableDefinition<?> definition) {
    this.context = context;
    this.config = config;
    this.definition = definition;
    table = context.warehouse().iceberg(definition);
  }

  /** The size of a table: snapshots, files and bytes. */
  record Extent(long snapshots, long dataFiles, long deleteFiles, long bytes) {}

  /**
   * The result for one table.
   *
   * @param expired number of expired snapshots
   * @param branches number of dropped branches of dead runs
   * @param orphans number of removed files that no snapshot named
   * @param conflict whether another run published during the compaction
   */
  record Outcome(
      Extent before, Extent after, long expired, int branches, int orphans, boolean conflict) {
    long freedBytes() {
      return before.bytes() - after.bytes();
    }
  }

  Table table() {
    return table;
  }

  /**
   * Refuses a copied table. Its metadata holds the full paths of the original's files, which would
   * be removed.
   *
   * @throws UserException if the table's metadata is not under the table's own location
   */
  TableMaintenance refuseCopy() {
    URI metadata =
        new Path(((HasTableOperations) table).operations().current().metadataFileLocation())
            .toUri();
    URI place = new Path(table.location()).toUri();
    if (!Objects.equals(metadata.getAuthority(), place.getAuthority())
        || !metadata.getPath().startsWith(place.getPath() + "/")) {
      throw new UserException(
          "%s was moved or copied: its metadata is %s, but it names files under %s, and maintain would remove those. Run maintain on the table there"
              .formatted(name(), metadata, place));
    }
    return this;
  }

  /**
   * Returns one line for the plan: the number of snapshots that would expire, except {@code kept},
   * and the files that would be compacted.
   */
  String plan(Set<Long> kept) {
    Set<Long> going = new HashSet<>(expirable());
    going.removeAll(kept);
    String files =
        config.compact() && definition.compactable()
            ? "; %,d data files and %,d delete files are compacted if many are small"
                .formatted(
                    Compaction.count(table, SnapshotSummary.TOTAL_DATA_FILES_PROP),
                    Compaction.count(table, SnapshotSummary.TOTAL_DELETE_FILES_PROP))
            : "";
    return "%s: %,d of %,d snapshots expire%s".formatted(name(), going.size(), ids().size(), files);
  }

  Outcome run() {
    Extent before = extent();
    Set<Long> there = ids();
    int branches = expire();
    there.removeAll(ids());
    boolean conflict = !compact();
    int orphans = removeOrphans();
    return new Outcome(before, extent(), there.size(), branches, orphans, conflict);
  }

  /** Expires snapshots and returns the number of dropped branches of dead runs. */
  private int expire() {
    long branches = stagedBranches();
    if (expirable().isEmpty() && branches == 0) {
      return 0;
    }
    step("expire");
    SparkActions.get(context.spark())
        .expireSnapshots(table)
        .expireOlderThan(now - config.keepAge().toMillis())
        .retainLast(config.keepSnapshots())
        .execute();
    table.refresh();
    return (int) (branches - stagedBranches());
  }

  private List<Long> expirable() {
    return table
        .expireSnapshots()
        .expireOlderThan(now - config.keepAge().toMillis())
        .retainLast(config.keepSnapshots())
        .apply()
        .stream()
        .map(Snapshot::snapshotId)
        .toList();
  }

  private boolean compact() {
    if (!config.compact() || !definition.compactable()) {
      return true;
    }
    step("compact");
    return new Compaction(context.spark()).run(table, definition.orderedBy());
  }

  private int removeOrphans() {
    step("orphans of");
    int orphans = 0;
    for (String orphan :
        SparkActions.get(context.spark())
            .deleteOrphanFiles(table)
            .usePrefixListing(true)
            .olderThan(now - config.orphanAge().toMillis())
            .execute()
            .orphanFileLocations()) {
      LOG.info("{}: removed {}", name(), orphan);
      orphans++;
    }
    return orphans;
  }

  private Extent extent() {
    table.refresh();
    long bytes = 0;
    for (FileInfo file : ((SupportsPrefixOperations) table.io()).listPrefix(table.location())) {
      bytes += file.size();
    }
    return new Extent(
        ids().size(),
        Compaction.count(table, SnapshotSummary.TOTAL_DATA_FILES_PROP),
        Compaction.count(table, SnapshotSummary.TOTAL_DELETE_FILES_PROP),
        bytes);
  }

  private Set<Long> ids() {
    Set<Long> ids = new HashSet<>();
    table.snapshots().forEach(snapshot -> ids.add(snapshot.snapshotId()));
    return ids;
  }

  private long stagedBranches() {
    return table.refs().keySet().stream().filter(r -> r.startsWith(StagedTable.PREFIX)).count();
  }

  private void step(String what) {
    context.progress().step("maintain: %s %s".formatted(what, name()));
  }

  private String name() {
    return context.warehouse().identifier(definition);
  }
}
