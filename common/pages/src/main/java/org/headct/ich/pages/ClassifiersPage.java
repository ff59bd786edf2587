package org.headct.ich.pages;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.headct.ich.pages.ClassifiersReport.Choice;
import org.headct.ich.pages.ClassifiersReport.Chosen;
import org.headct.ich.pages.ClassifiersReport.Classified;
import org.headct.ich.pages.EvaluationReport.ClassScores;
import org.headct.ich.pages.element.Block;
import org.headct.ich.pages.element.DataTable;
import org.headct.ich.pages.element.Facts;
import org.headct.ich.pages.element.Note;
import org.headct.ich.pages.element.Numbers;
import org.headct.ich.pages.element.Page;
import org.headct.ich.pages.element.PageRenderer;
import org.headct.ich.pages.element.Section;
import org.headct.ich.pages.element.Table;

/** The page of classifiers that were trained on a network's features. */
public final class ClassifiersPage {
  private ClassifiersPage() {}

  /** Returns the whole HTML file as text; write it as UTF-8. */
  public static String render(ClassifiersReport report) {
    return new PageRenderer().render(page(report));
  }

  private static Page page(ClassifiersReport report) {
    EvaluationReport.Run run = report.run();
    List<Section> sections =
        List.of(
            new Section("run", "The run", "", List.of(facts(report))),
            new Section(
                "classes",
                "Classes",
                "The network's own head and the classifiers trained on its features scored the"
                    + " same test slices. Recall, specificity and F1 hold at the threshold.",
                classes(report)),
            new Section("curves", "Curves", "", curves(report)),
            new Section(
                "parameters",
                "Parameters",
                "Parameters that cross-validation tried on the training part. All slices of a"
                    + " patient are in one fold. Highlighted rows were chosen and retrained on"
                    + " the whole training part.",
                List.of(choices(report.choices()))),
            new Section(
                "published",
                "Beside published results",
                "Results are comparable only if data, split and unit of evaluation agree.",
                List.of(published(report))));
    return new Page(
        "Classifiers of a network's features",
        run.network() + " on " + run.dataset() + ", run " + run.runId(),
        List.of(DataOrigin.NOT_FOR_CLINICAL_USE, report.origin().sentence()),
        sections,
        "Evaluated on %s by version %s.".formatted(Dates.utc(run.finished()), run.codeVersion()));
  }

  private static Facts facts(ClassifiersReport report) {
    return EvaluationTables.run(
        report.run(),
        new Facts.Fact("Features", Numbers.count(report.features()), "values per image"),
        new Facts.Fact(
            "Images",
            Numbers.count(report.images().training()),
            "for training; %s for testing".formatted(Numbers.count(report.images().test()))));
  }

  private static List<Block> classes(ClassifiersReport report) {
    List<DataTable.Column> columns =
        List.of(
            DataTable.Column.text("Class"),
            DataTable.Column.text("System"),
            DataTable.Column.number("Slices"),
            DataTable.Column.number("Positives"),
            DataTable.Column.number("Accuracy"),
            DataTable.Column.number("Recall (sensitivity)"),
            DataTable.Column.number("Specificity"),
            DataTable.Column.number("F1"),
            DataTable.Column.number("ROC AUC [95%]"));
    List<String> names =
        report.systems().stream()
            .flatMap(one -> one.scores().rows().stream())
            .map(ClassScores::name)
            .distinct()
            .toList();
    List<List<DataTable.Cell>> rows = new ArrayList<>();
    for (String name : names) {
      for (Classified system : report.systems()) {
        for (ClassScores one : system.scores().rows()) {
          if (one.name().equals(name)) {
            rows.add(row(system.name(), one));
          }
        }
      }
    }
    List<Block> blocks = new ArrayList<>();
    blocks.add(
        new Table(
            "Scores by class",
            "Square brackets hold the 95% interval by resampled patients. – means undefined.",
            report.systems().get(report.systems().size() - 1).scores().source(),
            new DataTable(columns, rows)));
    for (Classified system : report.systems()) {
      if (system.scores().rows().isEmpty()) {
        blocks.add(
            new Note(
                "No figures for the %s: run evaluate-model, then train-classifiers again."
                    .formatted(system.name())));
      }
    }
    report.leftOut().forEach(label -> blocks.add(new Note("Left out: " + label + ".")));
    return blocks;
  }

  private static List<DataTable.Cell> row(String system, ClassScores one) {
    return List.of(
        DataTable.Cell.text(one.name()),
        DataTable.Cell.text(system),
        DataTable.Cell.count(one.slices()),
        DataTable.Cell.count(one.positives()),
        DataTable.Cell.decimal(one.accuracy(), 3),
        DataTable.Cell.decimal(one.recall(), 3),
        DataTable.Cell.decimal(one.specificity(), 3),
        DataTable.Cell.decimal(one.f1(), 3),
        DataTable.Cell.estimate(one.rocAuc()));
  }

  private static List<Block> curves(ClassifiersReport report) {
    List<Block> figures = new ArrayList<>();
    for (Classified system : report.systems()) {
      if (!system.roc().rows().isEmpty()) {
        figures.add(
            EvaluationFigures.roc(
                "ROC curves, " + system.name(),
                "A better curve lies closer to the top left corner.",
                system.roc(),
                system.scores(),
                List.of()));
      }
    }
    return figures;
  }

  private static Table choices(QueryResult<Choice> choices) {
    List<DataTable.Column> columns =
        List.of(
            DataTable.Column.text("Classifier"),
            DataTable.Column.text("Class"),
            DataTable.Column.text("Parameters"),
            DataTable.Column.number("Folds"),
            DataTable.Column.number("Mean ROC AUC of the folds"),
            DataTable.Column.text("Margins turned into probabilities by"));
    List<List<DataTable.Cell>> rows = new ArrayList<>();
    Set<Integer> chosen = new HashSet<>();
    for (Choice one : choices.rows()) {
      if (one.chosen() == Chosen.YES) {
        chosen.add(rows.size());
      }
      rows.add(
          List.of(
              DataTable.Cell.text(one.classifier()),
              DataTable.Cell.text(one.label()),
              DataTable.Cell.text(one.parameters()),
              DataTable.Cell.count(one.folds()),
              DataTable.Cell.decimal(one.auc(), 4),
              DataTable.Cell.text(one.scale())));
    }
    return new Table(
        "Parameters that were tried",
        "Parameter names are those of MLlib.",
        choices.source(),
        new DataTable(columns, rows),
        chosen);
  }

  private static Table published(ClassifiersReport report) {
    List<List<DataTable.Cell>> ours = new ArrayList<>();
    for (Classified system : report.systems()) {
      for (ClassScores one : system.scores().rows()) {
        ours.add(
            EvaluationTables.ours(
                one,
                system.name() + ", " + one.name(),
                report.run().dataset(),
                "run " + report.run().runId()));
      }
    }
    return EvaluationTables.results(ours, report.results());
  }
}
