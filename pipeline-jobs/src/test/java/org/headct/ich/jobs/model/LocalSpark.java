package org.headct.ich.jobs.model;

import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import org.headct.ich.jobs.run.Sessions;

/** The one session of this JVM's integration tests: two cores, no user interface. */
final class LocalSpark {
  private LocalSpark() {}

  static JavaSparkContext context() {
    SparkSession.Builder builder = Sessions.builder().master("local[2]").appName("model-tests");
    Nd4jRuntime.sparkSettings().forEach(builder::config);
    return new JavaSparkContext(
        builder
            .config("spark.ui.enabled", "false")
            .config("spark.driver.host", "127.0.0.1")
            .config("spark.driver.bindAddress", "127.0.0.1")
            .getOrCreate()
            .sparkContext());
  }
}
