package org.headct.ich.jobs.predict;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.headct.ich.domain.metric.Suspicion;

/**
 * A scan of a dump, as an entry in the list of scans.
 *
 * @param series number of series
 * @param slices number of scored slices
 * @param suspicion suspicion of the scan, by {@link Suspicion#ofScan}
 * @param highestId image id of the most suspicious slice
 */
record Scan(
    String scanId, String patientId, int series, int slices, double suspicion, String highestId)
    implements Serializable {

  /** The order of scans: the most suspicious first, equal ones by id. */
  enum Order implements Comparator<Scan> {
    BY_SUSPICION;

    @Override
    public int compare(Scan a, Scan b) {
      int order = Double.compare(b.suspicion, a.suspicion);
      return order != 0 ? order : a.scanId.compareTo(b.scanId);
    }
  }

  /**
   * Sums up a scan. Slices without a position in their series, mostly localizers, do not count for
   * its suspicion, because no network was trained on them. They count only if the scan has no
   * others.
   *
   * @param slices slices of one scan, at least one
   * @param highest number of highest slices that are averaged
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
