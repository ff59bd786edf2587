package org.headct.ich.domain.series;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The rule that chooses among several series of a scan, which show the same head. {@link #PLAIN}
 * and {@link #THIN} decide in this order:
 *
 * <ol>
 *   <li>Series that cover too little of the head do not count.
 *   <li>A series with contrast agent or a sharp kernel is taken only if the scan has no other; a
 *       sharp kernel is preferred to contrast agent.
 *   <li>The slice distance: the largest or the smallest.
 *   <li>A series that says that it has no contrast agent, then one that says that its kernel is
 *       soft.
 *   <li>The number of slices, then the id. {@link Choice#doubt} tells where only the id decided.
 * </ol>
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

  /** The length of a head with the upper neck in mm. An angiography may reach down to the chest. */
  private static final double HEAD_MM = 200;

  /**
   * A series, with the attributes that the rule uses.
   *
   * @param scanId id of the study that the series belongs to
   * @param seriesId id of the series
   * @param distanceMm mean distance from slice to slice along the normal in mm; NaN if unknown
   * @param slices number of ordered slices
   */
  public record Candidate(
      String scanId,
      String seriesId,
      double distanceMm,
      int slices,
      Kernel kernel,
      Contrast contrast)
      implements Serializable {

    /** Creates a series that says nothing about kernel and contrast agent. */
    public Candidate(String scanId, String seriesId, double distanceMm, int slices) {
      this(scanId, seriesId, distanceMm, slices, Kernel.UNKNOWN, Contrast.UNKNOWN);
    }

    private double coveredMm() {
      return Double.isNaN(distanceMm) ? 0 : distanceMm * (slices - 1);
    }

    private double rounded() {
      return Math.rint(distanceMm * HUNDREDTH_MM) / HUNDREDTH_MM;
    }

    /** Returns how unsuited the series is for reading blood; 0 is suited. */
    private int unsuited() {
      return (contrast == Contrast.WITH ? 2 : 0) + (kernel == Kernel.SHARP ? 1 : 0);
    }

    /** Returns a text for users, such as {@code soft kernel, 5.00 mm apart, 34 slices}. */
    public String text() {
      String made =
          switch (kernel) {
                case SOFT -> "soft kernel, ";
                case SHARP -> "sharp kernel, ";
                case UNKNOWN -> "";
              }
              + switch (contrast) {
                case WITH -> "with contrast agent, ";
                case WITHOUT -> "without contrast agent, ";
                case UNKNOWN -> "";
              };
      return made
          + (Double.isNaN(distanceMm)
              ? "distance not known, %d slices".formatted(slices)
              : String.format(Locale.ROOT, "%.2f mm apart, %d slices", distanceMm, slices));
    }
  }

  /**
   * A series that was taken.
   *
   * @param doubt why another series may have been meant; empty if the choice is clear
   */
  public record Choice(Candidate taken, Optional<String> doubt) {}

  /**
   * Returns the series that the rule takes of each scan, in the order of their ids. {@link #ALL}
   * takes all. A series of unknown distance is taken only if the scan has no other. A series
   * without slices is never taken.
   */
  public List<Candidate> taken(List<Candidate> series) {
    return choices(series).stream().map(Choice::taken).toList();
  }

  /** Returns {@link #taken} with the doubts about each choice. */
  public List<Choice> choices(List<Candidate> series) {
    Map<String, List<Candidate>> scans = new TreeMap<>();
    series.stream()
        .filter(one -> one.slices() > 0)
        .forEach(one -> scans.computeIfAbsent(one.scanId(), id -> new ArrayList<>()).add(one));
    List<Choice> choices = new ArrayList<>();
    for (List<Candidate> scan : scans.values()) {
      if (this == ALL) {
        scan.forEach(one -> choices.add(new Choice(one, Optional.empty())));
      } else {
        choices.add(chosen(scan));
      }
    }
    choices.sort(Comparator.comparing(choice -> choice.taken().seriesId()));
    return choices;
  }

  private Choice chosen(List<Candidate> scan) {
    double longest = scan.stream().mapToDouble(Candidate::coveredMm).max().orElse(0);
    double least = LEAST_COVER * Math.min(longest, HEAD_MM);
    Comparator<Candidate> order = order();
    List<Candidate> sorted =
        scan.stream()
            .filter(one -> one.coveredMm() >= least)
            .sorted(order.thenComparing(Candidate::seriesId))
            .toList();
    Candidate first = sorted.get(0);
    List<String> doubts = new ArrayList<>();
    if (first.contrast() == Contrast.WITH) {
      doubts.add("it has contrast agent; the scan has no series without");
    } else if (first.kernel() == Kernel.SHARP) {
      doubts.add("its kernel is sharp; the scan has no series with another");
    }
    if (sorted.size() > 1 && order.compare(first, sorted.get(1)) == 0) {
      doubts.add("series %s is equal; the id decided".formatted(sorted.get(1).seriesId()));
    }
    return new Choice(
        first, doubts.isEmpty() ? Optional.empty() : Optional.of(String.join("; ", doubts)));
  }

  private Comparator<Candidate> order() {
    Comparator<Candidate> closest = Comparator.comparingDouble(Candidate::rounded);
    // NaN comes last in both directions: comparingDouble puts it after all numbers.
    Comparator<Candidate> byDistance =
        this == THIN
            ? closest
            : Comparator.comparing((Candidate one) -> Double.isNaN(one.distanceMm()))
                .thenComparing(closest.reversed());
    return Comparator.comparingInt(Candidate::unsuited)
        .thenComparing(byDistance)
        .thenComparing(one -> one.contrast() != Contrast.WITHOUT)
        .thenComparing(one -> one.kernel() != Kernel.SOFT)
        .thenComparing(Comparator.comparingInt(Candidate::slices).reversed());
  }
}
