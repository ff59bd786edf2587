package org.headct.ich.jobs.classifiers;

import static org.apache.spark.sql.functions.col;

import org.apache.spark.ml.Model;
import org.apache.spark.ml.classification.LinearSVCModel;
import org.apache.spark.ml.classification.RandomForestClassificationModel;
import org.apache.spark.ml.functions;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** A trained classifier that gives probabilities. */
final class TrainedClassifier {
  private static final String OUTPUT = "said";

  private final Model<?> model;
  private final MarginScale scale;

  /**
   * Combines a model with its scale.
   *
   * @param model model of a {@link Classifier}
   * @param scale scale of an SVM's margins
   */
  TrainedClassifier(Model<?> model, MarginScale scale) {
    this.model = model;
    this.scale = scale;
  }

  /**
   * Adds a column with the probability of the label, 0 to 1.
   *
   * @param rows rows with a column {@link LabelRows#FEATURES}
   */
  Dataset<Row> score(Dataset<Row> rows, String column) {
    return said(rows, model)
        .withColumn(
            column,
            model instanceof LinearSVCModel ? scale.probability(ofTheLabel()) : ofTheLabel())
        .drop(OUTPUT);
  }

  /** Adds the margins of an SVM as column {@link MarginScale#MARGIN}. */
  static Dataset<Row> margins(Dataset<Row> rows, LinearSVCModel svm) {
    return said(rows, svm).withColumn(MarginScale.MARGIN, ofTheLabel()).drop(OUTPUT);
  }

  /** Adds the model's output for both classes: margins of an SVM, probabilities of a forest. */
  private static Dataset<Row> said(Dataset<Row> rows, Model<?> model) {
    if (model instanceof LinearSVCModel svm) {
      LinearSVCModel plain = svm.copy(new ParamMap());
      plain.setPredictionCol("");
      plain.setRawPredictionCol(OUTPUT);
      return plain.transform(rows);
    }
    RandomForestClassificationModel forest =
        ((RandomForestClassificationModel) model).copy(new ParamMap());
    forest.setPredictionCol("");
    forest.setRawPredictionCol("");
    forest.setProbabilityCol(OUTPUT);
    return forest.transform(rows);
  }

  private static Column ofTheLabel() {
    return functions.vector_to_array(col(OUTPUT), "float64").getItem(1);
  }
}
