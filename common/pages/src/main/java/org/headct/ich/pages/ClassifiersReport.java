package org.headct.ich.pages;

import java.util.List;
import org.headct.ich.pages.EvaluationReport.ClassScores;
import org.headct.ich.pages.EvaluationReport.Curve;

/**
 * Classifiers of a network's features beside the network's own head, as plain data.
 *
 * @param features numbers of an image
 * @param images of the training part and of the test part
 * @param origin whose heads they are
 * @param systems the network first, then the classifiers
 * @param choices what the cross-validation tried
 * @param leftOut labels that could not be learned, each with why
 * @param results published figures
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

  /** How many images. */
  public record Images(long training, long test) {}

  /**
   * What one system says of the test part.
   *
   * @param name in words
   * @param scores none for a network that was not evaluated
   * @param roc none for the network, whose own page has them
   */
  public record Classified(String name, QueryResult<ClassScores> scores, QueryResult<Curve> roc) {}

  /**
   * Parameters that were tried for one label.
   *
   * @param parameters in words
   * @param auc mean ROC AUC over the folds
   * @param scale what margins were made probabilities by, in words
   */
  public record Choice(
      String classifier,
      String label,
      String parameters,
      int folds,
      double auc,
      Chosen chosen,
      String scale) {}

  /** Whether it was the best. */
  public enum Chosen {
    YES,
    NO
  }
}
