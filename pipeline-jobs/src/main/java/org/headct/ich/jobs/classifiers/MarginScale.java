package org.headct.ich.jobs.classifiers;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.when;

import org.apache.spark.ml.classification.LogisticRegression;
import org.apache.spark.ml.classification.LogisticRegressionModel;
import org.apache.spark.ml.functions;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.headct.ich.domain.sample.ClassWeights;

/**
 * The scale that turns a margin m into a probability, 1 / (1 + exp(−(slope·m + intercept))).
 *
 * <p>Source: J. Platt, "Probabilistic outputs for support vector machines", 1999. It is a logistic
 * regression on images that the SVM did not learn from. Its targets are (N₊ + 1)/(N₊ + 2) and 1/(N₋
 * + 2) instead of 1 and 0, so it stays finite if margins separate the classes. If the classifiers
 * use class weights, so does the scale: a probability of 0.5 then means the same for all of them.
 *
 * @param source description of the images that it was fitted to
 */
record MarginScale(double slope, double intercept, String source) {
  static final String MARGIN = "margin";

  /** Returns the plain logistic function. */
  private static MarginScale plain(String why) {
    return new MarginScale(1, 0, "none: " + why);
  }

  /** Returns the scale of a classifier that gives probabilities already. */
  static MarginScale none() {
    return plain("the classifier gives probabilities");
  }

  /**
   * Fits a scale to margins.
   *
   * @param margins columns image_id, label (0 or 1) and margin, of images that were not trained on
   * @param balance balance of the classes; decides on class weights
   */
  static MarginScale fit(Dataset<Row> margins, Balance balance) {
    long positives = margins.where(col(LabelRows.LABEL).equalTo(1)).count();
    long negatives = margins.count() - positives;
    if (positives == 0 || negatives == 0) {
      return plain(
          "the validation part has %d images with the label and %d without"
              .formatted(positives, negatives));
    }
    ClassWeights weights = new ClassWeights(negatives, positives);
    boolean alike = balance == Balance.CLASS_WEIGHTS;
    Column positive = col(LabelRows.LABEL).equalTo(1);
    Column target =
        when(positive, lit((positives + 1.0) / (positives + 2))).otherwise(1.0 / (negatives + 2));
    Column weight =
        when(positive, lit(alike ? weights.positive() : 1))
            .otherwise(alike ? weights.negative() : 1.0);
    // A target between 0 and 1 becomes two examples, one per class, that share its weight.
    Dataset<Row> examples =
        margins
            .repartition(1)
            .sortWithinPartitions(LabelRows.IMAGE)
            .select(
                functions.array_to_vector(array(col(MARGIN))).as(LabelRows.FEATURES),
                explode(
                        array(
                            struct(
                                lit(1.0).as(LabelRows.LABEL),
                                weight.multiply(target).as(LabelRows.WEIGHT)),
                            struct(
                                lit(0.0).as(LabelRows.LABEL),
                                weight.multiply(lit(1).minus(target)).as(LabelRows.WEIGHT))))
                    .as("example"))
            .select(LabelRows.FEATURES, "example.*");
    LogisticRegressionModel fitted =
        new LogisticRegression().setWeightCol(LabelRows.WEIGHT).fit(examples);
    double slope = fitted.coefficients().apply(0);
    if (!(slope > 0)) {
      return plain("margins do not rise with the label in the validation part");
    }
    return new MarginScale(
        slope,
        fitted.intercept(),
        "%,d images of the validation part".formatted(positives + negatives));
  }

  /** Returns the probability of a margin. */
  Column probability(Column margin) {
    Column logit = margin.multiply(slope).plus(intercept);
    return lit(1).divide(lit(1).plus(org.apache.spark.sql.functions.exp(logit.multiply(-1))));
  }
}
