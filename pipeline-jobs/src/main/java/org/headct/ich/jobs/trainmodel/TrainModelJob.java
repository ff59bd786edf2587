package org.headct.ich.jobs.trainmodel;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.hadoop.fs.Path;
import org.headct.ich.domain.config.Settings;
import org.headct.ich.domain.config.TrainConfig;
import org.headct.ich.domain.error.UserException;
import org.headct.ich.domain.sample.Split;
import org.headct.ich.domain.training.TrainSettings;
import org.headct.ich.jobs.averaging.SparkTrainer;
import org.headct.ich.jobs.batch.TensorBatches;
import org.headct.ich.jobs.batch.TensorPlan;
import org.headct.ich.jobs.modelstore.EpochMetrics;
import org.headct.ich.jobs.modelstore.ModelStore;
import org.headct.ich.jobs.modelstore.NewerTensors;
import org.headct.ich.jobs.modelstore.Preprocessing;
import org.headct.ich.jobs.modelstore.RunInfo;
import org.headct.ich.jobs.report.JobReport;
import org.headct.ich.jobs.run.CodeVersion;
import org.headct.ich.jobs.run.Job;
import org.headct.ich.jobs.run.JobContext;
import org.headct.ich.jobs.run.JobPlan;
import org.headct.ich.jobs.table.TensorsTable;
import org.headct.ich.networks.nd4j.Backend;
import org.headct.ich.networks.weights.InitialNetwork;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;

/** The command that trains a network on the tensors by parameter averaging on Spark. */
@Command(
    name = "train-model",
    header = "Trains a network by parameter averaging on Spark.",
    description =
        "Trains a network on the tensors by parameter averaging on Spark (Deeplearning4j).",
    footer = {
      "Reads:   ich.tensors (parts train and validation of train.dataset)",
      "Writes:  models.path/<run>/: run.json, metrics.jsonl, checkpoint-*.zip, model.zip;",
      "         an MLflow server's run, if train.mlflow names one",
      "Example: ich train-model --set train.network=resnet18 --set train.epochs=30",
      "A run that was killed goes on with --set train.run=NAME --set train.resume=true."
    })
public final class TrainModelJob implements Job {
  private static final TensorsTable TENSORS = new TensorsTable();

  @Override
  public String name() {
    return "train-model";
  }

  @Override
  public List<String> keys() {
    return List.of(
        "train.run",
        "train.resume",
        "train.dataset",
        "train.network",
        "train.head",
        "train.epochs",
        "train.batch-size",
        "train.workers",
        "train.learning-rate",
        "train.optimizer",
        "train.weights",
        "train.device");
  }

  @Override
  public void check(Settings settings) {
    RunSettings.check(TrainConfig.from(settings));
  }

  @Override
  public JobPlan plan(JobContext context) {
    TrainConfig config = TrainConfig.from(context.settings());
    TrainingObservers.check(config, context.spark());
    context.warehouse().require(TENSORS);
    String directory = directory(context, config);
    checkRun(config, store(context, directory), directory);
    RunSettings.check(config);
    InitialWeights.check(context, config);
    TrainedTensors.check(context, config);
    String tensors =
        "%s, dataset %s".formatted(context.warehouse().identifier(TENSORS), config.dataset());
    return new JobPlan(
        config.weights().random() ? List.of(tensors) : List.of(tensors, config.weights().file()),
        List.of(directory));
  }

  @Override
  public JobReport run(JobContext context) {
    TrainConfig config = TrainConfig.from(context.settings());
    JobReport.Builder report = context.report(this);
    Backend backend = Backend.describe();
    // No constant: every command's help makes this job, and log4j takes half a second to start.
    LoggerFactory.getLogger(TrainModelJob.class).info("{}", backend.summary());
    context.progress().step("train-model");

    String directory = directory(context, config);
    ModelStore store = store(context, directory);
    try {
      long snapshot =
          config.resume()
              ? store.readRun().tensorSnapshot()
              : context.warehouse().snapshot(TENSORS);
      String dataset = config.dataset();
      TrainSettings settings = RunSettings.of(context, config, snapshot, store);
      TensorPlan training = TensorBatches.plan(context, snapshot, dataset, Split.TRAIN.column());
      TensorPlan validation =
          TensorBatches.plan(context, snapshot, dataset, Split.VALIDATION.column());
      if (training.rows() == 0) {
        throw new UserException(
            "train.dataset: ich.tensors has no training rows of %s; it has of %s. Name one of these, or run refresh with %1$s in select.datasets and tensors.datasets"
                .formatted(
                    dataset, TensorBatches.datasets(context, snapshot, Split.TRAIN.column())));
      }
      // Before run.json, so that a wrong file leaves no run behind.
      InitialNetwork initial = InitialWeights.network(context, config, settings, training.shape());
      Preprocessing preprocessing =
          TrainedTensors.preprocessing(context, snapshot, config.dataset());
      if (!config.resume()) {
        store.writeRun(
            info(context, directory, config, settings, training, snapshot, backend, initial)
                .with(preprocessing));
      } else if (store.readRun().preprocessing() == null) {
        store.writeRun(store.readRun().with(preprocessing));
      }
      TrainingObservers observers =
          new TrainingObservers(
              config,
              List.of(new ConsoleProgress(context, settings), new MetersProgress(context.meters())),
              context.hadoop(),
              directory);
      List<EpochMetrics> metrics =
          observers.during(
              told ->
                  new SparkTrainer(context.javaSpark(), settings, store, told, config.transfer())
                      .startingFrom(initial == null ? null : initial.network())
                      .train(training, validation));
      observers.report(report);
      if (metrics.size() < settings.epochs()) {
        report.fact(
            "stopped early",
            "%d epochs brought no better loss (train.early-stopping)"
                .formatted(settings.stopAfter()));
      }
      if (config.resume()) {
        NewerTensors.of(context, store.readRun())
            .ifPresent(newer -> report.fact("newer tensors", newer));
      }
      InitialWeights.describe(store.readRun(), report);
      return describe(report, context, directory, training, validation, metrics, snapshot);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write the run " + directory, e);
    }
  }

  private static JobReport describe(
      JobReport.Builder report,
      JobContext context,
      String directory,
      TensorPlan training,
      TensorPlan validation,
      List<EpochMetrics> metrics,
      long snapshot) {
    EpochMetrics last = metrics.get(metrics.size() - 1);
    report.fact("training images", "%,d".formatted(training.rows()));
    if (training.examples() != training.rows()) {
      report.fact("examples an epoch", "%,d".formatted(training.examples()));
    }
    report.fact("validation images", "%,d".formatted(validation.rows()));
    report.fact("tensor snapshot", Long.toString(snapshot));
    report.fact("epochs", Integer.toString(metrics.size()));
    report.fact("images/s", String.format(Locale.ROOT, "%.1f", last.imagesPerSecond()));
    if (last.workers() != null) {
      report.fact("time", last.workers().text());
    }
    report.fact("last training loss", figure(last.trainLoss()));
    metrics.stream()
        .filter(m -> m.validationLoss() != null)
        .min(Comparator.comparingDouble(TrainModelJob::validationLoss))
        .ifPresent(
            best ->
                report.fact(
                    "best epoch",
                    "%d, validation loss %s%s"
                        .formatted(best.epoch(), figure(validationLoss(best)), areas(best))));
    report.file("run", directory);
    report.next(
        "evaluate-model --set evaluate.run=" + directory.substring(directory.lastIndexOf('/') + 1));
    return report.done("%d epochs done".formatted(metrics.size()));
  }

  private static String areas(EpochMetrics metrics) {
    StringBuilder text = new StringBuilder();
    metrics
        .validationAuc()
        .forEach((name, auc) -> text.append(", AUC " + name + " " + figure(auc)));
    return text.toString();
  }

  private static double validationLoss(EpochMetrics metrics) {
    Double loss = metrics.validationLoss();
    return loss == null ? Double.POSITIVE_INFINITY : loss;
  }

  private static String figure(double value) {
    return String.format(Locale.ROOT, "%.4f", value);
  }

  private static RunInfo info(
      JobContext context,
      String directory,
      TrainConfig config,
      TrainSettings settings,
      TensorPlan training,
      long snapshot,
      Backend backend,
      @Nullable InitialNetwork initial) {
    return new RunInfo(
        new Path(directory).getName(),
        config.dataset(),
        snapshot,
        training.shape(),
        settings,
        CodeVersion.current(),
        SparkTrainer.newNetwork(settings, training.shape()).numParams(),
        backend.summary(),
        Map.of("settings", context.settings().toJson(), "run-id", context.runId()),
        initial == null ? null : initial.from(),
        null);
  }

  private static String directory(JobContext context, TrainConfig config) {
    String name =
        config.run().isEmpty()
            ? "%s-%s-%s"
                .formatted(
                    config.dataset(),
                    config.settings().network().name().toLowerCase(Locale.ROOT),
                    context.runId())
            : config.run();
    return new Path(context.places().models(), name).toString();
  }

  private static ModelStore store(JobContext context, String directory) {
    return new ModelStore(context.hadoop(), directory);
  }

  private static void checkRun(TrainConfig config, ModelStore store, String directory) {
    try {
      boolean there = store.exists();
      if (there && !config.resume()) {
        throw new UserException(
            "train.run: %s is there already: go on with --set train.resume=true, or choose another name"
                .formatted(directory));
      }
      if (!there && config.resume()) {
        throw new UserException(
            "train.resume: there is no run to go on with in %s; name it with --set train.run=NAME"
                .formatted(directory));
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot look into " + directory, e);
    }
  }
}
