package org.headct.ich.jobs.bench;

import java.util.Map;
import org.apache.spark.sql.SparkSession;
import org.headct.ich.jobs.testing.TestSpark;

/** Spark session with the settings that a command has on two cores of one machine. */
final class CommandSpark {
  private CommandSpark() {}

  /**
   * Creates the session. Like commands, and unlike most tests, it generates code. A shuffle has two
   * tasks for each core.
   */
  static SparkSession session() {
    return TestSpark.session(
        Map.of(
            "spark.sql.codegen.wholeStage", "true",
            "spark.sql.codegen.factoryMode", "FALLBACK",
            "spark.sql.shuffle.partitions", "4"));
  }
}
