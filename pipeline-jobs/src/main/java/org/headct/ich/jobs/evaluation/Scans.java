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
 * Slices combined into scans. A series is as suspicious as its most suspicious slice, and has a
 * finding if one of its slices has it. A worklist would call a scan like this. (Chilamkurthy et
 * al., Lancet 2018, 10.1016/S0140-6736(18)31645-3, evaluate scans, too.)
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
   * Returns the scan scores of a network that reads series. Each scan comes once, ordered by series
   * id; its image id is the series id.
   *
   * @param slices slices with all outputs
   * @param labels number of outputs that belong to slices; the outputs after them belong to scans
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

  /** Returns one scan per series, ordered by series id; its image id is the series id. */
  public List<ScoredImage> whole() {
    return scans(Function.identity());
  }

  /**
   * Returns the scans scored without some of their slices. A scan keeps the labels of its whole
   * series, because the haemorrhage does not depend on the slices that are left.
   *
   * @param share share of missing slices, 0 to 1; at least one slice of a scan stays
   * @param draw seed of the choice
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
