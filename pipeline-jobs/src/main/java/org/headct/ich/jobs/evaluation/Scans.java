package org.headct.ich.jobs.evaluation;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.headct.ich.domain.sample.StableHash;
import org.headct.ich.jobs.scoring.ScoredImage;

/**
 * Slices put together to scans: a series is as suspicious as the most suspicious of its slices, and
 * has a finding if one of them has. This is how a worklist would call a scan (Chilamkurthy et al.,
 * Lancet 2018, 10.1016/S0140-6736(18)31645-3, judge scans, too).
 */
public final class Scans {
  private final Map<String, List<ScoredImage>> bySeries;

  public Scans(List<ScoredImage> slices) {
    bySeries =
        slices.stream()
            .collect(
                Collectors.groupingBy(
                    ScoredImage::seriesId, TreeMap::new, Collectors.toUnmodifiableList()));
  }

  /**
   * What a network that reads series says of the scans itself: each scan once, in the order of the
   * series' ids; its image id is the series'.
   *
   * @param slices with all outputs
   * @param labels how many of them are the slices'; those behind are the scans'
   */
  public static List<ScoredImage> answered(List<ScoredImage> slices, int labels) {
    Map<String, ScoredImage> scans = new TreeMap<>();
    for (ScoredImage slice : slices) {
      ScoredImage scan = slice.outputs(labels, slice.scores().length);
      scans.putIfAbsent(
          slice.seriesId(),
          new ScoredImage(
              slice.seriesId(), slice.patientId(), slice.seriesId(), scan.scores(), scan.labels()));
    }
    return List.copyOf(scans.values());
  }

  /** A scan each, in the order of the series' ids; its image id is the series'. */
  public List<ScoredImage> whole() {
    return scans(Function.identity());
  }

  /**
   * The same scans with some of their slices gone. What a scan shows stays what its whole series
   * shows, for a haemorrhage is there whether its slices are or not.
   *
   * @param share of the slices that are gone, 0 to 1; one of a scan stays
   * @param draw decides which go
   */
  public List<ScoredImage> without(double share, long draw) {
    return scans(
        slices ->
            slices.stream()
                .sorted(
                    (a, b) ->
                        Long.compare(
                            StableHash.of(draw, a.imageId()), StableHash.of(draw, b.imageId())))
                .skip(Math.min(slices.size() - 1, Math.round(share * slices.size())))
                .toList());
  }

  private List<ScoredImage> scans(Function<List<ScoredImage>, List<ScoredImage>> there) {
    List<ScoredImage> scans = new ArrayList<>(bySeries.size());
    bySeries.forEach((series, slices) -> scans.add(scan(series, slices, there.apply(slices))));
    return scans;
  }

  private static ScoredImage scan(String series, List<ScoredImage> all, List<ScoredImage> there) {
    ScoredImage first = all.get(0);
    float[] scores = new float[first.scores().length];
    byte[] labels = new byte[first.labels().length];
    for (int output = 0; output < scores.length; output++) {
      for (ScoredImage slice : there) {
        scores[output] = Math.max(scores[output], slice.scores()[output]);
      }
      for (ScoredImage slice : all) {
        labels[output] = (byte) Math.max(labels[output], slice.labels()[output]);
      }
    }
    return new ScoredImage(series, first.patientId(), series, scores, labels);
  }
}
