package org.headct.ich.domain.config;

import java.util.List;

/**
 * Settings of {@code extract-features} and {@code train-classifiers}.
 *
 * @param run name of the run under {@code models.path} whose network makes the features; empty for
 *     the newest
 * @param folds the largest number of cross-validation folds; folds are dealt by patient
 * @param seed random seed of the folds and of the forests
 * @param svmRegParams candidate regularisations of the linear SVM
 * @param svmIterations the largest number of steps of the SVM's optimiser
 * @param forestTrees candidate numbers of trees
 * @param forestDepths candidate depths of the trees
 * @param partitionBytes bytes of features that one task takes
 */
public record ClassifyConfig(
    String run,
    int folds,
    long seed,
    List<Double> svmRegParams,
    int svmIterations,
    List<Integer> forestTrees,
    List<Integer> forestDepths,
    long partitionBytes) {

  public ClassifyConfig {
    svmRegParams = List.copyOf(svmRegParams);
    forestTrees = List.copyOf(forestTrees);
    forestDepths = List.copyOf(forestDepths);
  }

  /** Returns these settings for the run of that name. */
  public ClassifyConfig ofRun(String name) {
    return new ClassifyConfig(
        name, folds, seed, svmRegParams, svmIterations, forestTrees, forestDepths, partitionBytes);
  }

  public static ClassifyConfig from(Settings settings) {
    return new ClassifyConfig(
        TrainConfig.name(settings, "classify.run"),
        settings.integer("classify.folds", 2, 20),
        settings.seed("classify.seed"),
        settings.numbers("classify.svm-reg-params", 1e-9, 1e6),
        settings.integer("classify.svm-iterations", 1, 10_000),
        settings.integers("classify.forest-trees", 1, 10_000),
        // MLlib's own limit: it numbers the nodes of a tree with 31 bits.
        settings.integers("classify.forest-depths", 1, 30),
        settings.bytes("classify.partition-size", 1 << 10, 1L << 30));
  }
}
