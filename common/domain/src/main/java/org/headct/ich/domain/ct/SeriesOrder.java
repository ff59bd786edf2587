package org.headct.ich.domain.ct;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Orders the slices of one series along the normal of their planes [PS3.3 C.7.6.2.1.1]; {@link
 * SliceGeometry} defines the direction. The result does not depend on the order of the input.
 *
 * <ol>
 *   <li>The main orientation is the one of most slices. Slices more than 5° off it (localizers,
 *       reformats) are left out, with one finding each.
 *   <li>Slices without usable geometry are left out, with one finding each. If they are more than
 *       half of the series, all slices are ordered by InstanceNumber instead, with one finding for
 *       the series.
 *   <li>All positions are projections on the main normal. Positions within 0.01 mm of their
 *       neighbour are a tie. InstanceNumber decides ties (absent comes last), then the image id.
 *   <li>A gap is a spacing above 1.5 times the median of the three spacings before it and above 1.5
 *       times the median of the three after it. A missing slice is therefore a gap; a protocol that
 *       changes its spacing is not. At an end the next spacing replaces the missing side.
 * </ol>
 */
public final class SeriesOrder {
  /** The number of slices below which a series is a finding: the thesis takes 5 middle slices. */
  public static final int SHORT_SERIES_BELOW = 5;

  private static final double SAME_PLANE_DEGREES = 5;
  private static final double TIE_MM = 0.01;
  private static final double GAP_RATIO = 1.5;
  private static final int GAP_NEIGHBOURS = 3;

  private static final Comparator<Slice> BY_NUMBER_THEN_ID =
      Comparator.comparing(Slice::instanceNumber, Comparator.nullsLast(Comparator.naturalOrder()))
          .thenComparing(Slice::imageId);

  private SeriesOrder() {}

  /** The reason of a finding; closed list. */
  public enum Reason {
    /** Two slices at one position; the finding names the later one. */
    TIE,
    /** Slices that seem to be missing before this one. */
    GAP,
    /** Fewer slices than required; a finding of the series, without an image id. */
    SHORT_SERIES,
    /** A slice that is not parallel to the series' main orientation, left out. */
    OTHER_ORIENTATION,
    /** A slice without position or orientation, left out; the whole series if no image is named. */
    NO_GEOMETRY
  }

  /**
   * The attributes of a slice that decide its place.
   *
   * @param imageId image id, unique in the series
   * @param instanceNumber InstanceNumber, or null if absent
   * @param imagePositionMm ImagePositionPatient, 3 values in mm, or null
   * @param imageOrientation ImageOrientationPatient, 6 direction cosines, or null
   */
  @SuppressWarnings("ArrayRecordComponent") // the header's vectors, which nobody changes
  public record Slice(
      String imageId,
      @Nullable Integer instanceNumber,
      double @Nullable [] imagePositionMm,
      double @Nullable [] imageOrientation) {}

  /** A finding; {@code imageId} is empty if the finding is about the series. */
  public record Finding(Reason reason, String imageId, String detail) {}

  /**
   * The series in order, with findings.
   *
   * @param slices slices in order. They are the input without the slices that findings
   *     OTHER_ORIENTATION and NO_GEOMETRY name
   * @param findings findings: first left-out slices by image id, then ties and gaps by position
   */
  public record Ordered(List<Slice> slices, List<Finding> findings) {
    public Ordered {
      slices = List.copyOf(slices);
      findings = List.copyOf(findings);
    }
  }

  private record Placed(Slice slice, SliceGeometry geometry, double alongMm) {}

  /** Orders one series; fewer than {@link #SHORT_SERIES_BELOW} slices are a finding. */
  public static Ordered order(List<Slice> series) {
    return order(series, SHORT_SERIES_BELOW);
  }

  /**
   * Orders one series.
   *
   * @param shortBelow number of ordered slices below which the series is a finding
   */
  public static Ordered order(List<Slice> series, int shortBelow) {
    List<Slice> input = new ArrayList<>(series);
    input.sort(Comparator.comparing(Slice::imageId).thenComparing(BY_NUMBER_THEN_ID));
    List<Finding> findings = new ArrayList<>();
    List<Placed> placed = new ArrayList<>();
    List<Slice> unplaced = new ArrayList<>();
    for (Slice slice : input) {
      SliceGeometry geometry = SliceGeometry.of(slice.imagePositionMm(), slice.imageOrientation());
      if (geometry == null) {
        unplaced.add(slice);
      } else {
        placed.add(new Placed(slice, geometry, geometry.positionMm()));
      }
    }

    List<Slice> slices;
    if (unplaced.size() > placed.size()) {
      findings.add(
          new Finding(
              Reason.NO_GEOMETRY,
              "",
              format(
                  "%d of %d slices lack geometry; ordered by InstanceNumber",
                  unplaced.size(), input.size())));
      slices = new ArrayList<>(input);
      slices.sort(BY_NUMBER_THEN_ID);
    } else {
      for (Slice slice : unplaced) {
        findings.add(
            new Finding(Reason.NO_GEOMETRY, slice.imageId(), "no usable position or orientation"));
      }
      slices = alongMainNormal(placed, findings);
    }
    if (slices.size() < shortBelow) {
      findings.add(
          new Finding(
              Reason.SHORT_SERIES,
              "",
              format("%d slices, at least %d needed", slices.size(), shortBelow)));
    }
    return new Ordered(slices, findings);
  }

  private static List<Slice> alongMainNormal(List<Placed> placed, List<Finding> findings) {
    List<Placed> kept = new ArrayList<>();
    SliceGeometry main = mainOrientation(placed);
    for (Placed each : placed) {
      double angle = main == null ? 0 : main.angleDegrees(each.geometry());
      if (main == null || angle > SAME_PLANE_DEGREES) {
        findings.add(
            new Finding(
                Reason.OTHER_ORIENTATION,
                each.slice().imageId(),
                format("%.1f degrees off the main orientation", angle)));
      } else {
        kept.add(new Placed(each.slice(), each.geometry(), alongMm(each.slice(), main)));
      }
    }
    kept.sort(
        Comparator.comparingDouble(Placed::alongMm)
            .thenComparing(Placed::slice, BY_NUMBER_THEN_ID));
    settleTies(kept, findings);
    findGaps(kept, findings);
    return kept.stream().map(Placed::slice).toList();
  }

  /** Returns the orientation of most slices, on a tie the more axial one; null for no slices. */
  private static @Nullable SliceGeometry mainOrientation(List<Placed> placed) {
    SliceGeometry main = null;
    int most = 0;
    List<SliceGeometry> candidates =
        placed.stream()
            .map(Placed::geometry)
            .sorted(
                Comparator.<SliceGeometry>comparingDouble(g -> -Math.abs(g.normal()[2]))
                    .thenComparing(SliceGeometry::normal, Arrays::compare))
            .toList();
    for (int i = 0; i < candidates.size(); i++) {
      SliceGeometry candidate = candidates.get(i);
      if (i > 0 && Arrays.equals(candidate.normal(), candidates.get(i - 1).normal())) {
        continue;
      }
      int parallel = 0;
      for (SliceGeometry other : candidates) {
        if (candidate.angleDegrees(other) <= SAME_PLANE_DEGREES) {
          parallel++;
        }
      }
      if (parallel > most) {
        most = parallel;
        main = candidate;
      }
    }
    return main;
  }

  private static double alongMm(Slice slice, SliceGeometry main) {
    double[] position = slice.imagePositionMm();
    return position == null ? Double.NaN : SliceGeometry.dot(position, main.normal());
  }

  /** Sorts each run of neighbours within {@link #TIE_MM} by instance number, then id. */
  private static void settleTies(List<Placed> sorted, List<Finding> findings) {
    int start = 0;
    for (int i = 1; i <= sorted.size(); i++) {
      if (i < sorted.size() && sorted.get(i).alongMm() - sorted.get(i - 1).alongMm() <= TIE_MM) {
        continue;
      }
      if (i - start > 1) {
        List<Placed> run = sorted.subList(start, i);
        run.sort(Comparator.comparing(Placed::slice, BY_NUMBER_THEN_ID));
        for (Placed later : run.subList(1, run.size())) {
          findings.add(
              new Finding(
                  Reason.TIE,
                  later.slice().imageId(),
                  format("at %.2f mm, the position of ", later.alongMm())
                      + run.get(0).slice().imageId()));
        }
      }
      start = i;
    }
  }

  private static void findGaps(List<Placed> sorted, List<Finding> findings) {
    List<Placed> distinct = new ArrayList<>();
    for (Placed each : sorted) {
      if (distinct.isEmpty()
          || each.alongMm() - distinct.get(distinct.size() - 1).alongMm() > TIE_MM) {
        distinct.add(each);
      }
    }
    double[] spacings = new double[Math.max(0, distinct.size() - 1)];
    for (int i = 0; i < spacings.length; i++) {
      spacings[i] = distinct.get(i + 1).alongMm() - distinct.get(i).alongMm();
    }
    for (int i = 0; i < spacings.length; i++) {
      double before = median(spacings, i == 0 ? 1 : i - GAP_NEIGHBOURS, i == 0 ? 2 : i);
      int next = i + 1 == spacings.length ? i - 1 : i + 1;
      double after = median(spacings, next, next < i ? i : next + GAP_NEIGHBOURS);
      double around = Math.max(before, after);
      if (spacings[i] > GAP_RATIO * around) {
        findings.add(
            new Finding(
                Reason.GAP,
                distinct.get(i + 1).slice().imageId(),
                format(
                    "%.2f mm from the slice before, neighbouring spacing %.2f mm",
                    spacings[i], around)));
      }
    }
  }

  /** Returns the lower median of the existing part of a range, or NaN, which no value exceeds. */
  private static double median(double[] values, int from, int to) {
    double[] part = Arrays.copyOfRange(values, Math.max(0, from), Math.min(values.length, to));
    Arrays.sort(part);
    return part.length == 0 ? Double.NaN : part[(part.length - 1) / 2];
  }

  private static String format(String pattern, Object... values) {
    return String.format(Locale.ROOT, pattern, values);
  }
}
