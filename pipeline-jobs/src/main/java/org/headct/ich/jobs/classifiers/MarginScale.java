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
 * How a margin m becomes a probability, 1 / (1 + exp(−(slope·m + intercept))).
 *
 * <p>Source: J. Platt, "Probabilistic outputs for support vector machines", 1999: a logistic
 * regression of images that the machine did not learn from, whose targets are (N₊ + 1)/(N₊ + 2) and
 * 1/(N₋ + 2) instead of 1 and 0, so that it stays finite where margins tell the classes apart.
 * Where the classifiers weigh classes alike, it does, too, so that a half means the same for all of
 * them.
 *
 * @param source what it was fitted to, in words
 */
record MarginScale(double slope, double intercept, String source) {
  static final String MARGIN = "margin";

  /** The logistic function itself. */
  private static MarginScale plain(String why) {
    return new MarginScale(1, 0, "none: " + why);
  }

  /** Of what is a probability already. */
  static MarginScale none() {
    return plain("the classifier says probabilities");
  }

  /**
   * Fits.
   *
   * @param margins columns image_id, label (0 or 1), margin of images that were not learned from
   * @param balance whether both classes weigh the same
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
    // A target between 0 and 1 is an example of either class, each with its share of the weight.
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

  /** The probability of a margin. */
  Column probability(Column margin) {
    Column logit = margin.multiply(slope).plus(intercept);
    return lit(1).divide(lit(1).plus(org.apache.spark.sql.functions.exp(logit.multiply(-1))));
  }
}
