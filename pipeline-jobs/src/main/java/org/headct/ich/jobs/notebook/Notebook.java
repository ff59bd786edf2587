package org.headct.ich.jobs.notebook;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.api.java.function.MapFunction;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.headct.ich.domain.config.Settings;
import org.headct.ich.domain.config.SettingsLoader;
import org.headct.ich.domain.config.WarehouseConfig;
import org.headct.ich.jobs.modelstore.ModelStore;
import org.headct.ich.jobs.run.Sessions;
import org.headct.ich.jobs.table.SliceOrigins;
import org.headct.ich.jobs.table.TableDefinition;
import org.headct.ich.jobs.table.Tables;
import org.headct.ich.jobs.table.Warehouse;
import org.headct.ich.pages.DataOrigin;

/**
 * The pipeline's tables in a notebook, with the commands' session, catalog and settings. {@code
 * deploy/bin/notebooks} passes its options in environment variables.
 */
public final class Notebook {
  /** The environment variable with the files of {@code --config}, one per line. */
  static final String CONFIG = "ICH_NOTEBOOK_CONFIG";

  /** The environment variable with the {@code key=value} pairs of {@code --set}, one per line. */
  static final String SET = "ICH_NOTEBOOK_SET";

  private final SparkSession spark;
  private final Settings settings;
  private final WarehouseConfig places;
  private final Warehouse warehouse;

  private Notebook(SparkSession spark, Settings settings) {
    this.settings = settings;
    places = WarehouseConfig.from(settings);
    this.spark = Sessions.withCatalog(spark, places);
    warehouse = new Warehouse(this.spark, places);
    // Plain "labels" means ich.labels, whatever the namespace is called.
    var catalogs = this.spark.sessionState().catalogManager();
    catalogs.setCurrentCatalog(Warehouse.CATALOG);
    String namespace = places.namespace();
    catalogs.setCurrentNamespace(namespace.isEmpty() ? new String[0] : namespace.split("\\."));
  }

  /**
   * Opens the tables with the notebooks' settings. It starts Spark in this process or uses the
   * running session.
   */
  public static Notebook open() {
    Settings settings = settings(System.getenv());
    return open(Sessions.start("notebook", WarehouseConfig.from(settings)), settings);
  }

  static Notebook open(SparkSession spark, Settings settings) {
    return new Notebook(spark, settings);
  }

  /**
   * Loads the settings that the environment names.
   *
   * @throws org.headct.ich.domain.error.UserException for the same errors as the commands' {@code
   *     --config} and {@code --set}
   */
  static Settings settings(Map<String, String> environment) {
    List<Path> files = lines(environment, CONFIG).stream().map(Path::of).toList();
    return SettingsLoader.load(files, lines(environment, SET));
  }

  private static List<String> lines(Map<String, String> environment, String name) {
    return environment.getOrDefault(name, "").lines().filter(line -> !line.isBlank()).toList();
  }

  public SparkSession spark() {
    return spark;
  }

  public Settings settings() {
    return settings;
  }

  public Warehouse warehouse() {
    return warehouse;
  }

  /** Returns the settings of the file systems. */
  public Configuration hadoop() {
    return spark.sessionState().newHadoopConf();
  }

  /** Runs a query and returns its rows. A table is named {@code labels} or {@code ich.labels}. */
  public Dataset<Row> sql(String query) {
    return spark.sql(query);
  }

  /**
   * Returns the rows of a table as records of its table class.
   *
   * @throws org.headct.ich.domain.error.UserException if the table is missing; the message names
   *     the command that fills it
   */
  public <T> Dataset<T> dataset(TableDefinition<T> table, Class<T> type) {
    MapFunction<Row, T> records = table::fromRow;
    return warehouse.read(table).map(records, Encoders.javaSerialization(type));
  }

  /**
   * Returns some rows of a table as records of its table class; they must fit into memory.
   *
   * @param condition condition on the table's columns
   * @throws org.headct.ich.domain.error.UserException as {@link #dataset}
   */
  public <T> List<T> rows(TableDefinition<T> table, Column condition) {
    return warehouse.read(table).where(condition).collectAsList().stream()
        .map(table::fromRow)
        .toList();
  }

  /** Returns the objects behind {@code ich.slices}. */
  public DicomObjects objects() {
    return new DicomObjects(hadoop(), settings);
  }

  /**
   * Returns the directory of a run under {@code models.path}.
   *
   * @param run name of the run, or empty for the newest
   * @throws org.headct.ich.domain.error.UserException if there is none
   */
  public ModelStore run(String run) {
    return ModelStore.find(hadoop(), places.models(), run);
  }

  /** Returns the origin of the slices and the number of rows of each table. */
  public Html overview() {
    SliceOrigins origins = SliceOrigins.of(warehouse);
    List<List<?>> rows = new ArrayList<>();
    for (TableDefinition<?> table : Tables.ALL) {
      boolean there = warehouse.exists(table);
      rows.add(
          List.of(
              warehouse.identifier(table),
              there ? warehouse.read(table).count() : "missing: run " + table.filledBy(),
              table.comment()));
    }
    return Html.text(DataOrigin.of(origins.phantoms(), origins.others()).sentence())
        .and(Html.table(List.of("table", "rows", "a row is"), rows));
  }
}
