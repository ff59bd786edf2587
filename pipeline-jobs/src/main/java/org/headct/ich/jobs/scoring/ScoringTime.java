package org.headct.ich.jobs.scoring;

import java.io.Serializable;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.util.LongAccumulator;

/** The time that executors spend on scoring, summed over their cores. */
public final class ScoringTime implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final double NANOS = 1e9;

  private final LongAccumulator reading;
  private final LongAccumulator computing;

  public ScoringTime(JavaSparkContext spark) {
    this.reading = spark.sc().longAccumulator("nanoseconds of reading tensors");
    this.computing = spark.sc().longAccumulator("nanoseconds of the network");
  }

  void add(long readingNanos, long computingNanos) {
    reading.add(readingNanos);
    computing.add(computingNanos);
  }

  /** Returns the core seconds of reading and decoding tensors. */
  public double readingSeconds() {
    return reading.sum() / NANOS;
  }

  /** Returns the core seconds of making batches and running the network. */
  public double computingSeconds() {
    return computing.sum() / NANOS;
  }
}
