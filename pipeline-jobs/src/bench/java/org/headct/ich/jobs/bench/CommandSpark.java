package org.headct.ich.jobs.bench;

import java.util.Map;
import org.apache.spark.sql.SparkSession;
import org.headct.ich.jobs.testing.TestSpark;

/** The Spark that a command gets on two cores of one machine. */
final class CommandSpark {
  private CommandSpark() {}

  /** Generates code, as commands do and most tests do not; a shuffle has two tasks a core. */
  static SparkSession session() {
    return TestSpark.session(
        Map.of(
            "spark.sql.codegen.wholeStage", "true",
            "spark.sql.codegen.factoryMode", "FALLBACK",
            "spark.sql.shuffle.partitions", "4"));
  }
}
