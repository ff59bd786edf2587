package org.headct.ich.jobs.evaluation;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.headct.ich.domain.metric.Confusion;
import org.headct.ich.domain.metric.LogLoss;
import org.headct.ich.domain.metric.Ranking;
import org.headct.ich.domain.metric.Statistic;
import org.headct.ich.jobs.scoring.ScoredImage;

/** The scores and labels of one class, image by image. */
record ClassExamples(double[] scores, boolean[] truth, Ranking ranking) {
  /**
   * Returns the scores and labels of one class.
   *
   * @param output index of the class among the scores
   */
  static ClassExamples of(int output, List<ScoredImage> scored) {
    double[] scores = new double[scored.size()];
    boolean[] truth = new boolean[scored.size()];
    for (int i = 0; i < scores.length; i++) {
      scores[i] = scored.get(i).scores()[output];
      truth[i] = scored.get(i).labels()[output] > 0;
    }
    return new ClassExamples(scores, truth, Ranking.of(scores, truth));
  }

  long positives() {
    return IntStream.range(0, truth.length).filter(i -> truth[i]).count();
  }

  /** Returns all figures by name, as functions of the images' counts in a resample. */
  Map<String, Statistic> statistics(double threshold) {
    Map<String, Statistic> statistics = new LinkedHashMap<>();
    statistics.put("accuracy", c -> Confusion.at(threshold, scores, truth, c).accuracy());
    statistics.put("recall", c -> Confusion.at(threshold, scores, truth, c).recall());
    statistics.put("specificity", c -> Confusion.at(threshold, scores, truth, c).specificity());
    statistics.put("precision", c -> Confusion.at(threshold, scores, truth, c).precision());
    statistics.put("f1", c -> Confusion.at(threshold, scores, truth, c).f1());
    statistics.put("roc_auc", ranking::auc);
    statistics.put("pr_auc", ranking::averagePrecision);
    statistics.put("log_loss", Statistic.mean(LogLoss.each(scores, truth)));
    return statistics;
  }
}
