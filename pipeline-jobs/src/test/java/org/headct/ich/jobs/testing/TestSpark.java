package org.headct.ich.jobs.testing;

import java.util.HashMap;
import java.util.Map;
import org.apache.spark.sql.SparkSession;
import org.headct.ich.jobs.run.Sessions;
import org.jspecify.annotations.Nullable;

/**
 * Shared Spark of this JVM's integration tests: two cores, no user interface. It stays from class
 * to class. A test that needs other settings gets a new Spark, and the next test gets another one.
 */
public final class TestSpark {
  private static final Map<String, String> SETTINGS =
      Map.ofEntries(
          // Generated code is worth its cost only for many rows. Tests have few rows and many
          // queries, and compiling took a third of their time. Commands that tests run as
          // processes generate code.
          Map.entry("spark.sql.codegen.wholeStage", "false"),
          Map.entry("spark.sql.codegen.factoryMode", "NO_CODEGEN"),
          // Planning again after each stage, and printing each plan for the user interface, is
          // also worth its cost only for many rows.
          Map.entry("spark.sql.adaptive.enabled", "false"),
          Map.entry("spark.sql.ui.explainMode", "simple"),
          Map.entry("spark.master", "local[2]"),
          Map.entry("spark.app.name", "ich-tests"),
          Map.entry("spark.ui.enabled", "false"),
          Map.entry("spark.driver.host", "127.0.0.1"),
          Map.entry("spark.driver.bindAddress", "127.0.0.1"),
          Map.entry("spark.sql.shuffle.partitions", "2"));

  private static Map<String, String> running = Map.of();
  private static @Nullable SparkSession session;

  private TestSpark() {}

  /** Returns the session with {@code local[2]}. */
  public static SparkSession session() {
    return session(Map.of());
  }

  /** Returns the session with that many cores. */
  public static SparkSession session(int cores) {
    return session(Map.of("spark.master", "local[" + cores + "]"));
  }

  /** Returns a session with further settings, which override the usual ones. */
  public static synchronized SparkSession session(Map<String, String> more) {
    Map<String, String> wanted = new HashMap<>(SETTINGS);
    wanted.putAll(more);
    SparkSession current = session;
    if (current != null && running.equals(wanted) && !current.sparkContext().isStopped()) {
      return current;
    }
    // Spark takes most settings only when it starts, and one JVM has one Spark.
    SparkSession.getDefaultSession().foreach(TestSpark::stop);
    SparkSession.Builder builder = Sessions.builder();
    wanted.forEach(builder::config);
    current = builder.getOrCreate();
    session = current;
    running = Map.copyOf(wanted);
    return current;
  }

  private static Object stop(SparkSession old) {
    old.stop();
    SparkSession.clearActiveSession();
    SparkSession.clearDefaultSession();
    return old;
  }
}
