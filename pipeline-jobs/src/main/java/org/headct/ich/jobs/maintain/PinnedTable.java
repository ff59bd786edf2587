package org.headct.ich.jobs.maintain;

import org.apache.iceberg.BaseTable;
import org.apache.iceberg.HasTableOperations;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.TableOperations;
import org.apache.iceberg.encryption.EncryptionManager;
import org.apache.iceberg.io.FileIO;
import org.apache.iceberg.io.LocationProvider;

/**
 * A table pinned to its current state: a commit fails if another run has committed since. Iceberg
 * itself would put the commit on top of the other if the files allow. A compaction's snapshot names
 * the snapshot that brought its rows, which would then be wrong.
 */
final class PinnedTable implements TableOperations {
  private final TableOperations operations;
  private TableMetadata pinned;

  private PinnedTable(TableOperations operations) {
    this.operations = operations;
    pinned = operations.current();
  }

  /** Pins a table to the state of its last refresh. */
  static Table of(Table table) {
    return new BaseTable(new PinnedTable(((HasTableOperations) table).operations()), table.name());
  }

  @Override
  public TableMetadata current() {
    return pinned;
  }

  @Override
  public TableMetadata refresh() {
    return pinned;
  }

  @Override
  public void commit(TableMetadata base, TableMetadata metadata) {
    operations.commit(base, metadata);
    pinned = operations.refresh();
  }

  @Override
  public FileIO io() {
    return operations.io();
  }

  @Override
  public EncryptionManager encryption() {
    return operations.encryption();
  }

  @Override
  public String metadataFileLocation(String fileName) {
    return operations.metadataFileLocation(fileName);
  }

  @Override
  public LocationProvider locationProvider() {
    return operations.locationProvider();
  }

  @Override
  public TableOperations temp(TableMetadata uncommitted) {
    return operations.temp(uncommitted);
  }

  @Override
  public long newSnapshotId() {
    return operations.newSnapshotId();
  }

  @Override
  public boolean requireStrictCleanup() {
    return operations.requireStrictCleanup();
  }
}
