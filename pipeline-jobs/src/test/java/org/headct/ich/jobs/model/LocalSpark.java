package org.headct.ich.jobs.model;

import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;

/** The one session of this JVM's integration tests: two cores, no user interface. */
final class LocalSpark {
  private LocalSpark() {}

  static JavaSparkContext context() {
    return new JavaSparkContext(
        SparkSession.builder()
            .master("local[2]")
            .appName("model-tests")
            .config("spark.ui.enabled", "false")
            .config("spark.serializer", "org.apache.spark.serializer.KryoSerializer")
            .config("spark.kryo.registrator", IndArrayRegistrator.class.getName())
            .config("spark.kryoserializer.buffer.max", "2000m")
            .config("spark.driver.host", "127.0.0.1")
            .config("spark.driver.bindAddress", "127.0.0.1")
            .getOrCreate()
            .sparkContext());
  }
}
