package org.headct.ich.jobs.bench;

import org.apache.spark.sql.SparkSession;

/**
 * A session by Spark's defaults that counts the rows of one table: the peer {@code R} of {@code
 * deploy/bench/start}, which submits it.
 */
public final class PlainSession {
  private PlainSession() {}

  /** Takes the name of the table; prints the number of its rows. */
  public static void main(String[] args) {
    try (SparkSession spark = SparkSession.builder().getOrCreate()) {
      System.out.println(spark.sql("select count(*) from " + args[0]).first().getLong(0));
    }
  }
}
