package org.headct.ich.jobs.evaluatemodel;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import org.headct.ich.jobs.modelstore.EpochMetrics;
import org.headct.ich.jobs.modelstore.RunInfo;
import org.headct.ich.jobs.report.RunReports;
import org.headct.ich.jobs.run.JobContext;
import org.headct.ich.jobs.scoring.ScoringTime;
import org.headct.ich.pages.EvaluationReport.StageTime;
import org.headct.ich.pages.element.Numbers;

/**
 * The time of each stage, from the stages' newest reports, the run's metrics and this evaluation.
 */
final class StageTimes {
  private static final List<String> BEFORE =
      List.of("reshape-labels", "audit-dicom", "select-slices", "build-tensors");

  private StageTimes() {}

  /**
   * Returns the times in the order of the stages.
   *
   * @param slices number of scored slices
   * @param scans number of scans that they belong to
   */
  static List<StageTime> of(
      JobContext context,
      RunInfo run,
      List<EpochMetrics> epochs,
      ScoringTime scoring,
      long slices,
      long scans) {
    List<StageTime> times = new ArrayList<>();
    RunReports reports = new RunReports(context.hadoop(), context.places().reports());
    for (String job : BEFORE) {
      reports.newest(job).map(StageTimes::stage).ifPresent(times::add);
    }
    long trained = epochs.stream().mapToLong(EpochMetrics::images).sum();
    if (trained > 0) {
      double seconds = epochs.stream().mapToDouble(EpochMetrics::trainSeconds).sum();
      times.add(
          new StageTime(
              "train-model",
              trained,
              "images, %d epochs".formatted(epochs.size()),
              seconds,
              "run " + run.run()));
    }
    String here = "this evaluation, summed over its cores";
    times.add(new StageTime("reading tensors", slices, "slices", scoring.readingSeconds(), here));
    times.add(new StageTime("the network", slices, "slices", scoring.computingSeconds(), here));
    times.add(
        new StageTime(
            "both, by scan",
            scans,
            "scans of %s slices".formatted(mean(slices, scans)),
            scoring.readingSeconds() + scoring.computingSeconds(),
            here));
    return times;
  }

  private static StageTime stage(JsonNode report) {
    return new StageTime(
        report.path("job").asText(),
        report.path("in").asLong(),
        report.path("unit").asText(),
        report.path("seconds").asDouble(),
        "run " + report.path("runId").asText() + ", including its start");
  }

  private static String mean(long slices, long scans) {
    double each = (double) slices / Math.max(1, scans);
    return each == Math.rint(each) ? Long.toString((long) each) : Numbers.decimal(each, 1);
  }
}
