package org.headct.ich.jobs.classifiers;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.headct.ich.domain.config.ClassifyConfig;

/**
 * The JSON beside a saved classifier: what it learned from, and which parameters were chosen.
 *
 * @param asked all that decides the outcome
 * @param folds of the cross-validation
 * @param points all parameters that were tried, in the order of the grid
 * @param chosen index of the best point
 * @param scale how the SVM's margin becomes a probability; of a forest as it is
 * @param codeVersion of this program
 */
record ClassifierInfo(
    Asked asked, int folds, List<Point> points, int chosen, MarginScale scale, String codeVersion) {
  ClassifierInfo {
    points = List.copyOf(points);
  }

  /**
   * What was to be learned; a classifier of the same is not trained again.
   *
   * @param model first digits of the SHA-256 of the model.zip that made the features
   * @param rows training images
   * @param positives those among them with the label
   * @param balance what makes up for the rarer class, as select.balance names it
   * @param config with the name of the run
   */
  record Asked(
      String classifier,
      String label,
      String model,
      long tensorSnapshot,
      long rows,
      long positives,
      String balance,
      ClassifyConfig config) {}

  /**
   * Parameters that were tried.
   *
   * @param parameters by MLlib's names
   * @param auc mean ROC AUC over the folds
   */
  record Point(Map<String, Double> parameters, double auc) {
    Point {
      parameters = Map.copyOf(parameters);
    }

    /** {@code maxDepth 5, numTrees 100}. */
    String text() {
      return parameters.entrySet().stream()
          .sorted(Map.Entry.comparingByKey())
          .map(one -> one.getKey() + " " + number(one.getValue()))
          .collect(Collectors.joining(", "));
    }

    private static String number(double value) {
      return value == Math.rint(value) ? Long.toString((long) value) : Double.toString(value);
    }
  }

  /** The parameters that were chosen. */
  Point best() {
    return points.get(chosen);
  }
}
