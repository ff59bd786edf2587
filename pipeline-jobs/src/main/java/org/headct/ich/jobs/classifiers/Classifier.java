package org.headct.ich.jobs.classifiers;

import java.util.Locale;
import org.apache.spark.ml.Estimator;
import org.apache.spark.ml.Model;
import org.apache.spark.ml.classification.LinearSVC;
import org.apache.spark.ml.classification.LinearSVCModel;
import org.apache.spark.ml.classification.RandomForestClassificationModel;
import org.apache.spark.ml.classification.RandomForestClassifier;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.tuning.ParamGridBuilder;
import org.headct.ich.domain.config.ClassifyConfig;

/** A two-class classifier of MLlib that learns a label from features. */
enum Classifier {
  /** {@code LinearSVC}: hinge loss with an L2 penalty, on features scaled to deviation 1. */
  SVM("linear SVM"),
  /** {@code RandomForestClassifier}: the share of the trees' votes is the probability. */
  FOREST("random forest");

  private final String words;

  Classifier(String words) {
    this.words = words;
  }

  /** Returns the readable name. */
  String words() {
    return words;
  }

  /** Returns the name of the classifier's folder. */
  String key() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Returns the name that the tables use for this classifier on a run's features. */
  String run(String run) {
    return run + "+" + key();
  }

  /** An estimator with the grid of parameters to choose from. */
  record Tuned(Estimator<? extends Model<?>> estimator, ParamMap[] grid) {}

  Tuned tuned(ClassifyConfig config) {
    return switch (this) {
      case SVM -> {
        LinearSVC svm =
            new LinearSVC()
                .setStandardization(true)
                .setMaxIter(config.svmIterations())
                .setWeightCol(LabelRows.WEIGHT);
        yield new Tuned(
            svm,
            new ParamGridBuilder()
                .addGrid(
                    svm.regParam(),
                    config.svmRegParams().stream().mapToDouble(Double::doubleValue).toArray())
                .build());
      }
      case FOREST -> {
        RandomForestClassifier forest =
            new RandomForestClassifier().setSeed(config.seed()).setWeightCol(LabelRows.WEIGHT);
        yield new Tuned(
            forest,
            new ParamGridBuilder()
                .addGrid(
                    forest.numTrees(),
                    config.forestTrees().stream().mapToInt(Integer::intValue).toArray())
                .addGrid(
                    forest.maxDepth(),
                    config.forestDepths().stream().mapToInt(Integer::intValue).toArray())
                .build());
      }
    };
  }

  /** Loads a saved model. */
  Model<?> load(String path) {
    return switch (this) {
      case SVM -> LinearSVCModel.load(path);
      case FOREST -> RandomForestClassificationModel.load(path);
    };
  }
}
