package org.headct.ich.jobs.classifiers;

import static org.apache.spark.sql.functions.col;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.spark.ml.Model;
import org.apache.spark.ml.classification.LinearSVCModel;
import org.apache.spark.ml.evaluation.BinaryClassificationEvaluator;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.param.ParamPair;
import org.apache.spark.ml.tuning.CrossValidator;
import org.apache.spark.ml.tuning.CrossValidatorModel;
import org.apache.spark.ml.util.MLWritable;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.headct.ich.domain.config.ClassifyConfig;
import org.headct.ich.domain.label.Subtype;
import org.headct.ich.jobs.run.CodeVersion;
import scala.collection.JavaConverters;

/** The training of classifiers, label by label. Saved classifiers are used again. */
final class ClassifierTraining {
  /** The most models that are trained at once; more would wait for each other on the driver. */
  private static final int MOST_AT_ONCE = 8;

  private final ClassifyConfig config;
  private final ClassifierStore store;
  private final Balance balance;
  private final Dataset<Row> validation;
  private final int atOnce;
  private int trained;

  /**
   * Prepares the training.
   *
   * @param validation validation part, from {@link FeatureRows#part}
   * @param idleCores number of models whose tasks fit on the cores at once
   */
  ClassifierTraining(
      ClassifyConfig config,
      ClassifierStore store,
      Balance balance,
      Dataset<Row> validation,
      int idleCores) {
    this.config = config;
    this.store = store;
    this.balance = balance;
    this.validation = validation;
    this.atOnce = Math.max(1, Math.min(MOST_AT_ONCE, idleCores));
  }

  /** Returns the number of classifiers that were trained, without those that were saved before. */
  int trained() {
    return trained;
  }

  /**
   * Returns the saved classifier; trains it first if it is missing or has other input or settings.
   *
   * @param asked everything that the result depends on
   */
  ClassifierInfo of(
      Classifier classifier, Subtype label, LabelRows rows, ClassifierInfo.Asked asked)
      throws IOException {
    Optional<ClassifierInfo> saved = store.find(classifier, label, asked);
    if (saved.isPresent()) {
      return saved.get();
    }
    Classifier.Tuned tuned = classifier.tuned(config);
    CrossValidatorModel chosen =
        new CrossValidator()
            .setEstimator(tuned.estimator())
            .setEstimatorParamMaps(tuned.grid())
            // Compute the ROC curve from all scores, not from a thousand bins.
            .setEvaluator(
                new BinaryClassificationEvaluator().setMetricName("areaUnderROC").setNumBins(0))
            .setNumFolds(rows.folds())
            .setFoldCol(LabelRows.FOLD)
            .setSeed(config.seed())
            .setParallelism(atOnce)
            .fit(rows.rows());
    double[] areas = chosen.avgMetrics();
    List<ClassifierInfo.Point> points = new ArrayList<>();
    int best = 0;
    for (int i = 0; i < areas.length; i++) {
      points.add(new ClassifierInfo.Point(parameters(tuned.grid()[i]), areas[i]));
      best = areas[i] > areas[best] ? i : best;
    }
    Model<?> model = chosen.bestModel();
    ClassifierInfo info =
        new ClassifierInfo(
            asked, rows.folds(), points, best, scale(model, label), CodeVersion.current());
    store.save(classifier, label, (MLWritable) model, info);
    trained++;
    return info;
  }

  private MarginScale scale(Model<?> model, Subtype label) {
    if (!(model instanceof LinearSVCModel svm)) {
      return MarginScale.none();
    }
    Dataset<Row> labelled =
        validation.withColumn(LabelRows.LABEL, col(label.column()).cast("double"));
    return MarginScale.fit(
        TrainedClassifier.margins(labelled, svm)
            .select(LabelRows.IMAGE, LabelRows.LABEL, MarginScale.MARGIN),
        balance);
  }

  private static Map<String, Double> parameters(ParamMap map) {
    Map<String, Double> parameters = new TreeMap<>();
    for (ParamPair<?> pair : JavaConverters.seqAsJavaList(map.toSeq())) {
      parameters.put(pair.param().name(), ((Number) pair.value()).doubleValue());
    }
    return parameters;
  }
}
