package org.headct.ich.domain.series;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.headct.ich.domain.series.SeriesOrder.Reason;
import org.headct.ich.domain.series.SeriesOrder.Slice;
import org.headct.ich.domain.series.Spacing.Placed;
import org.jspecify.annotations.Nullable;

/** The order of slices with geometry along the normal of their main orientation. */
final class NormalOrder {
  private static final double SAME_PLANE_DEGREES = 5;

  private final List<Slice> slices;
  private final @Nullable SliceGeometry main;

  /** Finds the main orientation of these slices, which all have a usable geometry. */
  NormalOrder(List<Slice> slices) {
    this.slices = slices;
    main = mainOrientation(slices.stream().map(NormalOrder::required).toList());
  }

  /** Returns a slice's plane, or null if its position or orientation is not usable. */
  static @Nullable SliceGeometry geometry(Slice slice) {
    return SliceGeometry.of(slice.imagePositionMm(), slice.imageOrientation());
  }

  private static SliceGeometry required(Slice slice) {
    SliceGeometry geometry = geometry(slice);
    if (geometry == null) {
      throw new IllegalArgumentException("no geometry: " + slice.imageId());
    }
    return geometry;
  }

  static String angle(SliceGeometry main, SliceGeometry other) {
    return SeriesOrder.format("%.1f degrees off the main orientation", main.angleDegrees(other));
  }

  @Nullable SliceGeometry main() {
    return main;
  }

  /** Returns whether several slices of the main orientation all lie at one position. */
  boolean isOnePlace() {
    double[] along = kept().stream().mapToDouble(Placed::alongMm).sorted().toArray();
    return along.length > 1 && along[along.length - 1] - along[0] <= Spacing.TIE_MM;
  }

  private List<Placed> kept() {
    List<Placed> kept = new ArrayList<>();
    for (Slice slice : slices) {
      double[] position = slice.imagePositionMm();
      if (main != null
          && position != null
          && main.angleDegrees(required(slice)) <= SAME_PLANE_DEGREES) {
        kept.add(new Placed(slice, SliceGeometry.dot(position, main.normal())));
      }
    }
    return kept;
  }

  /** Returns the slices of the main orientation in order and notes all that is irregular. */
  List<Slice> place(OrderLedger ledger) {
    for (Slice slice : slices) {
      if (main != null && main.angleDegrees(required(slice)) > SAME_PLANE_DEGREES) {
        ledger.leaveOut(slice, Reason.OTHER_ORIENTATION, angle(main, required(slice)));
      }
    }
    return Spacing.order(kept(), ledger);
  }

  /** Returns the orientation of most slices, on a tie the more axial one; null for no slices. */
  private static @Nullable SliceGeometry mainOrientation(List<SliceGeometry> placed) {
    SliceGeometry main = null;
    int most = 0;
    List<SliceGeometry> candidates =
        placed.stream()
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
}
