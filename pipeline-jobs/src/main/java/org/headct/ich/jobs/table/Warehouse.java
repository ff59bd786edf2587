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
 * The tables of the catalog {@code ich}: created on first use, read by definition, replaced whole
 * or by part in one atomic snapshot.
 */
public final class Warehouse {
  /** Name of the Spark catalog. */
  public static final String CATALOG = "ich";

  private static final Logger LOG = LoggerFactory.getLogger(Warehouse.class);

  /** One task sorts and writes so many rows in about a second. */
  private static final long ROWS_OF_ONE_FILE = 100_000;

  private final SparkSession spark;
  private final WarehouseConfig config;

  public Warehouse(SparkSession spark, WarehouseConfig config) {
    this.spark = spark;
    this.config = config;
  }

  /** Name in SQL: {@code ich.labels}. */
  public String identifier(TableDefinition<?> table) {
    return config.namespace().isEmpty()
        ? CATALOG + "." + table.name()
        : CATALOG + "." + config.namespace() + "." + table.name();
  }

  /** Whether a job has written the table. */
  public boolean exists(TableDefinition<?> table) {
    return catalog().tableExists(sparkIdentifier(table));
  }

  /** The tables that jobs have written. */
  public List<TableDefinition<?>> there() {
    return Tables.ALL.stream().filter(this::exists).toList();
  }

  /**
   * The current rows; of a table of an earlier release, with nulls in columns that came since.
   *
   * @throws UserException when the table is missing, naming the command that fills it
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

  /** Fails with the remedy when the table is missing. */
  public void require(TableDefinition<?> table) {
    if (!exists(table)) {
      throw new UserException(
          "table %s is not there (warehouse.path = %s): run %s first"
              .formatted(identifier(table), config.warehouse(), table.filledBy()));
    }
  }

  /** Rows of a distributed collection of records. */
  public <T> Dataset<Row> rows(TableDefinition<T> table, JavaRDD<T> values) {
    return spark.createDataset(values.map(table::toRow).rdd(), Encoders.row(table.schema()));
  }

  /** Rows of a few records. */
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
   * @param count about how many rows there are: a few become one file
   * @param from snapshot that was current when the run began to look, −1 for none
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

  /** Rows in order from file to file. The order of one file needs no look at the rows before. */
  private static Dataset<Row> inOrder(Dataset<Row> rows, long count, Column[] order) {
    return count <= ROWS_OF_ONE_FILE
        ? rows.repartition(1).sortWithinPartitions(order)
        : rows.orderBy(order);
  }

  /**
   * Replaces all rows, of texts and numbers, in one snapshot; each partition becomes a file.
   *
   * @param from snapshot that the new rows take account of, −1 for none
   * @param properties of the table, that change in the same commit
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
   * A branch of the table, made if need be, that receives a run's rows before they are shown.
   *
   * @param from snapshot that the rows take account of, −1 for none: where the branch begins
   */
  public StagedTable stage(TableDefinition<?> table, long from, SnapshotNote note) {
    create(table);
    return new StagedTable(spark, iceberg(table), identifier(table), from, note);
  }

  /** The files of the table, made if need be, for a run that exchanges some of them. */
  public FileExchange exchange(TableDefinition<?> table) {
    create(table);
    return new FileExchange(iceberg(table), identifier(table));
  }

  /** An Iceberg property of a table; empty where the table or the property is missing. */
  public Optional<String> property(TableDefinition<?> table, String name) {
    return find(table).map(found -> found.properties().get(name));
  }

  /** Sets Iceberg properties of a table, made if need be. */
  public void setProperties(TableDefinition<?> table, Map<String, String> properties) {
    create(table);
    UpdateProperties update = iceberg(table).updateProperties();
    properties.forEach(update::set);
    update.commit();
  }

  /**
   * How many rows the table has, as its current snapshot's summary tells: of tables that are only
   * ever replaced whole.
   */
  public long records(TableDefinition<?> table) {
    return Long.parseLong(summary(table).getOrDefault(SnapshotSummary.TOTAL_RECORDS_PROP, "0"));
  }

  /** Id of the current snapshot, or −1 when the table is missing or empty. */
  public long snapshot(TableDefinition<?> table) {
    return current(table).map(Snapshot::snapshotId).orElse(-1L);
  }

  /** Bytes of the data files that came with a snapshot; 0 if it is not known any more. */
  public long bytesAdded(TableDefinition<?> table, long snapshot) {
    return find(table)
        .map(found -> found.snapshot(snapshot))
        .map(
            s ->
                Long.parseLong(s.summary().getOrDefault(SnapshotSummary.ADDED_FILE_SIZE_PROP, "0")))
        .orElse(0L);
  }

  /**
   * Which rows the table holds, for the notes of those who read it: the id of the snapshot that
   * brought them, or −1. A compaction makes a new snapshot of the same rows.
   */
  public long version(TableDefinition<?> table) {
    return current(table)
        .map(s -> SnapshotNote.rowsOf(s.summary()).orElse(s.snapshotId()))
        .orElse(-1L);
  }

  /** Summary of the current snapshot; empty when there is none. */
  public Map<String, String> summary(TableDefinition<?> table) {
    return current(table).map(Snapshot::summary).orElse(Map.of());
  }

  private Optional<Snapshot> current(TableDefinition<?> table) {
    return find(table).map(Table::currentSnapshot);
  }

  /** The table as Iceberg's own object, for its files and snapshots. */
  public Table iceberg(TableDefinition<?> table) {
    return find(table)
        .orElseThrow(
            () -> {
              require(table);
              return new IllegalStateException(identifier(table) + " came while it was asked for");
            });
  }

  private Optional<Table> find(TableDefinition<?> table) {
    try {
      Table loaded = Spark3Util.loadIcebergTable(spark, identifier(table));
      // Spark's catalog remembers tables as they were.
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
      // Another run made it between the question and the order: it is there, which is what we want.
      LOG.info("{} was created by another run", identifier(table));
    } catch (NoSuchNamespaceException e) {
      throw new UserException(
          "catalog.namespace %s does not exist in catalog %s: create it with CREATE NAMESPACE"
              .formatted(config.namespace(), CATALOG),
          e);
    }
  }

  /**
   * A table of an earlier release receives columns that came since, and nulls where they may be; a
   * column that went may be null in new rows.
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
