package org.headct.ich.domain.ct;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Puts the slices of one series in order along the normal of its planes [PS3.3 C.7.6.2.1.1], see
 * {@link SliceGeometry} for its direction. The result depends on the set of slices, never on the
 * order in which they come.
 *
 * <ol>
 *   <li>The main orientation is the one that most slices have; slices more than 5° off it
 *       (localizers, reformats) are left out, a finding each.
 *   <li>Slices without usable geometry are left out, a finding each; but if they are more than half
 *       of the series, all are ordered by InstanceNumber instead, with one finding for the series.
 *   <li>All positions are projections on the one main normal. Positions within 0.01 mm of their
 *       neighbour are a tie: InstanceNumber decides (absent comes last), then the image id.
 *   <li>A gap is a spacing above 1.5 times both the median of the three spacings before it and that
 *       of the three after it, so that a protocol that changes its spacing is no gap but a missing
 *       slice is. At an end the next spacing stands in for the side that is not there.
 * </ol>
 */
public final class SeriesOrder {
  /** A series shorter than this is a finding: the middle slices of the reference pipeline. */
  public static final int SHORT_SERIES_BELOW = 5;

  private static final double SAME_PLANE_DEGREES = 5;
  private static final double TIE_MM = 0.01;
  private static final double GAP_RATIO = 1.5;
  private static final int GAP_NEIGHBOURS = 3;

  private static final Comparator<Slice> BY_NUMBER_THEN_ID =
      Comparator.comparing(Slice::instanceNumber, Comparator.nullsLast(Comparator.naturalOrder()))
          .thenComparing(Slice::imageId);

  private SeriesOrder() {}

  /** Why something is noted; closed list. */
  public enum Reason {
    /** Two slices at one position; the finding names the later one. */
    TIE,
    /** Slices seem to be missing before this one. */
    GAP,
    /** Fewer slices than wanted; of the series, without an image id. */
    SHORT_SERIES,
    /** Left out: not parallel to the series' main orientation. */
    OTHER_ORIENTATION,
    /** Left out for want of position or orientation; without an image id: the whole series. */
    NO_GEOMETRY
  }

  /**
   * What is needed of a slice to place it.
   *
   * @param imageId unique in the series
   * @param imagePositionMm 3 values or null
   * @param imageOrientation 6 direction cosines or null
   */
  @SuppressWarnings("ArrayRecordComponent") // the header's vectors, read only
  public record Slice(
      String imageId,
      @Nullable Integer instanceNumber,
      double @Nullable [] imagePositionMm,
      double @Nullable [] imageOrientation) {}

  /** Something noteworthy; {@code imageId} is empty where it is about the series. */
  public record Finding(Reason reason, String imageId, String detail) {}

  /**
   * The series in order and what was noticed.
   *
   * @param slices in order; with the slices of findings OTHER_ORIENTATION and NO_GEOMETRY (those
   *     that name an image) they make up the input
   * @param findings left-out slices by image id first, then ties and gaps in order of position
   */
  public record Ordered(List<Slice> slices, List<Finding> findings) {
    public Ordered {
      slices = List.copyOf(slices);
      findings = List.copyOf(findings);
    }
  }

  private record Placed(Slice slice, SliceGeometry geometry, double alongMm) {}

  /** As {@link #order(List, int)} with {@link #SHORT_SERIES_BELOW}. */
  public static Ordered order(List<Slice> series) {
    return order(series, SHORT_SERIES_BELOW);
  }

  /**
   * Orders one series.
   *
   * @param shortBelow how many slices in order a series must have not to be a finding
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
              unplaced.size() + " of " + input.size() + " slices; ordered by InstanceNumber"));
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
          new Finding(Reason.SHORT_SERIES, "", slices.size() + " of at least " + shortBelow));
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
                format("%.1f degrees off the series", angle)));
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

  /** Null only for no slices. Ties between orientations go to the more axial, then by figures. */
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

  /** Sorts each run of neighbours within {@link #TIE_MM} by instance number and id. */
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
                  format("at %.2f mm with ", later.alongMm()) + run.get(0).slice().imageId()));
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
                format("%.2f mm after the slice before, %.2f mm around", spacings[i], around)));
      }
    }
  }

  /** The lower median of the part of a range that exists, or NaN, which is never exceeded. */
  private static double median(double[] values, int from, int to) {
    double[] part = Arrays.copyOfRange(values, Math.max(0, from), Math.min(values.length, to));
    Arrays.sort(part);
    return part.length == 0 ? Double.NaN : part[(part.length - 1) / 2];
  }

  private static String format(String pattern, Object... values) {
    return String.format(Locale.ROOT, pattern, values);
  }
}
