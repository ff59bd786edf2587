package org.headct.ich.pages;

import java.util.List;
import org.headct.ich.pages.EvaluationReport.ClassScores;
import org.headct.ich.pages.EvaluationReport.Curve;

/**
 * Results of classifiers on a network's features, beside those of the network's own head, as plain
 * data.
 *
 * @param features number of features per image
 * @param images numbers of images in the training part and in the test part
 * @param origin origin of the slices: patients, phantoms or both
 * @param systems results of the network, then those of the classifiers
 * @param choices parameters that cross-validation tried
 * @param leftOut labels that could not be learned, each with the reason
 * @param results published results
 */
public record ClassifiersReport(
    EvaluationReport.Run run,
    int features,
    Images images,
    DataOrigin origin,
    List<ClassifiersReport.Classified> systems,
    QueryResult<Choice> choices,
    List<String> leftOut,
    List<PublishedResult> results) {
  public ClassifiersReport {
    systems = List.copyOf(systems);
    leftOut = List.copyOf(leftOut);
    results = List.copyOf(results);
  }

  /** The numbers of images by part of the split. */
  public record Images(long training, long test) {}

  /**
   * One system's results on the test part.
   *
   * @param name readable name of the system
   * @param scores scores by class; empty for a network that was not evaluated
   * @param roc ROC curves; empty for the network, because its own page has them
   */
  public record Classified(String name, QueryResult<ClassScores> scores, QueryResult<Curve> roc) {}

  /**
   * Parameters that were tried for one label.
   *
   * @param parameters parameters as readable text
   * @param auc mean ROC AUC over the folds
   * @param scale description of the scale that turns margins into probabilities
   */
  public record Choice(
      String classifier,
      String label,
      String parameters,
      int folds,
      double auc,
      Chosen chosen,
      String scale) {}

  /** The mark of the best parameters. */
  public enum Chosen {
    YES,
    NO
  }
}
