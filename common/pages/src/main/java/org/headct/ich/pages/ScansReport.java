package org.headct.ich.pages;

import java.time.Instant;
import java.util.Map;

/**
 * A model's results for the scans of a dump, as plain data.
 *
 * @param origin origin of the slices: patients, phantoms or both
 * @param rule sentence on how a scan's suspicion follows from its slices
 * @param scans the most suspicious scans, in order
 * @param all number of all scans
 * @param rejected number of objects and slices without a score, by reason
 */
public record ScansReport(
    Source source,
    DataOrigin origin,
    String rule,
    QueryResult<Scan> scans,
    long all,
    Map<String, Long> rejected) {

  /**
   * The model that scored and the dump that it scored.
   *
   * @param run name of the run
   * @param model first digits of the model file's hash
   * @param network description of the network
   * @param tensors description of the network's input
   * @param dump name of the dump
   * @param slices number of scored slices
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
   * A scan in the list.
   *
   * @param suspicion suspicion of the scan, in [0, 1]; NaN if none of its images is an axial slice
   * @param highestId image id of the most suspicious slice; empty if the suspicion is NaN
   * @param page relative link to the scan's own page; empty for none
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
