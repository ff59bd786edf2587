package org.headct.ich.jobs.averaging;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.headct.ich.domain.metric.Ranking;
import org.headct.ich.domain.training.Head;
import org.headct.ich.jobs.scoring.ScoredImage;

/**
 * The validation figures that control training.
 *
 * @param loss mean binary cross-entropy, summed over the outputs; a scan counts as often as it has
 *     slices, as in training
 * @param auc area under the ROC curve of each output that has both classes; for an output for scans
 *     each scan counts once
 */
record Validation(double loss, Map<String, Double> auc) {
  /** The clipping of DL4J: no prediction costs more than −ln(1e-5). */
  private static final double CLIP = 1e-5;

  static Validation of(Head head, List<ScoredImage> scored) {
    Map<String, Double> auc = new LinkedHashMap<>();
    double loss = 0;
    boolean series = scored.get(0).scores().length > head.labels().size();
    List<String> outputs = head.outputs(series);
    List<ScoredImage> scans = series ? scans(scored) : List.of();
    for (int o = 0; o < outputs.size(); o++) {
      loss += loss(scored, o);
      double area = auc(o < head.labels().size() ? scored : scans, o);
      if (!Double.isNaN(area)) {
        auc.put(outputs.get(o), area);
      }
    }
    return new Validation(loss, auc);
  }

  /** Returns one slice of each scan, because all slices of a scan have its outputs. */
  private static List<ScoredImage> scans(List<ScoredImage> scored) {
    Map<String, ScoredImage> bySeries = new LinkedHashMap<>();
    scored.forEach(image -> bySeries.putIfAbsent(image.seriesId(), image));
    return List.copyOf(bySeries.values());
  }

  private static double loss(List<ScoredImage> scored, int output) {
    double sum = 0;
    for (ScoredImage image : scored) {
      double p = Math.min(1 - CLIP, Math.max(CLIP, image.scores()[output]));
      sum -= Math.log(image.labels()[output] > 0 ? p : 1 - p);
    }
    return sum / scored.size();
  }

  private static double auc(List<ScoredImage> scored, int output) {
    double[] scores = new double[scored.size()];
    boolean[] positives = new boolean[scored.size()];
    for (int i = 0; i < scores.length; i++) {
      scores[i] = scored.get(i).scores()[output];
      positives[i] = scored.get(i).labels()[output] > 0;
    }
    return Ranking.of(scores, positives).auc();
  }
}
