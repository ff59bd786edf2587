package org.headct.ich.domain.ct;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * The rule that chooses among several series of a scan, which show the same head in slices of
 * different thickness. It uses only geometry, because series descriptions are free text.
 */
public enum SeriesRule {
  /** Every series. */
  ALL,
  /** The series with the largest slice distance, which radiologists read. */
  PLAIN,
  /** The series with the smallest slice distance. */
  THIN;

  /** Steps per mm to which distances are rounded before they are compared. */
  private static final double HUNDREDTH_MM = 100;

  /** The least cover, relative to the scan's longest series, of a series of the head. */
  private static final double LEAST_COVER = 0.5;

  /**
   * A series, with the attributes that the rule uses.
   *
   * @param scanId id of the study that the series belongs to
   * @param seriesId id of the series
   * @param distanceMm mean distance from slice to slice along the normal in mm; NaN if unknown
   * @param slices number of ordered slices
   */
  public record Candidate(String scanId, String seriesId, double distanceMm, int slices)
      implements Serializable {
    private double coveredMm() {
      return Double.isNaN(distanceMm) ? 0 : distanceMm * (slices - 1);
    }

    private double rounded() {
      return Math.rint(distanceMm * HUNDREDTH_MM) / HUNDREDTH_MM;
    }

    /** Returns a text for users, such as {@code 5.00 mm apart, 34 slices}. */
    public String text() {
      return Double.isNaN(distanceMm)
          ? "distance not known, %d slices".formatted(slices)
          : String.format(Locale.ROOT, "%.2f mm apart, %d slices", distanceMm, slices);
    }
  }

  /**
   * Returns the series that the rule takes of each scan, in the order of their ids. {@link #ALL}
   * takes all. If distances are equal, the series with more slices wins, then the lower id. A
   * series of unknown distance is taken only if the scan has no other.
   */
  public List<Candidate> taken(List<Candidate> series) {
    Map<String, List<Candidate>> scans = new TreeMap<>();
    series.forEach(one -> scans.computeIfAbsent(one.scanId(), id -> new ArrayList<>()).add(one));
    List<Candidate> taken = new ArrayList<>();
    for (List<Candidate> scan : scans.values()) {
      if (this == ALL) {
        taken.addAll(scan);
      } else {
        double longest = scan.stream().mapToDouble(Candidate::coveredMm).max().orElse(0);
        scan.stream()
            .filter(one -> one.coveredMm() >= LEAST_COVER * longest)
            .min(order())
            .ifPresent(taken::add);
      }
    }
    taken.sort(Comparator.comparing(Candidate::seriesId));
    return taken;
  }

  private Comparator<Candidate> order() {
    Comparator<Candidate> closest = Comparator.comparingDouble(Candidate::rounded);
    // NaN comes last in both directions: comparingDouble puts it after all numbers.
    Comparator<Candidate> byDistance =
        this == THIN
            ? closest
            : Comparator.comparing((Candidate one) -> Double.isNaN(one.distanceMm()))
                .thenComparing(closest.reversed());
    return byDistance
        .thenComparing(Comparator.comparingInt(Candidate::slices).reversed())
        .thenComparing(Candidate::seriesId);
  }
}
