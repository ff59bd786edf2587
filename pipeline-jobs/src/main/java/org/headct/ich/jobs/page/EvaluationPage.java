package org.headct.ich.jobs.page;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.headct.ich.jobs.page.EvaluationReport.ClassScores;
import org.headct.ich.jobs.page.EvaluationReport.Outcome;
import org.headct.ich.jobs.page.EvaluationReport.Result;
import org.headct.ich.jobs.page.EvaluationReport.SliceExample;
import org.headct.ich.jobs.page.EvaluationReport.Whose;

/** The page of one evaluation: what was run, how good it is, where it errs, what others reached. */
public final class EvaluationPage {
  private EvaluationPage() {}

  /** The whole HTML file, to be written as UTF-8. */
  public static String render(EvaluationReport report) {
    return new PageRenderer().render(page(report));
  }

  static Page page(EvaluationReport report) {
    EvaluationReport.Run run = report.run();
    List<Section> sections =
        List.of(
            new Section("run", "The run", "", List.of(runFacts(run))),
            new Section(
                "classes",
                "Classes",
                "How well each class is told from the rest, slice by slice. Recall, specificity,"
                    + " precision and F1 hold at the operating point; ROC AUC and PR AUC at no point"
                    + " in particular.",
                List.of(classTable(report.classes()))),
            new Section("curves", "Curves", "", EvaluationFigures.curves(report)),
            new Section(
                "operating-point",
                "Operating point",
                "From the threshold on, a slice is called positive.",
                EvaluationFigures.confusion(report.confusion())),
            new Section("training", "Training", "", EvaluationFigures.training(report.epochs())),
            new Section(
                "slices",
                "Slices",
                "The worst errors and some right ones. Each slice in the windows that the network"
                    + " sees.",
                slices(report.examples())),
            new Section(
                "published",
                "Beside published results",
                "This run first, then others. They are comparable only as far as data, split and"
                    + " unit of evaluation agree.",
                List.of(results(report))));
    return new Page(
        "Detection of intracranial haemorrhage: evaluation",
        run.network() + " on " + run.dataset() + ", run " + run.runId(),
        List.of(DataOrigin.NOT_FOR_CLINICAL_USE, report.origin().sentence()),
        sections,
        "Evaluated on %s by version %s.".formatted(Dates.utc(run.finished()), run.codeVersion()));
  }

  private static Facts runFacts(EvaluationReport.Run run) {
    return new Facts(
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
  }

  private static Table classTable(Queried<ClassScores> classes) {
    List<DataTable.Column> columns = new ArrayList<>();
    columns.add(DataTable.Column.text("Class"));
    for (String name :
        List.of(
            "Slices",
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
        "Scores by class",
        "In square brackets the 95% interval; PR AUC is the average precision; – where a figure is undefined, such as the recall of"
            + " a class without positives.",
        classes.source(),
        new DataTable(columns, rows));
  }

  private static List<Block> slices(Queried<SliceExample> examples) {
    List<Block> blocks = new ArrayList<>();
    blocks.add(grid(examples, Outcome.FALSE_POSITIVE, "False positives with the highest scores"));
    blocks.add(grid(examples, Outcome.FALSE_NEGATIVE, "False negatives with the lowest scores"));
    blocks.add(grid(examples, Outcome.TRUE_POSITIVE, "Rightly called positive"));
    blocks.add(grid(examples, Outcome.TRUE_NEGATIVE, "Rightly called negative"));
    return blocks;
  }

  private static ImageGrid grid(Queried<SliceExample> examples, Outcome outcome, String title) {
    List<ImageGrid.Tile> tiles =
        examples.rows().stream()
            .filter(one -> one.outcome() == outcome)
            .map(
                one ->
                    new ImageGrid.Tile(
                        one.imageId(),
                        one.windows(),
                        List.of(
                            "Truth: "
                                + (one.truth().isEmpty()
                                    ? "no haemorrhage"
                                    : String.join(", ", one.truth())),
                            "Score of “"
                                + one.className()
                                + "”: "
                                + Numbers.decimal(one.score(), 3))))
            .toList();
    return new ImageGrid(title, "", examples.source(), tiles);
  }

  private static Table results(EvaluationReport report) {
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
    List<List<DataTable.Cell>> rows = new ArrayList<>();
    Set<Integer> ours = new HashSet<>();
    for (ClassScores one : report.classes().rows()) {
      ours.add(rows.size());
      rows.add(
          List.of(
              DataTable.Cell.text("this run, " + one.name()),
              DataTable.Cell.text(report.run().dataset()),
              DataTable.Cell.decimal(one.accuracy(), 3),
              DataTable.Cell.decimal(one.recall(), 3),
              DataTable.Cell.decimal(one.f1(), 3),
              DataTable.Cell.estimate(one.rocAuc()),
              DataTable.Cell.decimal(one.logLoss(), 4),
              DataTable.Cell.text("run " + report.run().runId())));
    }
    for (Result one : report.results()) {
      if (one.whose() == Whose.OURS) {
        ours.add(rows.size());
      }
      rows.add(
          List.of(
              DataTable.Cell.text(one.system()),
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
        "Rows on a coloured ground are of this project; the others are as published.",
        "",
        new DataTable(columns, rows),
        ours);
  }
}
