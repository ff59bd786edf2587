package org.headct.ich.domain.config;

import java.util.List;

/**
 * Settings of {@code extract-features} and {@code train-classifiers}.
 *
 * @param run name of the run under {@code models.path} whose network makes the features; empty for
 *     the newest
 * @param folds of the cross-validation, at most; dealt by patient
 * @param seed of the folds and of the forests
 * @param svmRegParams regularisations of the linear SVM to choose from
 * @param svmIterations most steps of the SVM's optimiser
 * @param forestTrees numbers of trees to choose from
 * @param forestDepths depths of the trees to choose from
 * @param partitionBytes of features that one task takes
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

  /** The same for a run that is named. */
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
        // MLlib's own limit: a tree's nodes are numbered by 31 bits.
        settings.integers("classify.forest-depths", 1, 30),
        settings.bytes("classify.partition-size", 1 << 10, 1L << 30));
  }
}
