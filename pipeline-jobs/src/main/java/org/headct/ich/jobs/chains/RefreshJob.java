package org.headct.ich.jobs.chains;

import java.util.ArrayList;
import java.util.List;
import org.headct.ich.domain.config.Settings;
import org.headct.ich.jobs.report.JobReport;
import org.headct.ich.jobs.report.ReportTable;
import org.headct.ich.jobs.run.Job;
import org.headct.ich.jobs.run.JobContext;
import org.headct.ich.jobs.run.JobPlan;
import picocli.CommandLine.Command;

/** Brings labels, slices, selections and tensors up to date, each published by its own stage. */
@Command(
    name = "refresh",
    header = "Runs the four commands above where something is new.",
    description = "Runs reshape-labels to build-tensors; a stage with nothing new is passed over.",
    footer = {
      "Reads:   labels.input, dicom.input",
      "Writes:  ich.labels, ich.slices, ich.selections, ich.tensors and their findings, each stage",
      "         as one snapshot when it is done",
      "Example: ich refresh --config conf/rsna.conf"
    })
public final class RefreshJob implements Job {
  private final List<Job> stages;

  /**
   * @param stages in the order of the data's way
   */
  public RefreshJob(List<Job> stages) {
    this.stages = List.copyOf(stages);
  }

  @Override
  public String name() {
    return "refresh";
  }

  @Override
  public List<String> keys() {
    return List.of(
        "labels.input",
        "dicom.input",
        "select.middle-slices",
        "select.series",
        "split.unit",
        "tensors.size",
        "tensors.windows");
  }

  @Override
  public void check(Settings settings) {
    stages.forEach(stage -> stage.check(settings));
  }

  /** The first stage is checked whole; the others need tables that may not be there yet. */
  @Override
  public JobPlan plan(JobContext context) {
    List<String> writes = new ArrayList<>();
    JobPlan first = stages.get(0).plan(context);
    writes.addAll(first.writes());
    for (Job stage : stages.subList(1, stages.size())) {
      writes.add("what " + stage.name() + " writes");
    }
    return new JobPlan(first.reads(), writes);
  }

  @Override
  public JobReport run(JobContext context) {
    JobReport.Builder report = context.report(this);
    List<JobReport> done = new ArrayList<>();
    // Once more where a stage found what an earlier one should know: which images a withdrawn
    // patient has stands in the objects, and their labels come first.
    for (int pass = 0; pass < 1 || pass < 2 && !done.isEmpty(); pass++) {
      for (Job stage : stages) {
        stage.plan(context);
        if (stage.upToDate(context)) {
          report.factIfNone(stage.name(), "up to date");
          continue;
        }
        JobReport one = stage.run(context);
        context.reports().save(one);
        one.lines().forEach(context.console()::println);
        context.console().flush();
        report.fact(stage.name(), one.outcome());
        done.add(one);
      }
    }
    if (done.isEmpty()) {
      return report.done("everything was up to date");
    }
    return report
        .next("explore")
        .next("train-model")
        .sum(done)
        .counts(table(done))
        .done(
            "%d of %d stages brought up to date"
                .formatted(done.stream().map(JobReport::job).distinct().count(), stages.size()));
  }

  private static ReportTable table(List<JobReport> done) {
    return new ReportTable(
        "what changed, by stage",
        List.of("", "new", "changed", "withdrawn", "rejected", "bytes read", "written", "seconds"),
        done.stream().map(RefreshJob::line).toList());
  }

  private static ReportTable.Line line(JobReport stage) {
    return new ReportTable.Line(
        stage.job(),
        List.of(
            stage.changes().added(),
            stage.changes().changed(),
            stage.changes().withdrawn(),
            stage.rejects(),
            stage.bytes().read(),
            stage.bytes().written(),
            Math.round(stage.seconds())));
  }
}
