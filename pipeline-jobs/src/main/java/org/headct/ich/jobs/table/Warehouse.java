package org.headct.ich.jobs.table;

import static org.apache.iceberg.expressions.Expressions.alwaysTrue;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.OverwriteFiles;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.SnapshotSummary;
import org.apache.iceberg.Table;
import org.apache.iceberg.Transaction;
import org.apache.iceberg.UpdateProperties;
import org.apache.iceberg.UpdateSchema;
import org.apache.iceberg.spark.Spark3Util;
import org.apache.iceberg.spark.SparkSchemaUtil;
import org.apache.iceberg.types.Types;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.analysis.NoSuchNamespaceException;
import org.apache.spark.sql.catalyst.analysis.NoSuchTableException;
import org.apache.spark.sql.catalyst.analysis.TableAlreadyExistsException;
import org.apache.spark.sql.catalyst.parser.ParseException;
import org.apache.spark.sql.connector.catalog.Identifier;
import org.apache.spark.sql.connector.catalog.TableCatalog;
import org.apache.spark.sql.connector.expressions.Expressions;
import org.apache.spark.sql.connector.expressions.Transform;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.StructField;
import org.headct.ich.domain.config.WarehouseConfig;
import org.headct.ich.domain.error.DataRefusedException;
import org.headct.ich.domain.error.UserException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The tables of the catalog {@code ich}. They are created on first use, read by definition, and
 * replaced completely or in part in one atomic snapshot.
 */
public final class Warehouse {
  /** The name of the Spark catalog. */
  public static final String CATALOG = "ich";

  private static final Logger LOG = LoggerFactory.getLogger(Warehouse.class);

  /** The number of rows that one task sorts and writes in about a second. */
  private static final long ROWS_OF_ONE_FILE = 100_000;

  private final SparkSession spark;
  private final WarehouseConfig config;

  public Warehouse(SparkSession spark, WarehouseConfig config) {
    this.spark = spark;
    this.config = config;
  }

  /** Returns the name in SQL, such as {@code ich.labels}. */
  public String identifier(TableDefinition<?> table) {
    return config.namespace().isEmpty()
        ? CATALOG + "." + table.name()
        : CATALOG + "." + config.namespace() + "." + table.name();
  }

  /** Returns whether a job has written the table. */
  public boolean exists(TableDefinition<?> table) {
    return catalog().tableExists(sparkIdentifier(table));
  }

  /** Returns the tables that jobs have written. */
  public List<TableDefinition<?>> there() {
    return Tables.ALL.stream().filter(this::exists).toList();
  }

  /**
   * Reads the current rows. Columns that an older release's table lacks are null.
   *
   * @throws UserException if the table is missing; the message names the command that fills it
   */
  public Dataset<Row> read(TableDefinition<?> table) {
    require(table);
    Dataset<Row> rows = spark.table(identifier(table));
    List<String> there = List.of(rows.columns());
    for (StructField field : table.schema().fields()) {
      if (field.nullable() && !there.contains(field.name())) {
        rows = rows.withColumn(field.name(), functions.lit(null).cast(field.dataType()));
      }
    }
    return rows;
  }

  /** Fails with a remedy if the table is missing. */
  public void require(TableDefinition<?> table) {
    if (!exists(table)) {
      throw new UserException(
          "table %s is not there (warehouse.path = %s): run %s first"
              .formatted(identifier(table), config.warehouse(), table.filledBy()));
    }
  }

  /** Converts a distributed collection of records to rows. */
  public <T> Dataset<Row> rows(TableDefinition<T> table, JavaRDD<T> values) {
    return spark.createDataset(values.map(table::toRow).rdd(), Encoders.row(table.schema()));
  }

  /** Converts a few records to rows. */
  public <T> Dataset<Row> rows(TableDefinition<T> table, List<T> values) {
    return spark.createDataset(
        values.stream().map(table::toRow).toList(), Encoders.row(table.schema()));
  }

  /** Replaces all rows in one snapshot; see {@link #replaceWhere}. */
  public long replace(
      TableDefinition<?> table, Dataset<Row> rows, long count, long from, SnapshotNote note) {
    return replaceWhere(table, functions.lit(true), rows, count, from, note);
  }

  /**
   * Replaces the rows that meet {@code condition} (over partition columns) in one snapshot, in the
   * table's order.
   *
   * @param count approximate number of rows; a few become one file
   * @param from snapshot that was current when the run first read the table, −1 for none
   * @return the snapshot's id
   * @throws DataRefusedException if another run has published such rows since
   */
  public long replaceWhere(
      TableDefinition<?> table,
      Column condition,
      Dataset<Row> rows,
      long count,
      long from,
      SnapshotNote note) {
    create(table);
    Column[] order = table.orderedBy().stream().map(functions::col).toArray(Column[]::new);
    Dataset<Row> ordered = order.length == 0 ? rows : inOrder(rows, count, order);
    Commits.overwrite(identifier(table), condition, ordered, from, note);
    return snapshot(table);
  }

  /** Sorts the rows across all files. A single file is sorted without sampling the rows first. */
  private static Dataset<Row> inOrder(Dataset<Row> rows, long count, Column[] order) {
    return count <= ROWS_OF_ONE_FILE
        ? rows.repartition(1).sortWithinPartitions(order)
        : rows.orderBy(order);
  }

  /**
   * Replaces all rows, of texts and numbers, in one snapshot. Each partition becomes one file.
   *
   * @param from snapshot that the new rows are based on, −1 for none
   * @param properties table properties that change in the same commit
   * @return the snapshot's id
   * @throws DataRefusedException if another run has published since
   */
  public <T> long replace(
      TableDefinition<T> table,
      JavaRDD<T> values,
      long from,
      SnapshotNote note,
      Map<String, String> properties) {
    create(table);
    Table target = iceberg(table);
    List<DataFile> files = DataFiles.write(target, table, values, note.runId());
    Transaction transaction = target.newTransaction();
    OverwriteFiles overwrite =
        Commits.guarded(transaction.newOverwrite(), from, note).overwriteByRowFilter(alwaysTrue());
    files.forEach(overwrite::addFile);
    Commits.refusing(
        identifier(table),
        () -> {
          overwrite.commit();
          UpdateProperties update = transaction.updateProperties();
          properties.forEach(update::set);
          update.commit();
          transaction.commitTransaction();
        });
    return snapshot(table);
  }

  /**
   * Prepares a branch of the table for a run's rows before they are published. Creates the table if
   * needed.
   *
   * @param from snapshot where the branch starts and that the rows are based on, −1 for none
   */
  public StagedTable stage(TableDefinition<?> table, long from, SnapshotNote note) {
    create(table);
    return new StagedTable(spark, iceberg(table), identifier(table), from, note);
  }

  /**
   * Returns the files of the table, for a run that exchanges some of them. Creates the table if
   * needed.
   */
  public FileExchange exchange(TableDefinition<?> table) {
    create(table);
    return new FileExchange(iceberg(table), identifier(table));
  }

  /** Returns an Iceberg property of a table; empty if the table or the property is missing. */
  public Optional<String> property(TableDefinition<?> table, String name) {
    return find(table).map(found -> found.properties().get(name));
  }

  /** Sets Iceberg properties of a table. Creates the table if needed. */
  public void setProperties(TableDefinition<?> table, Map<String, String> properties) {
    create(table);
    UpdateProperties update = iceberg(table).updateProperties();
    properties.forEach(update::set);
    update.commit();
  }

  /**
   * Returns the number of rows by the current snapshot's summary. Only for tables that are always
   * replaced completely.
   */
  public long records(TableDefinition<?> table) {
    return Long.parseLong(summary(table).getOrDefault(SnapshotSummary.TOTAL_RECORDS_PROP, "0"));
  }

  /** Returns the id of the current snapshot, or −1 if the table is missing or empty. */
  public long snapshot(TableDefinition<?> table) {
    return current(table).map(Snapshot::snapshotId).orElse(-1L);
  }

  /**
   * Returns the number of bytes of the data files that a snapshot added; 0 if the snapshot has
   * expired.
   */
  public long bytesAdded(TableDefinition<?> table, long snapshot) {
    return find(table)
        .map(found -> found.snapshot(snapshot))
        .map(
            s ->
                Long.parseLong(s.summary().getOrDefault(SnapshotSummary.ADDED_FILE_SIZE_PROP, "0")))
        .orElse(0L);
  }

  /**
   * Returns the version of the rows, for the notes of their readers: the id of the snapshot that
   * brought them, or −1. A compaction makes a new snapshot of the same rows.
   */
  public long version(TableDefinition<?> table) {
    return current(table)
        .map(s -> SnapshotNote.rowsOf(s.summary()).orElse(s.snapshotId()))
        .orElse(-1L);
  }

  /** Returns the summary of the current snapshot; empty if there is none. */
  public Map<String, String> summary(TableDefinition<?> table) {
    return current(table).map(Snapshot::summary).orElse(Map.of());
  }

  private Optional<Snapshot> current(TableDefinition<?> table) {
    return find(table).map(Table::currentSnapshot);
  }

  /** Returns the table as Iceberg's own object, for its files and snapshots. */
  public Table iceberg(TableDefinition<?> table) {
    return find(table)
        .orElseThrow(
            () -> {
              require(table);
              return new IllegalStateException(identifier(table) + " appeared between two checks");
            });
  }

  private Optional<Table> find(TableDefinition<?> table) {
    try {
      Table loaded = Spark3Util.loadIcebergTable(spark, identifier(table));
      // Spark's catalog caches the state of tables.
      loaded.refresh();
      return Optional.of(loaded);
    } catch (NoSuchTableException e) {
      return Optional.empty();
    } catch (ParseException e) {
      throw new IllegalStateException("cannot load " + identifier(table), e);
    }
  }

  private void create(TableDefinition<?> table) {
    if (exists(table)) {
      widen(table);
      return;
    }
    Map<String, String> properties = new TreeMap<>(table.properties());
    properties.put("provider", "iceberg");
    properties.put("comment", table.comment());
    properties.put("format-version", "2");
    Transform[] partitions =
        table.partitionedBy().stream().map(Expressions::identity).toArray(Transform[]::new);
    try {
      catalog().createTable(sparkIdentifier(table), table.schema(), partitions, properties);
    } catch (TableAlreadyExistsException e) {
      // Another run created the table after our check; that is fine.
      LOG.info("{} was created by another run", identifier(table));
    } catch (NoSuchNamespaceException e) {
      throw new UserException(
          "catalog.namespace %s does not exist in catalog %s: create it with CREATE NAMESPACE"
              .formatted(config.namespace(), CATALOG),
          e);
    }
  }

  /**
   * Adds new columns to a table of an earlier release; they are null in old rows. Columns that this
   * release dropped become optional.
   */
  private void widen(TableDefinition<?> definition) {
    Table table = iceberg(definition);
    UpdateSchema update =
        table.updateSchema().unionByNameWith(SparkSchemaUtil.convert(definition.schema()));
    Set<String> known = Set.of(definition.schema().fieldNames());
    for (Types.NestedField column : table.schema().columns()) {
      if (column.isRequired() && !known.contains(column.name())) {
        update.makeColumnOptional(column.name());
      }
    }
    if (!update.apply().sameSchema(table.schema())) {
      update.commit();
      LOG.info("{} has the columns of this release now", identifier(definition));
    }
  }

  private Identifier sparkIdentifier(TableDefinition<?> table) {
    String[] namespace =
        config.namespace().isEmpty() ? new String[0] : config.namespace().split("\\.");
    return Identifier.of(namespace, table.name());
  }

  private TableCatalog catalog() {
    return (TableCatalog) spark.sessionState().catalogManager().catalog(CATALOG);
  }
}
