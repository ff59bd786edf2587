package org.headct.ich.domain.ct;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * Which series of a scan is taken, where it has several: the same head in slices of different
 * thickness. Judged by geometry alone, for descriptions of series are free text.
 */
public enum SeriesRule {
  /** Every series. */
  ALL,
  /** The one with the slices furthest apart, which radiologists read. */
  PLAIN,
  /** The one with the slices closest together. */
  THIN;

  /** Distances that differ by less are the same. */
  private static final double HUNDREDTH_MM = 100;

  /** A series that covers less of what its scan's longest covers is no series of the head. */
  private static final double LEAST_COVER = 0.5;

  /**
   * A series as the rule sees it.
   *
   * @param scanId of the study that it belongs to
   * @param distanceMm from slice to slice along the normal, on the average; not a number where the
   *     headers do not tell
   * @param slices in order
   */
  public record Candidate(String scanId, String seriesId, double distanceMm, int slices)
      implements Serializable {
    private double coveredMm() {
      return Double.isNaN(distanceMm) ? 0 : distanceMm * (slices - 1);
    }

    private double rounded() {
      return Math.rint(distanceMm * HUNDREDTH_MM) / HUNDREDTH_MM;
    }

    /** For people, such as {@code 5.00 mm apart, 34 slices}. */
    public String text() {
      return Double.isNaN(distanceMm)
          ? "distance not known, %d slices".formatted(slices)
          : String.format(Locale.ROOT, "%.2f mm apart, %d slices", distanceMm, slices);
    }
  }

  /**
   * The series of each scan that the rule takes, in the order of their ids; of {@link #ALL} all.
   * Where distances are the same the longer series is taken, then the lower id; a series whose
   * distance is not known is taken where there is no other.
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
    // Not a number comes last in either direction: comparingDouble puts it behind all numbers.
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
