package org.headct.ich.jobs.predict;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.headct.ich.domain.metric.Suspicion;

/**
 * A scan of a dump, as a list of scans has it.
 *
 * @param series how many it has
 * @param slices of them that are scored
 * @param suspicion as {@link Suspicion#ofScan} has it
 * @param highestId its most suspicious slice
 */
record Scan(
    String scanId, String patientId, int series, int slices, double suspicion, String highestId)
    implements Serializable {

  /** The most suspicious first; of equal ones, by id. */
  enum Order implements Comparator<Scan> {
    BY_SUSPICION;

    @Override
    public int compare(Scan a, Scan b) {
      int order = Double.compare(b.suspicion, a.suspicion);
      return order != 0 ? order : a.scanId.compareTo(b.scanId);
    }
  }

  /**
   * Sums up a scan. Slices without a place in their series, localizers most of them, do not count
   * for its suspicion: no network was trained on such. If it has no others, they do.
   *
   * @param slices of one scan, at least one
   * @param highest so many of its highest slices are averaged
   */
  static Scan of(Iterable<ScoredSlice> slices, int highest) {
    List<ScoredSlice> all = new ArrayList<>();
    slices.forEach(all::add);
    List<ScoredSlice> placed = all.stream().filter(s -> s.position() != null).toList();
    List<ScoredSlice> counting = placed.isEmpty() ? all : placed;
    ScoredSlice first = counting.stream().min(ScoredSlice.BY_SUSPICION).orElseThrow();
    return new Scan(
        first.scanId(),
        first.patientId(),
        (int) all.stream().map(ScoredSlice::seriesId).distinct().count(),
        all.size(),
        Suspicion.ofScan(counting.stream().mapToDouble(ScoredSlice::suspicion).toArray(), highest),
        first.imageId());
  }
}
