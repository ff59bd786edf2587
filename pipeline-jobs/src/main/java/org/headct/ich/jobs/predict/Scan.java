package org.headct.ich.jobs.predict;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.headct.ich.domain.metric.Suspicion;
import org.headct.ich.jobs.predict.ScoreTask.Standing;

/**
 * A scan of a dump, as an entry in the list of scans.
 *
 * @param series number of series
 * @param slices number of scored slices
 * @param suspicion suspicion of the scan, by {@link Suspicion#ofScan}; NaN if no slice counts
 * @param highestId image id of the most suspicious slice that counts; empty if none does
 */
record Scan(
    String scanId, String patientId, int series, int slices, double suspicion, String highestId)
    implements Serializable {

  /** The order of scans: the most suspicious first, equal ones by id, unknown ones last. */
  enum Order implements Comparator<Scan> {
    BY_SUSPICION;

    @Override
    public int compare(Scan a, Scan b) {
      int order = Double.compare(rank(b), rank(a));
      return order != 0 ? order : a.scanId.compareTo(b.scanId);
    }

    private static double rank(Scan scan) {
      return Double.isNaN(scan.suspicion) ? -1 : scan.suspicion;
    }
  }

  /**
   * Sums up a scan. Images that are not axial slices, such as localizers, never count for its
   * suspicion, because no network was trained on them. Slices of an unordered series count only if
   * the scan has no ordered ones.
   *
   * @param slices slices of one scan, at least one
   * @param highest number of highest slices that are averaged
   */
  static Scan of(Iterable<ScoredSlice> slices, int highest) {
    List<ScoredSlice> all = new ArrayList<>();
    slices.forEach(all::add);
    ScoredSlice first = all.stream().min(ScoredSlice.BY_STANDING).orElseThrow();
    double[] counting =
        all.stream()
            .filter(slice -> slice.standing() == first.standing())
            .mapToDouble(ScoredSlice::suspicion)
            .toArray();
    boolean counts = first.standing() != Standing.NOT_READ;
    return new Scan(
        first.scanId(),
        first.patientId(),
        (int) all.stream().map(ScoredSlice::seriesId).distinct().count(),
        all.size(),
        counts ? Suspicion.ofScan(counting, highest) : Double.NaN,
        counts ? first.imageId() : "");
  }
}
