package org.headct.ich.jobs.classifiers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.storage.StorageLevel;
import org.headct.ich.domain.config.ClassifyConfig;
import org.headct.ich.domain.config.EvaluateConfig;
import org.headct.ich.domain.config.Settings;
import org.headct.ich.domain.error.DataRefusedException;
import org.headct.ich.domain.label.Subtype;
import org.headct.ich.domain.sample.Split;
import org.headct.ich.jobs.evaluation.EvaluationStore;
import org.headct.ich.jobs.modelstore.ModelStore;
import org.headct.ich.jobs.modelstore.RunInfo;
import org.headct.ich.jobs.report.JobReport;
import org.headct.ich.jobs.run.Job;
import org.headct.ich.jobs.run.JobContext;
import org.headct.ich.jobs.run.JobPlan;
import org.headct.ich.jobs.table.FeaturesTable;
import org.headct.ich.jobs.table.MetricsTable;
import org.headct.ich.jobs.table.PredictionsTable;
import org.headct.ich.pages.ClassifiersPage;
import picocli.CommandLine.Command;

/** The command that trains MLlib's classifiers on a network's features and evaluates them. */
@Command(
    name = "train-classifiers",
    header = "Trains an SVM and a random forest on the features.",
    description =
        "Trains a linear SVM and a random forest (MLlib) on a network's features, cross-validated by patient, and evaluates both.",
    footer = {
      "Reads:   ich.features (extract-features), ich.metrics for the network's own figures",
      "Writes:  models.path/<run>/classifiers/, ich.predictions and ich.metrics as runs <run>+svm and <run>+forest,",
      "         reports.path/classifiers-<run>.html",
      "Example: ich train-classifiers --set classify.run=NAME (the newest run if none is named)",
      "Saved classifiers with the same features and settings are not trained again, so a killed"
          + " run can be continued."
    })
public final class TrainClassifiersJob implements Job {
  private static final FeaturesTable FEATURES = new FeaturesTable();

  @Override
  public String name() {
    return "train-classifiers";
  }

  @Override
  public List<String> keys() {
    return List.of("classify");
  }

  @Override
  public void check(Settings settings) {
    EvaluateConfig.from(settings);
    ClassifyConfig.from(settings);
  }

  @Override
  public JobPlan plan(JobContext context) {
    EvaluateConfig.from(context.settings());
    context.warehouse().require(FEATURES);
    ModelStore store = store(context, ClassifyConfig.from(context.settings()));
    return new JobPlan(
        List.of(context.warehouse().identifier(FEATURES)),
        List.of(
            classifiers(context, store).path(),
            context.warehouse().identifier(new PredictionsTable()),
            context.warehouse().identifier(new MetricsTable())));
  }

  @Override
  public JobReport run(JobContext context) {
    JobReport.Builder report = context.report(this);
    EvaluationStore evaluations = new EvaluationStore(context.warehouse());
    ClassifyConfig config = ClassifyConfig.from(context.settings());
    ModelStore store = store(context, config);
    try {
      RunInfo run = store.readRun();
      FeatureRows features = FeatureRows.of(context, config, store);
      TrainedLabels trained = train(context, config, store, features, report);
      List<EvaluatedClassifier> found = new ArrayList<>();
      Dataset<Row> test = features.part(Split.TEST);
      for (Classifier classifier : Classifier.values()) {
        context.progress().step("%s, %s on the test part".formatted(name(), classifier.words()));
        found.add(
            EvaluatedClassifier.of(
                classifier,
                trained,
                TestScores.of(test, trained.load(classifiers(context, store), classifier)),
                EvaluateConfig.from(context.settings())));
      }
      found.forEach(one -> one.describe(trained, report));
      evaluations.replace(
          found.stream().map(one -> one.rows(run)).toList(),
          context.note(
              this,
              new String[] {"classify", "evaluate"},
              Map.of("model", run.run() + " " + store.modelHash())),
          report);
      report.books("images", features.count(Split.TEST), found.get(0).images());
      report.closeBooks();
      report.file("classifiers", classifiers(context, store).path());
      report.file(
          "page",
          context
              .reports()
              .save(
                  "classifiers-%s.html".formatted(run.run()),
                  ClassifiersPage.render(
                      new ClassifierSummary(context, run, features).of(trained, found))));
      return report.done(
          run.run()
              + ": "
              + found.stream()
                  .map(EvaluatedClassifier::headline)
                  .collect(Collectors.joining("; ")));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read or write the run of " + store.modelPath(), e);
    }
  }

  private TrainedLabels train(
      JobContext context,
      ClassifyConfig config,
      ModelStore store,
      FeatureRows features,
      JobReport.Builder report)
      throws IOException {
    RunInfo run = store.readRun();
    Balance balance = Balance.of(run);
    Dataset<Row> training = features.part(Split.TRAIN).persist(StorageLevel.MEMORY_AND_DISK());
    ClassifierTraining trainer =
        new ClassifierTraining(
            config,
            classifiers(context, store),
            balance,
            features.part(Split.VALIDATION),
            context.javaSpark().defaultParallelism() / features.partitions(Split.TRAIN));
    Map<Subtype, Map<Classifier, ClassifierInfo>> labels = new LinkedHashMap<>();
    Map<String, String> leftOut = new TreeMap<>();
    try {
      for (Subtype label : run.settings().head().subtypes()) {
        context.progress().step("%s, %s".formatted(name(), label.column()));
        Optional<LabelRows> rows =
            LabelRows.of(training, label, balance, config.folds(), config.seed());
        if (rows.isEmpty()) {
          leftOut.put(
              label.column(),
              "fewer than two patients of the training part show it, or fewer than two do not");
          continue;
        }
        Map<Classifier, ClassifierInfo> infos = new EnumMap<>(Classifier.class);
        for (Classifier classifier : Classifier.values()) {
          infos.put(
              classifier,
              trainer.of(
                  classifier,
                  label,
                  rows.get(),
                  asked(classifier, label, store, run, rows.get(), balance, config)));
        }
        labels.put(label, infos);
      }
    } finally {
      training.unpersist();
    }
    leftOut.forEach(
        (label, why) -> {
          report.noted("LABEL_LEFT_OUT", 1);
          report.fact("left out " + label, why);
        });
    if (labels.isEmpty()) {
      throw new DataRefusedException(
          "%s: no label of run %s can be learned; for the first one, %s"
              .formatted(name(), run.run(), leftOut.values().iterator().next()));
    }
    report.fact("features per image", "%,d".formatted(features.numbers()));
    report.fact("training images", "%,d".formatted(features.count(Split.TRAIN)));
    report.fact(
        "classifiers",
        "%,d trained, %,d saved before"
            .formatted(
                trainer.trained(), labels.size() * Classifier.values().length - trainer.trained()));
    return new TrainedLabels(labels, leftOut);
  }

  private static ClassifierInfo.Asked asked(
      Classifier classifier,
      Subtype label,
      ModelStore store,
      RunInfo run,
      LabelRows rows,
      Balance balance,
      ClassifyConfig config)
      throws IOException {
    return new ClassifierInfo.Asked(
        classifier.key(),
        label.column(),
        store.modelHash(),
        run.tensorSnapshot(),
        rows.images(),
        rows.positives(),
        balance.name(),
        config.ofRun(run.run()));
  }

  private static ModelStore store(JobContext context, ClassifyConfig config) {
    return ModelStore.find(context.hadoop(), context.places().models(), config.run());
  }

  private static ClassifierStore classifiers(JobContext context, ModelStore store) {
    return new ClassifierStore(context.hadoop(), new Path(store.modelPath()).getParent());
  }
}
