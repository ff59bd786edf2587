package org.headct.ich.jobs.model;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The figures that training goes by.
 *
 * @param loss weighted mean binary cross-entropy, summed over the outputs
 * @param auc area under the ROC curve of each output that has both classes
 */
record Validation(double loss, Map<String, Double> auc) {
  /** As DL4J clips: no single answer costs more than −ln(1e-5). */
  private static final double CLIP = 1e-5;

  static Validation of(Head head, List<ScoredImage> scored) {
    Map<String, Double> auc = new LinkedHashMap<>();
    double loss = 0;
    for (int o = 0; o < head.labels().size(); o++) {
      int output = o;
      loss += loss(scored, output);
      double area = auc(scored, output);
      if (!Double.isNaN(area)) {
        auc.put(head.labels().get(o), area);
      }
    }
    return new Validation(loss, auc);
  }

  private static double loss(List<ScoredImage> scored, int output) {
    double sum = 0;
    double weights = 0;
    for (ScoredImage image : scored) {
      double p = Math.min(1 - CLIP, Math.max(CLIP, image.scores()[output]));
      sum -= image.weight() * Math.log(image.labels()[output] > 0 ? p : 1 - p);
      weights += image.weight();
    }
    return sum / weights;
  }

  /** Mann-Whitney: the share of (positive, negative) pairs in the right order, ties as half. */
  private static double auc(List<ScoredImage> scored, int output) {
    List<ScoredImage> ascending =
        scored.stream().sorted(Comparator.comparingDouble(s -> s.scores()[output])).toList();
    double negatives = 0;
    double positives = 0;
    double ordered = 0;
    for (int i = 0; i < ascending.size(); ) {
      double tiedNegatives = 0;
      double tiedPositives = 0;
      float score = ascending.get(i).scores()[output];
      for (; i < ascending.size() && ascending.get(i).scores()[output] == score; i++) {
        if (ascending.get(i).labels()[output] > 0) {
          tiedPositives++;
        } else {
          tiedNegatives++;
        }
      }
      ordered += tiedPositives * (negatives + tiedNegatives / 2);
      negatives += tiedNegatives;
      positives += tiedPositives;
    }
    return positives == 0 || negatives == 0 ? Double.NaN : ordered / (positives * negatives);
  }
}
