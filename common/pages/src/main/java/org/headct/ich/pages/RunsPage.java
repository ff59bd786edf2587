package org.headct.ich.pages;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.headct.ich.pages.RunsReport.Epoch;
import org.headct.ich.pages.RunsReport.Result;
import org.headct.ich.pages.RunsReport.Run;
import org.headct.ich.pages.element.Block;
import org.headct.ich.pages.element.DataTable;
import org.headct.ich.pages.element.Facts;
import org.headct.ich.pages.element.Note;
import org.headct.ich.pages.element.Numbers;
import org.headct.ich.pages.element.Page;
import org.headct.ich.pages.element.PageRenderer;
import org.headct.ich.pages.element.Section;
import org.headct.ich.pages.element.Table;

/**
 * The experiments page: all runs with their settings, learning curves and evaluations, beside
 * published results.
 */
public final class RunsPage {
  private RunsPage() {}

  /** Returns the whole HTML file as text; write it as UTF-8. */
  public static String render(RunsReport report) {
    return new PageRenderer().render(page(report));
  }

  private static Page page(RunsReport report) {
    List<Block> overview = new ArrayList<>();
    overview.add(table(report));
    report.unreadable().forEach(line -> overview.add(new Note("Left out: " + line)));
    List<Section> sections = new ArrayList<>();
    sections.add(
        new Section(
            "published",
            "Beside published figures",
            "The runs of a preset follow the published result that it repeats. They are"
                + " comparable only if data, split and unit agree.",
            List.of(ExperimentTables.published(report))));
    sections.add(
        new Section(
            "splits",
            "By slice and by patient",
            "Slices of one patient look alike. A split by slice puts slices of one patient into"
                + " both the training and the test part. The figures then show how well the"
                + " network recognises known patients, not how well it works on new ones. The gap"
                + " between the two splits is the amount by which a split by slice overstates the"
                + " result.",
            ExperimentTables.gaps(report)));
    sections.add(
        new Section(
            "runs",
            "Runs",
            "The model of the epoch with the lowest validation loss is kept. Figures on the"
                + " validation part are too optimistic, because they chose that epoch.",
            overview));
    sections.add(
        new Section(
            "evaluations",
            "Evaluations",
            "Results of evaluate-model. Square brackets hold the 95% interval by resampled"
                + " patients.",
            List.of(results(report.results()))));
    sections.add(
        new Section("together", "Curves side by side", "", RunsFigures.together(report.runs())));
    for (Run run : report.runs()) {
      List<Block> blocks = new ArrayList<>();
      blocks.add(facts(run));
      blocks.addAll(RunsFigures.of(run));
      sections.add(new Section("run-" + sections.size(), run.name(), "", blocks));
    }
    return new Page(
        "Experiments",
        Numbers.count(report.runs().size()) + " runs under models.path, by name",
        List.of(DataOrigin.NOT_FOR_CLINICAL_USE, report.origin().sentence()),
        sections,
        "Made on %s by version %s.".formatted(Dates.utc(report.finished()), report.codeVersion()));
  }

  private static Table table(RunsReport report) {
    List<DataTable.Column> columns =
        List.of(
            DataTable.Column.text("Run"),
            DataTable.Column.text("Experiment"),
            DataTable.Column.text("Network"),
            DataTable.Column.text("Outputs"),
            DataTable.Column.text("Dataset"),
            DataTable.Column.number("Examples an epoch"),
            DataTable.Column.text("Split"),
            DataTable.Column.number("Seed"),
            DataTable.Column.number("Parameters"),
            DataTable.Column.text("Epochs"),
            DataTable.Column.number("Best epoch"),
            DataTable.Column.number("Validation loss there"),
            DataTable.Column.number("Validation ROC AUC there"),
            DataTable.Column.number("Images a second"),
            DataTable.Column.number("Seconds"),
            DataTable.Column.number("Core-hours"),
            DataTable.Column.number("Cost"),
            DataTable.Column.text("Snapshot of the tensors"),
            DataTable.Column.text("Code version"));
    List<List<DataTable.Cell>> rows = new ArrayList<>();
    for (Run run : report.runs()) {
      Epoch best = best(run);
      rows.add(
          List.of(
              DataTable.Cell.text(run.name()),
              DataTable.Cell.text(run.experiment()),
              DataTable.Cell.text(run.network()),
              DataTable.Cell.text(run.head()),
              DataTable.Cell.text(run.dataset()),
              DataTable.Cell.count(run.images()),
              DataTable.Cell.text(run.split()),
              DataTable.Cell.text(Long.toString(run.seed())),
              DataTable.Cell.count(run.parameters()),
              DataTable.Cell.text(run.epochs().size() + " of " + run.asked()),
              DataTable.Cell.count(run.best()),
              DataTable.Cell.decimal(best.validationLoss(), 4),
              DataTable.Cell.decimal(best.meanAuc(), 3),
              DataTable.Cell.decimal(speed(run), 1),
              DataTable.Cell.decimal(run.seconds(), 1),
              DataTable.Cell.decimal(run.coreHours(), 3),
              DataTable.Cell.decimal(cost(run, report.coreHourPrice()), 2),
              DataTable.Cell.text(run.snapshot()),
              DataTable.Cell.text(run.codeVersion())));
    }
    return new Table(
        "All runs",
        "ROC AUC is the mean over the classes, images a second the mean over the epochs. Seconds"
            + " count training and validation. Core-hours are workers × time. Cost is core-hours"
            + " × explore.core-hour-price; – means that no price is set.",
        "run.json and metrics.jsonl in each run's folder",
        new DataTable(columns, rows));
  }

  private static Epoch best(Run run) {
    return run.epochs().stream()
        .filter(epoch -> epoch.number() == run.best())
        .findFirst()
        .orElse(new Epoch(0, Double.NaN, Double.NaN, Double.NaN, Map.of(), 0, Double.NaN, 0));
  }

  private static double cost(Run run, double coreHourPrice) {
    return coreHourPrice > 0 ? run.coreHours() * coreHourPrice : Double.NaN;
  }

  private static double speed(Run run) {
    return run.epochs().stream().mapToDouble(Epoch::imagesPerSecond).average().orElse(Double.NaN);
  }

  private static Table results(QueryResult<Result> results) {
    List<String> metrics =
        List.of(
            "roc_auc",
            "pr_auc",
            "accuracy",
            "recall",
            "specificity",
            "precision",
            "f1",
            "log_loss");
    List<DataTable.Column> columns = new ArrayList<>();
    columns.add(DataTable.Column.text("Run"));
    columns.add(DataTable.Column.text("Part"));
    columns.add(DataTable.Column.text("Class"));
    columns.add(DataTable.Column.text("Counted"));
    columns.add(DataTable.Column.number("Number"));
    columns.add(DataTable.Column.number("Positives"));
    for (String name :
        List.of(
            "ROC AUC",
            "PR AUC",
            "Accuracy",
            "Recall",
            "Specificity",
            "Precision",
            "F1",
            "Log loss")) {
      columns.add(DataTable.Column.number(name + " [95%]"));
    }
    List<List<DataTable.Cell>> rows = new ArrayList<>();
    for (Result one : results.rows()) {
      List<DataTable.Cell> row = new ArrayList<>();
      row.add(DataTable.Cell.text(one.run()));
      row.add(DataTable.Cell.text(one.split()));
      row.add(DataTable.Cell.text(one.finding()));
      row.add(DataTable.Cell.text(one.unit()));
      row.add(DataTable.Cell.count(one.images()));
      row.add(DataTable.Cell.count(one.positives()));
      metrics.forEach(metric -> row.add(DataTable.Cell.estimate(one.figure(metric))));
      rows.add(row);
    }
    return new Table(
        "Figures by run and class",
        "– means undefined. Recall, specificity, precision and F1 hold at the threshold"
            + " of the evaluation.",
        results.source(),
        new DataTable(columns, rows));
  }

  private static Facts facts(Run run) {
    List<Facts.Fact> facts = new ArrayList<>();
    facts.add(new Facts.Fact("Network", run.network(), run.head()));
    facts.add(new Facts.Fact("Parameters", Numbers.count(run.parameters()), ""));
    facts.add(new Facts.Fact("Dataset", run.dataset(), "snapshot " + run.snapshot()));
    facts.add(new Facts.Fact("Split", run.split(), ""));
    facts.add(new Facts.Fact("Seed", Long.toString(run.seed()), ""));
    facts.addAll(run.settings());
    facts.add(new Facts.Fact("Code version", run.codeVersion(), ""));
    return new Facts(facts);
  }
}
