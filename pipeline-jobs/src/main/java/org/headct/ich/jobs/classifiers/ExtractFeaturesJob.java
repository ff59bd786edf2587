package org.headct.ich.jobs.classifiers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.headct.ich.domain.config.ClassifyConfig;
import org.headct.ich.domain.config.Settings;
import org.headct.ich.domain.error.UserException;
import org.headct.ich.domain.sample.Split;
import org.headct.ich.jobs.batch.TensorBatches;
import org.headct.ich.jobs.batch.TensorPlan;
import org.headct.ich.jobs.modelstore.ModelStore;
import org.headct.ich.jobs.modelstore.RunInfo;
import org.headct.ich.jobs.report.JobReport;
import org.headct.ich.jobs.run.Job;
import org.headct.ich.jobs.run.JobContext;
import org.headct.ich.jobs.run.JobPlan;
import org.headct.ich.jobs.scoring.FeatureExtractor;
import org.headct.ich.jobs.scoring.ScoringTime;
import org.headct.ich.jobs.table.FeaturesTable;
import org.headct.ich.jobs.table.FeaturesTable.Feature;
import org.headct.ich.jobs.table.TensorsTable;
import org.headct.ich.jobs.table.Warehouse;
import picocli.CommandLine.Command;

/** The command that writes the features that a saved network computes before its heads. */
@Command(
    name = "extract-features",
    header = "Writes a trained network's features of each tensor.",
    description =
        "Writes the features that a saved network computes from each tensor of its dataset,"
            + " before its heads; train-classifiers reads them.",
    footer = {
      "Reads:   models.path/<run>/model.zip, ich.tensors (the snapshot that the run names, all parts)",
      "Writes:  ich.features; earlier rows of the run are replaced",
      "Example: ich extract-features --set classify.run=NAME (the newest run if none is named)"
    })
public final class ExtractFeaturesJob implements Job {
  private static final FeaturesTable FEATURES = new FeaturesTable();
  private static final TensorsTable TENSORS = new TensorsTable();

  @Override
  public String name() {
    return "extract-features";
  }

  @Override
  public List<String> keys() {
    return List.of("classify.run", "classify.partition-size");
  }

  @Override
  public void check(Settings settings) {
    ClassifyConfig.from(settings);
  }

  @Override
  public JobPlan plan(JobContext context) {
    context.warehouse().require(TENSORS);
    checkSlices(store(context));
    return new JobPlan(
        List.of(store(context).modelPath(), context.warehouse().identifier(TENSORS)),
        List.of(context.warehouse().identifier(FEATURES)));
  }

  @Override
  public JobReport run(JobContext context) {
    JobReport.Builder report = context.report(this);
    Warehouse warehouse = context.warehouse();
    long before = warehouse.snapshot(FEATURES);
    context.progress().step(name());
    ModelStore store = store(context);
    try {
      RunInfo run = store.readRun();
      ScoringTime time = new ScoringTime(context.javaSpark());
      FeatureExtractor extractor = new FeatureExtractor(context.javaSpark(), store);
      Map<Split, TensorPlan> parts = parts(context, run);
      JavaRDD<Feature> features = context.javaSpark().emptyRDD();
      for (Map.Entry<Split, TensorPlan> part : parts.entrySet()) {
        features = features.union(extractor.of(part.getValue(), part.getKey().column(), time));
      }
      long snapshot =
          warehouse.replaceWhere(
              FEATURES,
              FeaturesTable.of(run.run()),
              warehouse.rows(FEATURES, features),
              parts.values().stream().mapToLong(TensorPlan::rows).sum(),
              before,
              context.note(
                  this,
                  new String[] {},
                  Map.of(
                      "tensors",
                      Long.toString(run.tensorSnapshot()),
                      "model",
                      run.run() + " " + store.modelHash())));
      return describe(context, run, parts, snapshot, time, report);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the run of " + store.modelPath(), e);
    }
  }

  private static void checkSlices(ModelStore store) {
    try {
      if (store.readRun().settings().readsSeries()) {
        throw new UserException(
            "classify.run: %s reads whole series (train.sequence), but features are of single slices: name a run without train.sequence"
                .formatted(store.name()));
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the run of " + store.modelPath(), e);
    }
  }

  /**
   * Returns whether the table holds features of this model. They are published as a whole, so one
   * row is enough.
   */
  @Override
  public boolean upToDate(JobContext context) {
    ModelStore store = store(context);
    try {
      return context.warehouse().exists(FEATURES)
          && !context
              .warehouse()
              .read(FEATURES)
              .where(FeaturesTable.of(store.name()))
              .where(functions.col("model").equalTo(store.modelHash()))
              .limit(1)
              .isEmpty();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the run of " + store.modelPath(), e);
    }
  }

  private static ModelStore store(JobContext context) {
    ClassifyConfig config = ClassifyConfig.from(context.settings());
    return ModelStore.find(context.hadoop(), context.places().models(), config.run());
  }

  private static Map<Split, TensorPlan> parts(JobContext context, RunInfo run) {
    Map<Split, TensorPlan> parts = new LinkedHashMap<>();
    for (Split split : Split.values()) {
      TensorPlan plan =
          TensorBatches.plan(context, run.tensorSnapshot(), run.dataset(), split.column());
      if (plan.rows() > 0) {
        parts.put(split, plan);
      }
    }
    if (parts.isEmpty()) {
      throw new UserException(
          "dataset %s of run %s has no rows in snapshot %d of ich.tensors"
              .formatted(run.dataset(), run.run(), run.tensorSnapshot()));
    }
    return parts;
  }

  private static JobReport describe(
      JobContext context,
      RunInfo run,
      Map<Split, TensorPlan> parts,
      long snapshot,
      ScoringTime time,
      JobReport.Builder report) {
    Row written =
        context
            .warehouse()
            .read(FEATURES)
            .where(FeaturesTable.of(run.run()))
            .agg(
                functions.count(functions.lit(1)),
                functions.max(functions.size(functions.col(FeaturesTable.FEATURES))))
            .head();
    long rows = written.getLong(0);
    report.books("images", parts.values().stream().mapToLong(TensorPlan::rows).sum(), rows);
    report.closeBooks();
    report.table(context.warehouse(), FEATURES, rows, snapshot);
    parts.forEach((split, plan) -> report.fact(split.column(), "%,d".formatted(plan.rows())));
    report.fact("features per image", "%,d".formatted(written.getInt(1)));
    report.fact(
        "images/s per core",
        String.format(
            Locale.ROOT, "%.1f", rows / (time.readingSeconds() + time.computingSeconds())));
    report.next("train-classifiers");
    return report.done(
        "%,d features of each of %,d images of %s".formatted(written.getInt(1), rows, run.run()));
  }
}
