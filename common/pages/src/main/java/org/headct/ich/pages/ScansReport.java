package org.headct.ich.pages;

import java.time.Instant;
import java.util.Map;

/**
 * What a model says of the scans of a dump, as plain data.
 *
 * @param origin whose heads they are
 * @param rule how a scan's suspicion follows from its slices, in words
 * @param scans the most suspicious ones, in order
 * @param all how many there are
 * @param rejected objects and slices without a score, by reason
 */
public record ScansReport(
    Source source,
    DataOrigin origin,
    String rule,
    QueryResult<Scan> scans,
    long all,
    Map<String, Long> rejected) {

  /**
   * What scored, and what was scored.
   *
   * @param run name of the run
   * @param model first digits of the hash of its file
   * @param network in words
   * @param tensors what it is given, in words
   * @param dump name of the dump
   * @param slices that were scored
   */
  public record Source(
      String run,
      String model,
      String network,
      String tensors,
      String dump,
      long slices,
      String codeVersion,
      Instant finished) {}

  /**
   * @param suspicion in [0, 1]
   * @param highestId its most suspicious slice
   * @param page its own page, as a link from this one; empty for none
   */
  public record Scan(
      String scanId,
      String patientId,
      int series,
      int slices,
      double suspicion,
      String highestId,
      String page) {}

  public ScansReport {
    rejected = Map.copyOf(rejected);
  }
}
