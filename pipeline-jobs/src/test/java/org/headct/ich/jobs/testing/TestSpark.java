package org.headct.ich.jobs.testing;

import java.util.HashMap;
import java.util.Map;
import org.apache.spark.sql.SparkSession;
import org.headct.ich.jobs.run.Sessions;
import org.jspecify.annotations.Nullable;

/**
 * The one Spark of this JVM's integration tests: two cores, no user interface. It stays from class
 * to class; a test that needs other settings gets a Spark of its own, and so does the next test.
 */
public final class TestSpark {
  private static final Map<String, String> SETTINGS =
      Map.ofEntries(
          // Generated code pays off over many rows. Tests have few and ask many questions, a third
          // of whose time was its compilation; commands that tests run as processes generate it.
          Map.entry("spark.sql.codegen.wholeStage", "false"),
          Map.entry("spark.sql.codegen.factoryMode", "NO_CODEGEN"),
          // Planning again after each stage, and printing each plan for the user interface, pays
          // off over many rows, too.
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

  /** The session as {@code local[2]}. */
  public static SparkSession session() {
    return session(Map.of());
  }

  /** The session with that many cores. */
  public static SparkSession session(int cores) {
    return session(Map.of("spark.master", "local[" + cores + "]"));
  }

  /** A session with further settings, or others in the place of these. */
  public static synchronized SparkSession session(Map<String, String> more) {
    Map<String, String> wanted = new HashMap<>(SETTINGS);
    wanted.putAll(more);
    SparkSession current = session;
    if (current != null && running.equals(wanted) && !current.sparkContext().isStopped()) {
      return current;
    }
    // Spark takes most settings when it starts, and one JVM holds one Spark.
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
