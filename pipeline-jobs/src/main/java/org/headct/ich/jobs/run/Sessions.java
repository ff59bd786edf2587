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

/** Starts Spark with what the pipeline needs and sets the catalog {@code ich}. */
public final class Sessions {
  private static final String CATALOG = "spark.sql.catalog." + Warehouse.CATALOG;

  /** Of the package that trains, by name: plumbing does not know the stages above it. */
  private static final String KRYO_REGISTRATOR = "org.headct.ich.jobs.nd4j.IndArrayRegistrator";

  private static final String EXECUTOR_OPTIONS = "spark.executor.extraJavaOptions";

  private Sessions() {}

  /**
   * The session of a command; master and resources are spark-submit's business.
   *
   * <p>It has the catalog's properties before there is one: Spark hides what is secret among a
   * job's settings in its event log only if it had a setting of that name from the start.
   *
   * @throws UserException when no master is set, that is outside spark-submit
   */
  public static SparkSession start(String command, WarehouseConfig config) {
    if (System.getProperty("spark.master") == null) {
      throw new UserException(
          "no spark.master: run commands by deploy/bin/ich or by spark-submit --master ...");
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

  /** What every session needs, for the commands and the tests alike. */
  public static SparkSession.Builder builder() {
    return SparkSession.builder()
        .config(
            "spark.sql.extensions",
            "org.apache.iceberg.spark.extensions.IcebergSparkSessionExtensions")
        .config("spark.sql.session.timeZone", "UTC")
        // Spark's own catalog is not used; its folder must not appear where the user stands.
        .config(
            "spark.sql.warehouse.dir",
            java.nio.file.Path.of(System.getProperty("java.io.tmpdir"), "ich-spark-sql").toString())
        // Parameters travel at every averaging; the registrator copies them in bulk.
        .config("spark.serializer", "org.apache.spark.serializer.KryoSerializer")
        .config("spark.kryo.registrator", KRYO_REGISTRATOR)
        .config("spark.kryoserializer.buffer.max", "2000m")
        // The parameters of a ResNet-152 come back from each worker at each averaging.
        .config("spark.driver.maxResultSize", "0");
  }

  /** A session on the same Spark in which {@code ich} is the configured catalog. */
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
   * Plans queries for one machine, where the user names no other way: a shuffle has two tasks a
   * core, and plans are not made again at each of them. Spark's own defaults, 200 tasks and a new
   * plan at every shuffle, are made for clusters; both cost a query of a small table a second.
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
            "warehouse.path: %s is a file; name a directory or one to be made".formatted(path));
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
