package org.headct.ich.jobs.classifiers;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.headct.ich.domain.config.ClassifyConfig;

/**
 * The JSON beside a saved classifier: its training input and the chosen parameters.
 *
 * @param asked everything that the result depends on
 * @param folds number of folds of the cross-validation
 * @param points parameters that were tried, in the order of the grid
 * @param chosen index of the best point
 * @param scale scale that turns an SVM's margin into a probability; unused for a forest
 * @param codeVersion version of this program
 */
record ClassifierInfo(
    Asked asked, int folds, List<Point> points, int chosen, MarginScale scale, String codeVersion) {
  ClassifierInfo {
    points = List.copyOf(points);
  }

  /**
   * The training input and settings; a saved classifier with equal ones is not trained again.
   *
   * @param model first digits of the SHA-256 of the model.zip that made the features
   * @param rows number of training images
   * @param positives number of training images with the label
   * @param balance name of the {@link Balance}
   * @param config settings, with the name of the run
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
   * @param parameters values by MLlib's names
   * @param auc mean ROC AUC over the folds
   */
  record Point(Map<String, Double> parameters, double auc) {
    Point {
      parameters = Map.copyOf(parameters);
    }

    /** Returns the parameters as text, such as {@code maxDepth 5, numTrees 100}. */
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

  /** Returns the chosen parameters. */
  Point best() {
    return points.get(chosen);
  }
}
