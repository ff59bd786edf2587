package org.headct.ich.pages;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.headct.ich.pages.EvaluationReport.ClassScores;
import org.headct.ich.pages.EvaluationReport.RunScores;
import org.headct.ich.pages.EvaluationReport.StageTime;
import org.headct.ich.pages.element.Block;
import org.headct.ich.pages.element.DataTable;
import org.headct.ich.pages.element.Facts;
import org.headct.ich.pages.element.Note;
import org.headct.ich.pages.element.Numbers;
import org.headct.ich.pages.element.Table;

/** The tables of the evaluation page. */
final class EvaluationTables {
  private static final double MILLIS = 1000;

  private EvaluationTables() {}

  /** Returns the facts about the evaluated run, followed by further facts. */
  static Facts run(EvaluationReport.Run run, Facts.Fact... further) {
    List<Facts.Fact> facts =
        new ArrayList<>(
            List.of(
                new Facts.Fact("Run", run.runId(), ""),
                new Facts.Fact("Model", run.model(), ""),
                new Facts.Fact("Network", run.network(), ""),
                new Facts.Fact("Dataset", run.dataset(), ""),
                new Facts.Fact("Snapshot of the tensors", run.snapshot(), ""),
                new Facts.Fact("Split", run.split(), ""),
                new Facts.Fact("Seed", Long.toString(run.seed()), ""),
                new Facts.Fact("Code version", run.codeVersion(), ""),
                new Facts.Fact("Finished", Dates.utc(run.finished()), "")));
    facts.addAll(List.of(further));
    return new Facts(facts);
  }

  /**
   * Returns the table of scores by class.
   *
   * @param units unit of evaluation: "Slices" or "Scans"
   */
  static Table classes(QueryResult<ClassScores> classes, String units) {
    List<DataTable.Column> columns = new ArrayList<>();
    columns.add(DataTable.Column.text("Class"));
    for (String name :
        List.of(
            units,
            "Positives",
            "Accuracy",
            "Recall (sensitivity)",
            "Specificity",
            "Precision",
            "F1",
            "ROC AUC [95%]",
            "PR AUC [95%]",
            "Log loss")) {
      columns.add(DataTable.Column.number(name));
    }
    List<List<DataTable.Cell>> rows = new ArrayList<>();
    for (ClassScores one : classes.rows()) {
      rows.add(
          List.of(
              DataTable.Cell.text(one.name()),
              DataTable.Cell.count(one.slices()),
              new DataTable.Cell(
                  Numbers.count(one.positives())
                      + " ("
                      + Numbers.share(one.positives(), one.slices())
                      + ")",
                  Long.toString(one.positives())),
              DataTable.Cell.decimal(one.accuracy(), 3),
              DataTable.Cell.decimal(one.recall(), 3),
              DataTable.Cell.decimal(one.specificity(), 3),
              DataTable.Cell.decimal(one.precision(), 3),
              DataTable.Cell.decimal(one.f1(), 3),
              DataTable.Cell.estimate(one.rocAuc()),
              DataTable.Cell.estimate(one.prAuc()),
              DataTable.Cell.decimal(one.logLoss(), 4)));
    }
    return new Table(
        units.equals("Slices") ? "Scores by class" : units + ": scores by class",
        "Square brackets hold the 95% interval. PR AUC is the average precision. – means"
            + " undefined, such as the recall of a class without positives.",
        classes.source(),
        new DataTable(columns, rows));
  }

  /** Returns the table of comparable runs by split unit, and a hint if all have the same unit. */
  static List<Block> splits(QueryResult<RunScores> runs) {
    List<DataTable.Column> columns =
        List.of(
            DataTable.Column.text("Split by"),
            DataTable.Column.text("Run"),
            DataTable.Column.text("Dataset"),
            DataTable.Column.text("Class"),
            DataTable.Column.number("Slices"),
            DataTable.Column.number("Accuracy"),
            DataTable.Column.number("Recall"),
            DataTable.Column.number("F1"),
            DataTable.Column.number("ROC AUC [95%]"));
    List<List<DataTable.Cell>> rows = new ArrayList<>();
    Set<Integer> mine = new HashSet<>();
    for (RunScores one : runs.rows()) {
      if (one.mine()) {
        mine.add(rows.size());
      }
      rows.add(
          List.of(
              DataTable.Cell.text(one.splitUnit().isEmpty() ? "not known" : one.splitUnit()),
              DataTable.Cell.text(one.run()),
              DataTable.Cell.text(one.dataset()),
              DataTable.Cell.text(one.finding()),
              DataTable.Cell.count(one.slices()),
              DataTable.Cell.decimal(one.figure("accuracy").value(), 3),
              DataTable.Cell.decimal(one.figure("recall").value(), 3),
              DataTable.Cell.decimal(one.figure("f1").value(), 3),
              DataTable.Cell.estimate(one.figure("roc_auc"))));
    }
    List<Block> blocks = new ArrayList<>();
    blocks.add(
        new Table(
            "Runs of the same network, by split unit",
            "This page's run is highlighted.",
            runs.source(),
            new DataTable(columns, rows),
            mine));
    if (runs.rows().stream().map(RunScores::splitUnit).distinct().count() == 1) {
      blocks.add(
          new Note(
              "All evaluated runs of this network were split by %s. To compare, define a dataset with another split unit, such as datasets.by-slice { images = all, split.unit = slice }. Then run select-slices, build-tensors, train-model and evaluate-model on it."
                  .formatted(runs.rows().get(0).splitUnit())));
    }
    return blocks;
  }

  static Table times(QueryResult<StageTime> times) {
    List<DataTable.Column> columns =
        List.of(
            DataTable.Column.text("Stage"),
            DataTable.Column.number("Units"),
            DataTable.Column.text("Unit"),
            DataTable.Column.number("Seconds"),
            DataTable.Column.number("Milliseconds per unit"),
            DataTable.Column.text("Measured in"));
    List<List<DataTable.Cell>> rows = new ArrayList<>();
    for (StageTime one : times.rows()) {
      rows.add(
          List.of(
              DataTable.Cell.text(one.stage()),
              DataTable.Cell.count(one.units()),
              DataTable.Cell.text(one.unit()),
              DataTable.Cell.decimal(one.seconds(), 1),
              DataTable.Cell.decimal(MILLIS * one.seconds() / Math.max(1, one.units()), 2),
              DataTable.Cell.text(one.source())));
    }
    return new Table(
        "Time by stage and by scan",
        "The time of an earlier stage is from its newest report under reports.path that had work"
            + " to do. If a stage had little work, its time is mostly the start of the JVM.",
        times.source(),
        new DataTable(columns, rows));
  }

  static Table results(EvaluationReport report) {
    String data = report.run().dataset();
    String source = "run " + report.run().runId();
    List<List<DataTable.Cell>> ours = new ArrayList<>();
    for (ClassScores one : report.classes().rows()) {
      ours.add(ours(one, "this run, " + one.name(), data, source));
    }
    for (ClassScores one : report.scans().classes().rows()) {
      ours.add(ours(one, "this run by scan, " + one.name(), data, source));
    }
    return results(ours, report.results());
  }

  /**
   * Returns the table of this project's rows and published results.
   *
   * @param ours rows of {@link #ours}
   * @param others published results, placed below them
   */
  static Table results(List<List<DataTable.Cell>> ours, List<PublishedResult> others) {
    List<DataTable.Column> columns =
        List.of(
            DataTable.Column.text("System"),
            DataTable.Column.text("Data"),
            DataTable.Column.number("Accuracy"),
            DataTable.Column.number("Recall"),
            DataTable.Column.number("F1"),
            DataTable.Column.number("ROC AUC"),
            DataTable.Column.number("Log loss"),
            DataTable.Column.text("Source"));
    List<List<DataTable.Cell>> rows = new ArrayList<>(ours);
    Set<Integer> marked = new HashSet<>();
    for (int row = 0; row < ours.size(); row++) {
      marked.add(row);
    }
    for (PublishedResult one : others) {
      rows.add(
          List.of(
              DataTable.Cell.text(one.named()),
              DataTable.Cell.text(one.data()),
              DataTable.Cell.text(one.accuracy()),
              DataTable.Cell.text(one.recall()),
              DataTable.Cell.text(one.f1()),
              DataTable.Cell.text(one.rocAuc()),
              DataTable.Cell.text(one.logLoss()),
              DataTable.Cell.text(one.source())));
    }
    return new Table(
        "Results side by side",
        "Highlighted rows are of this project; the others are as published.",
        "",
        new DataTable(columns, rows),
        marked);
  }

  /** Returns a row of this project for the table of results. */
  static List<DataTable.Cell> ours(ClassScores one, String system, String data, String source) {
    return List.of(
        DataTable.Cell.text(system),
        DataTable.Cell.text(data),
        DataTable.Cell.decimal(one.accuracy(), 3),
        DataTable.Cell.decimal(one.recall(), 3),
        DataTable.Cell.decimal(one.f1(), 3),
        DataTable.Cell.estimate(one.rocAuc()),
        DataTable.Cell.decimal(one.logLoss(), 4),
        DataTable.Cell.text(source));
  }
}
