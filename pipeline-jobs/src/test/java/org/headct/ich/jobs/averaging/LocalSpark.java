package org.headct.ich.jobs.averaging;

import org.apache.spark.api.java.JavaSparkContext;
import org.headct.ich.jobs.testing.TestSpark;

/** The shared test Spark as the trainer takes it. */
public final class LocalSpark {
  private LocalSpark() {}

  public static JavaSparkContext context() {
    return new JavaSparkContext(TestSpark.session().sparkContext());
  }
}
