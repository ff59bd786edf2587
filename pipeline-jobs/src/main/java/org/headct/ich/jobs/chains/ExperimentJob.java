package org.headct.ich.jobs.chains;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.headct.ich.domain.config.ExperimentConfig;
import org.headct.ich.domain.config.Settings;
import org.headct.ich.jobs.modelstore.ModelStore;
import org.headct.ich.jobs.modelstore.NewerTensors;
import org.headct.ich.jobs.report.JobReport;
import org.headct.ich.jobs.run.Job;
import org.headct.ich.jobs.run.JobContext;
import org.headct.ich.jobs.run.JobPlan;
import org.headct.ich.pages.PageNames;
import picocli.CommandLine.Command;

/** A preset from labels and dump to its evaluation pages; what is done already is passed over. */
@Command(
    name = "experiment",
    header = "Runs a preset: refresh, then trains and evaluates.",
    description =
        "Runs a preset: refresh, then a training and an evaluation of each of its datasets.",
    footer = {
      "Reads:   what refresh reads; conf/experiments/PRESET.conf, which ich finds by its name",
      "Writes:  what refresh, train-model and evaluate-model write, reports.path/experiments.html",
      "Example: CQ500_DUMP=/data/cq500 ich experiment cq500-cnn4",
      "A run that was cut off goes on when the same command is given again. Presets are settings:",
      "ich experiment exp2-binary --set train.network=resnet18 --set train.epochs=5"
    })
public final class ExperimentJob implements Job {
  private final Job refresh;
  private final Job train;
  private final Job evaluate;
  private final Job features;
  private final Job classifiers;
  private final Job page;

  /**
   * The jobs that do the work.
   *
   * @param features of a run's network
   * @param classifiers that learn from them
   * @param page writes the page of all experiments
   */
  public ExperimentJob(
      Job refresh, Job train, Job evaluate, Job features, Job classifiers, Job page) {
    this.refresh = refresh;
    this.train = train;
    this.evaluate = evaluate;
    this.features = features;
    this.classifiers = classifiers;
    this.page = page;
  }

  @Override
  public String name() {
    return "experiment";
  }

  @Override
  public List<String> keys() {
    return List.of("experiment");
  }

  @Override
  public void check(Settings settings) {
    ExperimentConfig config = ExperimentConfig.from(settings);
    refresh.check(data(settings, config));
    for (String dataset : config.datasets()) {
      train.check(training(settings, dataset, config.run(dataset)));
    }
    evaluate.check(settings);
  }

  /**
   * Tables and models that it makes itself cannot be there yet: their jobs check when they come.
   */
  @Override
  public JobPlan plan(JobContext context) {
    ExperimentConfig config = ExperimentConfig.from(context.settings());
    JobPlan data = refresh.plan(data(context, config));
    List<String> writes = new ArrayList<>(data.writes());
    for (String dataset : config.datasets()) {
      String run = config.run(dataset);
      writes.add(
          "%s, %s"
              .formatted(store(context, run).modelPath(), has(context, run) ? "goes on" : "new"));
      writes.add(evaluationPage(context, run));
    }
    writes.add(context.reports().place(PageNames.EXPERIMENTS));
    return new JobPlan(data.reads(), writes);
  }

  @Override
  public JobReport run(JobContext context) {
    ExperimentConfig config = ExperimentConfig.from(context.settings());
    JobReport.Builder report = context.report(this);
    List<JobReport> done = new ArrayList<>();
    stage(refresh, data(context, config), report, "refresh").ifPresent(done::add);
    for (String dataset : config.datasets()) {
      String run = config.run(dataset);
      stage(train, training(context, dataset, run), report, "train-model " + run)
          .ifPresent(done::add);
      newerTensors(context, run)
          .ifPresent(newer -> report.fact("newer tensors than of " + run, newer));
      stage(evaluate, evaluation(context, dataset, run), report, "evaluate-model " + run)
          .ifPresent(done::add);
      report.file("evaluation of " + run, evaluationPage(context, run));
      if (config.classifiers()) {
        JobContext classified = classification(context, dataset, run);
        stage(features, classified, report, "extract-features " + run).ifPresent(done::add);
        stage(classifiers, classified, report, "train-classifiers " + run).ifPresent(done::add);
      }
    }
    stage(page, context, report, "experiments");
    return report
        .sum(done)
        .file("page", context.reports().place(PageNames.EXPERIMENTS))
        .done(
            "%s: trained and evaluated on %s"
                .formatted(config.name(), String.join(", ", config.datasets())));
  }

  private static Optional<JobReport> stage(
      Job job, JobContext context, JobReport.Builder report, String name) {
    job.plan(context);
    if (job.upToDate(context)) {
      report.fact(name, "up to date");
      return Optional.empty();
    }
    JobReport one = job.run(context);
    context.reports().save(one);
    one.lines().forEach(context.console()::println);
    context.console().flush();
    report.fact(name, one.outcome());
    return Optional.of(one);
  }

  private static JobContext data(JobContext context, ExperimentConfig config) {
    return context.part("", data(context.settings(), config));
  }

  private static Settings data(Settings settings, ExperimentConfig config) {
    return settings
        .with("select.datasets", config.datasets())
        .with("tensors.datasets", config.datasets());
  }

  /** A run that has begun goes on, which costs nothing where it is done. */
  private static JobContext training(JobContext context, String dataset, String run) {
    return context.part(
        dataset,
        training(context.settings(), dataset, run).with("train.resume", has(context, run)));
  }

  private static Settings training(Settings settings, String dataset, String run) {
    return settings.with("train.dataset", dataset).with("train.run", run);
  }

  private static JobContext evaluation(JobContext context, String dataset, String run) {
    return context.part(dataset, context.settings().with("evaluate.run", run));
  }

  private static String evaluationPage(JobContext context, String run) {
    return context.reports().place(PageNames.evaluation(run));
  }

  private static JobContext classification(JobContext context, String dataset, String run) {
    return context.part(dataset, context.settings().with("classify.run", run));
  }

  private static ModelStore store(JobContext context, String run) {
    return new ModelStore(context.hadoop(), context.places().models() + "/" + run);
  }

  private static Optional<String> newerTensors(JobContext context, String run) {
    try {
      return NewerTensors.of(context, store(context, run).readRun());
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the run " + run, e);
    }
  }

  private static boolean has(JobContext context, String run) {
    try {
      return store(context, run).exists();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot look for the run " + run, e);
    }
  }
}
