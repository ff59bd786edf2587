package org.headct.ich.pages;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.headct.ich.pages.RunsReport.Result;
import org.headct.ich.pages.RunsReport.Run;
import org.headct.ich.pages.element.Block;
import org.headct.ich.pages.element.DataTable;
import org.headct.ich.pages.element.Estimate;
import org.headct.ich.pages.element.Note;
import org.headct.ich.pages.element.Numbers;
import org.headct.ich.pages.element.Table;

/** Tables that compare runs of presets with the published results that they repeat. */
final class ExperimentTables {
  /** The part of the split that influenced no choice. */
  private static final String TEST = "test";

  private static final List<String> METRICS =
      List.of("accuracy", "recall", "f1", "roc_auc", "log_loss");

  private ExperimentTables() {}

  /** Returns the published results in order, each followed by the runs of its preset. */
  static Table published(RunsReport report) {
    List<DataTable.Column> columns =
        List.of(
            DataTable.Column.text("System"),
            DataTable.Column.text("Data"),
            DataTable.Column.text("Split by"),
            DataTable.Column.text("Counted"),
            DataTable.Column.text("Class"),
            DataTable.Column.number("Accuracy"),
            DataTable.Column.number("Recall"),
            DataTable.Column.number("F1"),
            DataTable.Column.number("ROC AUC"),
            DataTable.Column.number("Log loss"),
            DataTable.Column.text("Source"));
    List<List<DataTable.Cell>> rows = new ArrayList<>();
    Set<Integer> ours = new HashSet<>();
    for (int i = 0; i < report.published().size(); i++) {
      PublishedResult one = report.published().get(i);
      rows.add(row(one));
      // The rows of a system stay together; runs follow its last row.
      if (i + 1 < report.published().size()
          && report.published().get(i + 1).system().equals(one.system())) {
        continue;
      }
      for (Run run : report.runs()) {
        if (one.isRepeatedBy(run.experiment(), run.splitUnit())) {
          for (Result result : results(report, run, one)) {
            ours.add(rows.size());
            rows.add(row(run, result));
          }
        }
      }
    }
    return new Table(
        "Published figures and ours",
        "Highlighted rows are runs under models.path, scored on their test part. The others are"
            + " as published; – means not stated. Runs without an evaluation are not listed.",
        report.results().source(),
        new DataTable(columns, rows),
        ours);
  }

  /** Returns the run's results on the test part, in the unit of the published result. */
  private static List<Result> results(RunsReport report, Run run, PublishedResult published) {
    return report.results().rows().stream()
        .filter(result -> result.training().equals(run.name()))
        .filter(result -> result.split().equals(TEST))
        .filter(result -> result.unit().equals(published.scored()))
        .toList();
  }

  private static List<DataTable.Cell> row(PublishedResult one) {
    List<DataTable.Cell> row = new ArrayList<>();
    for (String text :
        List.of(
            one.system(),
            one.data(),
            one.split(),
            one.scored(),
            one.finding(),
            one.accuracy(),
            one.recall(),
            one.f1(),
            one.rocAuc(),
            one.logLoss(),
            one.source())) {
      row.add(DataTable.Cell.text(text.isEmpty() ? Numbers.NONE : text));
    }
    return row;
  }

  private static List<DataTable.Cell> row(Run run, Result result) {
    List<DataTable.Cell> row = new ArrayList<>();
    row.add(DataTable.Cell.text("run " + result.run()));
    row.add(DataTable.Cell.text(run.dataset()));
    row.add(DataTable.Cell.text(run.splitUnit()));
    row.add(
        DataTable.Cell.text(
            "%s %ss, %s positive"
                .formatted(
                    Numbers.count(result.images()),
                    result.unit(),
                    Numbers.count(result.positives()))));
    row.add(DataTable.Cell.text(result.finding()));
    METRICS.forEach(metric -> row.add(DataTable.Cell.estimate(result.figure(metric))));
    row.add(DataTable.Cell.text("%s, seed %d".formatted(run.codeVersion(), run.seed())));
    return row;
  }

  /**
   * Returns the gap in ROC AUC between splits by slice and by patient, ours and the published one.
   */
  static List<Block> gaps(RunsReport report) {
    List<DataTable.Column> columns =
        List.of(
            DataTable.Column.text("Experiment"),
            DataTable.Column.text("Class"),
            DataTable.Column.number("ROC AUC split by slice"),
            DataTable.Column.number("ROC AUC split by patient"),
            DataTable.Column.number("Gap"),
            DataTable.Column.number("Published gap"));
    List<List<DataTable.Cell>> rows = new ArrayList<>();
    Map<String, Run> runs = new HashMap<>();
    report.runs().forEach(run -> runs.put(run.name(), run));
    Map<List<String>, Map<String, Estimate>> areas = new LinkedHashMap<>();
    for (Result result : report.results().rows()) {
      // Only the network's own results: classifiers on its features are other systems.
      Run run = runs.get(result.run());
      if (run != null
          && !run.experiment().isEmpty()
          && result.split().equals(TEST)
          && result.unit().equals("slice")) {
        areas
            .computeIfAbsent(
                List.of(run.experiment(), result.finding()), key -> new LinkedHashMap<>())
            .put(run.splitUnit(), result.figure("roc_auc"));
      }
    }
    areas.forEach(
        (key, units) -> {
          Estimate slice = units.get("slice");
          Estimate patient = units.get("patient");
          if (slice != null && patient != null) {
            rows.add(
                List.of(
                    DataTable.Cell.text(key.get(0)),
                    DataTable.Cell.text(key.get(1)),
                    DataTable.Cell.estimate(slice),
                    DataTable.Cell.estimate(patient),
                    DataTable.Cell.decimal(slice.value() - patient.value(), 3),
                    DataTable.Cell.decimal(publishedGap(report, key.get(0)), 3)));
          }
        });
    if (rows.isEmpty()) {
      return List.of(
          new Note(
              "No experiment has results for both splits yet. The presets cq500-cnn4 and"
                  + " cq500-vgg16 train both."));
    }
    return List.of(
        new Table(
            "The same network and data, split by slice and by patient",
            "Square brackets hold the 95% interval by resampled patients. The published gap is"
                + " the difference between the two published ROC AUCs.",
            report.results().source(),
            new DataTable(columns, rows)));
  }

  private static double publishedGap(RunsReport report, String experiment) {
    return area(report, experiment, "slice") - area(report, experiment, "patient");
  }

  private static double area(RunsReport report, String experiment, String split) {
    Predicate<PublishedResult> meant =
        one -> one.experiment().equals(experiment) && one.split().equals(split);
    return report.published().stream()
        .filter(meant)
        .filter(one -> one.rocAuc().matches("[0-9.]+"))
        .mapToDouble(one -> Double.parseDouble(one.rocAuc()))
        .findFirst()
        .orElse(Double.NaN);
  }
}
