package org.headct.ich.jobs.model;

import org.apache.spark.api.java.JavaSparkContext;
import org.headct.ich.jobs.nd4j.Nd4jRuntime;
import org.headct.ich.jobs.testing.TestSpark;

/** The shared test Spark with what training sets besides: a Spark of its own, Kryo and all. */
final class LocalSpark {
  private LocalSpark() {}

  static JavaSparkContext context() {
    return new JavaSparkContext(TestSpark.session(Nd4jRuntime.sparkSettings()).sparkContext());
  }
}
