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
            new Section("run", "The run", "", List.of(EvaluationTables.run(run))),
            new Section(
                "classes",
                "Classes",
                "How well each class is told from the rest, slice by slice. Recall, specificity,"
                    + " precision and F1 hold at the operating point; ROC AUC and PR AUC at no point"
                    + " in particular.",
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
                "From the threshold on, a slice is called positive.",
                EvaluationFigures.confusion(report.confusion())),
            new Section("training", "Training", "", EvaluationFigures.training(report.epochs())),
            new Section(
                "splits",
                "By slice and by patient",
                "Slices of a patient are alike. Where a split deals slices and not patients, slices of the test patients were trained on, and the figures say how well the network knows them again, not how it will do on others.",
                EvaluationTables.splits(report.runs())),
            new Section(
                "robustness",
                "Robustness",
                "The same network on worse images: figure against strength. Of each kind, strength 0 is the images as they are; the band is the 95% interval.",
                RobustnessFigures.of(report.robustness())),
            new Section(
                "slices",
                "Slices",
                "The worst errors and some right ones. Each slice in the windows that the network"
                    + " sees. Of the worst errors also where it looked: parts of the slice were hidden in turn; orange is what spoke for the finding, blue what spoke against it, by how much the score moved.",
                slices(report.examples())),
            new Section("time", "Time", "", List.of(EvaluationTables.times(report.times()))),
            new Section(
                "published",
                "Beside published results",
                "This run first, then others. They are comparable only as far as data, split and"
                    + " unit of evaluation agree.",
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
    blocks.add(grid(examples, Outcome.TRUE_POSITIVE, "Rightly called positive"));
    blocks.add(grid(examples, Outcome.TRUE_NEGATIVE, "Rightly called negative"));
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
