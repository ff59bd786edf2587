package org.headct.ich.jobs.bench;

import org.apache.spark.sql.SparkSession;

/**
 * Spark session with Spark's defaults that counts the rows of one table. It is the peer {@code R}
 * of {@code deploy/bench/start}, which submits it.
 */
public final class PlainSession {
  private PlainSession() {}

  /** Prints the number of rows of the table named by the argument. */
  public static void main(String[] args) {
    try (SparkSession spark = SparkSession.builder().getOrCreate()) {
      System.out.println(spark.sql("select count(*) from " + args[0]).first().getLong(0));
    }
  }
}
