package org.headct.ich.jobs.run;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.iceberg.spark.SparkCatalog;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.internal.SQLConf;
import org.headct.ich.domain.config.WarehouseConfig;
import org.headct.ich.domain.error.UserException;
import org.headct.ich.jobs.file.PlainLocalFileSystem;
import org.headct.ich.jobs.source.StorageRefusal;
import org.headct.ich.jobs.table.RootSparkCatalog;
import org.headct.ich.jobs.table.Warehouse;

/** Spark sessions with the pipeline's settings and the catalog {@code ich}. */
public final class Sessions {
  private static final String CATALOG = "spark.sql.catalog." + Warehouse.CATALOG;

  /**
   * The registrator's class by name, because this package must not depend on the stages above it.
   */
  private static final String KRYO_REGISTRATOR = "org.headct.ich.jobs.nd4j.IndArrayRegistrator";

  private static final String EXECUTOR_OPTIONS = "spark.executor.extraJavaOptions";

  private Sessions() {}

  /**
   * Returns the session of a command. spark-submit sets the master and the resources.
   *
   * <p>The catalog's properties are set before the catalog is used. Spark hides secrets in its
   * event log only for settings that existed when the session started.
   *
   * @throws UserException if no master is set, that is outside spark-submit
   */
  public static SparkSession start(String command, WarehouseConfig config) {
    if (System.getProperty("spark.master") == null) {
      throw new UserException(
          "no spark.master: start commands with deploy/bin/ich or spark-submit --master ...");
    }
    SparkSession.Builder builder =
        builder()
            .appName("ich " + command)
            .config(
                EXECUTOR_OPTIONS,
                "%s -D%s=%s"
                    .formatted(
                        System.getProperty(EXECUTOR_OPTIONS, ""), RunId.PROPERTY, RunId.current()));
    config.catalogProperties().forEach((name, value) -> builder.config(property(name), value));
    return builder.getOrCreate();
  }

  /** Returns the settings that every session needs, in commands and in tests. */
  public static SparkSession.Builder builder() {
    return SparkSession.builder()
        .config(
            "spark.sql.extensions",
            "org.apache.iceberg.spark.extensions.IcebergSparkSessionExtensions")
        .config("spark.sql.session.timeZone", "UTC")
        // Spark's own catalog is not used. Its folder must not appear in the user's working
        // directory.
        .config(
            "spark.sql.warehouse.dir",
            java.nio.file.Path.of(System.getProperty("java.io.tmpdir"), "ich-spark-sql").toString())
        // Parameters are sent at every averaging; the registrator copies them in bulk.
        .config("spark.serializer", "org.apache.spark.serializer.KryoSerializer")
        .config("spark.kryo.registrator", KRYO_REGISTRATOR)
        .config("spark.kryoserializer.buffer.max", "2000m")
        // Each worker returns the parameters of up to a ResNet-152 at each averaging.
        .config("spark.driver.maxResultSize", "0");
  }

  /** Returns a session on the same Spark in which {@code ich} is the configured catalog. */
  public static SparkSession withCatalog(SparkSession spark, WarehouseConfig config) {
    if (spark.sparkContext().isLocal()) {
      PlainLocalFileSystem.use(spark.sparkContext().hadoopConfiguration());
    }
    SparkSession session = spark.newSession();
    if (spark.sparkContext().isLocal()) {
      planForOneMachine(session);
    }
    Map<String, String> properties = new HashMap<>(config.catalogProperties());
    boolean ours = properties.isEmpty();
    if (ours) {
      properties.put("type", "hadoop");
      properties.put("warehouse", qualified(session, config.warehouse()));
    }
    session.conf().set(CATALOG, (ours ? RootSparkCatalog.class : SparkCatalog.class).getName());
    properties.forEach((name, value) -> session.conf().set(property(name), value));
    // Spark looks catalogs up in the configuration of the thread's active session.
    SparkSession.setActiveSession(session);
    return session;
  }

  /**
   * Plans queries for one machine, except where the user sets these keys: two shuffle tasks a core,
   * no adaptive re-planning. Spark's defaults, 200 tasks and a new plan at every shuffle, suit
   * clusters. Both cost a query of a small table a second.
   */
  private static void planForOneMachine(SparkSession session) {
    long tasks = 2L * session.sparkContext().defaultParallelism();
    setUnlessNamed(session, SQLConf.SHUFFLE_PARTITIONS().key(), Long.toString(tasks));
    setUnlessNamed(session, SQLConf.ADAPTIVE_EXECUTION_ENABLED().key(), "false");
  }

  private static void setUnlessNamed(SparkSession session, String key, String value) {
    if (!session.sparkContext().conf().contains(key)) {
      session.conf().set(key, value);
    }
  }

  private static String property(String name) {
    return CATALOG + "." + name;
  }

  private static String qualified(SparkSession spark, String path) {
    try {
      Path given = new Path(path);
      FileSystem files = given.getFileSystem(spark.sessionState().newHadoopConf());
      if (files.exists(given) && !files.getFileStatus(given).isDirectory()) {
        throw new UserException(
            "warehouse.path: %s is a file; name a directory, new or existing".formatted(path));
      }
      return files.makeQualified(given).toString();
    } catch (IOException e) {
      throw new UserException(
          "warehouse.path: cannot reach %s (%s)".formatted(path, StorageRefusal.explain(e)), e);
    } catch (IllegalArgumentException e) {
      throw new UserException(
          "warehouse.path: cannot reach %s (%s)".formatted(path, e.getMessage()), e);
    }
  }
}
