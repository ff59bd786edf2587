package org.headct.ich.pages;

import java.util.ArrayList;
import java.util.List;
import org.headct.ich.pages.EvaluationReport.Outcome;
import org.headct.ich.pages.EvaluationReport.SliceExample;
import org.headct.ich.pages.element.Block;
import org.headct.ich.pages.element.ImageGrid;
import org.headct.ich.pages.element.Numbers;
import org.headct.ich.pages.element.Page;
import org.headct.ich.pages.element.PageRenderer;
import org.headct.ich.pages.element.Section;

/** The page of one evaluation: the run, its scores, its errors and published results. */
public final class EvaluationPage {
  private EvaluationPage() {}

  /** Returns the whole HTML file as text; write it as UTF-8. */
  public static String render(EvaluationReport report) {
    return new PageRenderer().render(page(report));
  }

  static Page page(EvaluationReport report) {
    EvaluationReport.Run run = report.run();
    List<Section> sections =
        List.of(
            new Section("run", "The run", "", List.of(EvaluationTables.run(run))),
            new Section(
                "classes",
                "Classes",
                "How well the model separates each class from the rest, slice by slice. Recall,"
                    + " specificity, precision and F1 hold at the operating point. ROC AUC and PR"
                    + " AUC do not depend on it.",
                List.of(EvaluationTables.classes(report.classes(), "Slices"))),
            new Section("curves", "Curves", "", EvaluationFigures.curves(report)),
            new Section(
                "scans",
                "Scans",
                report.scans().how(),
                List.of(
                    EvaluationTables.classes(report.scans().classes(), "Scans"),
                    EvaluationFigures.scanRoc(report.scans()))),
            new Section(
                "operating-point",
                "Operating point",
                "A slice is called positive if its score is at or above the threshold.",
                EvaluationFigures.confusion(report.confusion())),
            new Section("training", "Training", "", EvaluationFigures.training(report.epochs())),
            new Section(
                "splits",
                "By slice and by patient",
                "Slices of one patient look alike. A split by slice puts slices of one patient"
                    + " into both the training and the test part. The figures then show how well"
                    + " the network recognises known patients, not how well it works on new ones.",
                EvaluationTables.splits(report.runs())),
            new Section(
                "robustness",
                "Robustness",
                "ROC AUC of the same network on degraded images, by strength of the degradation."
                    + " Strength 0 means unchanged images. The band is the 95% interval.",
                RobustnessFigures.of(report.robustness())),
            new Section(
                "slices",
                "Slices",
                "The worst errors and some correct slices, each in the windows that the network"
                    + " sees. The worst errors also have a heat map: parts of the slice were"
                    + " hidden in turn, and the change of the score was measured. Orange parts"
                    + " speak for the finding, blue parts against it.",
                slices(report.examples())),
            new Section("time", "Time", "", List.of(EvaluationTables.times(report.times()))),
            new Section(
                "published",
                "Beside published results",
                "This run comes first, then published results. They are comparable only if data,"
                    + " split and unit of evaluation agree.",
                List.of(EvaluationTables.results(report))));
    return new Page(
        "Detection of intracranial haemorrhage: evaluation",
        run.network() + " on " + run.dataset() + ", run " + run.runId(),
        List.of(DataOrigin.NOT_FOR_CLINICAL_USE, report.origin().sentence()),
        sections,
        "Evaluated on %s by version %s.".formatted(Dates.utc(run.finished()), run.codeVersion()));
  }

  private static List<Block> slices(QueryResult<SliceExample> examples) {
    List<Block> blocks = new ArrayList<>();
    blocks.add(grid(examples, Outcome.FALSE_POSITIVE, "False positives with the highest scores"));
    blocks.add(grid(examples, Outcome.FALSE_NEGATIVE, "False negatives with the lowest scores"));
    blocks.add(grid(examples, Outcome.TRUE_POSITIVE, "Correctly called positive"));
    blocks.add(grid(examples, Outcome.TRUE_NEGATIVE, "Correctly called negative"));
    return blocks;
  }

  private static ImageGrid grid(QueryResult<SliceExample> examples, Outcome outcome, String title) {
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
}
