package org.headct.ich.domain.series;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.headct.ich.domain.series.SeriesOrder.Reason;
import org.headct.ich.domain.series.SeriesOrder.Slice;

/**
 * The order of slices by their places in mm, with ties and gaps. A gap is a spacing above 1.5 times
 * the median of the three spacings before it and above 1.5 times the median of the three after it.
 * A missing slice is therefore a gap; a protocol that changes its spacing is not. At an end the
 * next spacing replaces the missing side.
 */
final class Spacing {
  /** The distance in mm up to which neighbours are at one place. */
  static final double TIE_MM = 0.01;

  private static final double GAP_RATIO = 1.5;
  private static final int GAP_NEIGHBOURS = 3;

  private Spacing() {}

  /** A slice with its place in mm. */
  record Placed(Slice slice, double alongMm) {}

  /** Returns the slices in order of their places and notes ties and gaps. */
  static List<Slice> order(List<Placed> places, OrderLedger ledger) {
    List<Placed> sorted = new ArrayList<>(places);
    sorted.sort(
        Comparator.comparingDouble(Placed::alongMm)
            .thenComparing(Placed::slice, SeriesOrder.BY_NUMBER_THEN_ID));
    settleTies(sorted, ledger);
    findGaps(sorted, ledger);
    return sorted.stream().map(Placed::slice).toList();
  }

  /** Sorts each run of neighbours within {@link #TIE_MM} by instance number, then id. */
  private static void settleTies(List<Placed> sorted, OrderLedger ledger) {
    int start = 0;
    for (int i = 1; i <= sorted.size(); i++) {
      if (i < sorted.size() && sorted.get(i).alongMm() - sorted.get(i - 1).alongMm() <= TIE_MM) {
        continue;
      }
      if (i - start > 1) {
        List<Placed> run = sorted.subList(start, i);
        run.sort(Comparator.comparing(Placed::slice, SeriesOrder.BY_NUMBER_THEN_ID));
        for (Placed later : run.subList(1, run.size())) {
          ledger.note(
              Reason.TIE,
              later.slice().imageId(),
              SeriesOrder.format("at %.2f mm, the position of ", later.alongMm())
                  + run.get(0).slice().imageId());
        }
      }
      start = i;
    }
  }

  private static void findGaps(List<Placed> sorted, OrderLedger ledger) {
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
        ledger.note(
            Reason.GAP,
            distinct.get(i + 1).slice().imageId(),
            SeriesOrder.format(
                "%.2f mm from the slice before, neighbouring spacing %.2f mm",
                spacings[i], around));
      }
    }
  }

  /** Returns the lower median of the existing part of a range, or NaN, which no value exceeds. */
  private static double median(double[] values, int from, int to) {
    double[] part = Arrays.copyOfRange(values, Math.max(0, from), Math.min(values.length, to));
    Arrays.sort(part);
    return part.length == 0 ? Double.NaN : part[(part.length - 1) / 2];
  }
}
