package org.headct.ich.pages;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import org.headct.ich.pages.EvaluationReport.Calibration;
import org.headct.ich.pages.EvaluationReport.ClassScores;
import org.headct.ich.pages.EvaluationReport.Confusion;
import org.headct.ich.pages.EvaluationReport.Curve;
import org.headct.ich.pages.EvaluationReport.Epoch;
import org.headct.ich.pages.EvaluationReport.Kept;
import org.headct.ich.pages.EvaluationReport.Scans;
import org.headct.ich.pages.element.Axis;
import org.headct.ich.pages.element.Block;
import org.headct.ich.pages.element.Estimate;
import org.headct.ich.pages.element.Figure;
import org.headct.ich.pages.element.Format;
import org.headct.ich.pages.element.HeatMap;
import org.headct.ich.pages.element.Lines;
import org.headct.ich.pages.element.Note;
import org.headct.ich.pages.element.Numbers;
import org.headct.ich.pages.element.Point;

/** The charts of the evaluation page. */
final class EvaluationFigures {
  private EvaluationFigures() {}

  static List<Block> curves(EvaluationReport report) {
    return List.of(roc(report), precisionRecall(report), calibration(report.calibration()));
  }

  private static Figure roc(EvaluationReport report) {
    return roc(
        "ROC curves",
        "A better curve lies closer to the top left corner. The ring marks the operating point.",
        report.roc(),
        report.classes(),
        report.confusion().rows());
  }

  static Figure scanRoc(Scans scans) {
    return roc(
        "Scans: ROC curves",
        "A better curve lies closer to the top left corner.",
        scans.roc(),
        scans.classes(),
        List.of());
  }

  /**
   * Returns a chart of ROC curves and the chance diagonal.
   *
   * @param marked operating points, drawn as rings
   */
  static Figure roc(
      String title,
      String caption,
      QueryResult<Curve> curves,
      QueryResult<ClassScores> classes,
      List<Confusion> marked) {
    List<Lines.Series> series = new ArrayList<>();
    for (Curve curve : curves.rows()) {
      List<Point> marks =
          marked.stream()
              .filter(one -> one.name().equals(curve.name()))
              .map(EvaluationFigures::operatingPoint)
              .toList();
      String detail = detail(classes, curve.name(), one -> "AUC " + Numbers.estimate(one.rocAuc()));
      series.add(line(curve, detail, marks));
    }
    series.add(Lines.Series.diagonal("chance"));
    return new Figure(
        title,
        caption,
        curves.source(),
        new Lines(
            Axis.ofFraction("False positive rate (1 − specificity)", Format.DECIMAL),
            Axis.ofFraction("Recall (sensitivity)", Format.DECIMAL),
            Lines.Shape.SQUARE,
            series));
  }

  private static Figure precisionRecall(EvaluationReport report) {
    List<Lines.Series> series = new ArrayList<>();
    for (Curve curve : report.precisionRecall().rows()) {
      String detail =
          detail(
              report.classes(),
              curve.name(),
              one ->
                  "AUC %s, positives %s"
                      .formatted(
                          Numbers.decimal(one.prAuc().value(), 2),
                          Numbers.share(one.positives(), one.slices())));
      series.add(line(curve, detail, List.of()));
    }
    return new Figure(
        "Precision and recall",
        "Precision is the share of true positives among the slices called positive. Recall is the"
            + " share of positive slices that are found. The precision of a model without skill"
            + " is the share of positives.",
        report.precisionRecall().source(),
        new Lines(
            Axis.ofFraction("Recall (sensitivity)", Format.DECIMAL),
            Axis.ofFraction("Precision", Format.DECIMAL),
            Lines.Shape.SQUARE,
            series));
  }

  private static Figure calibration(QueryResult<Calibration> calibration) {
    List<Lines.Series> series = new ArrayList<>();
    for (Calibration one : calibration.rows()) {
      List<Point> points =
          one.bins().stream()
              .filter(bin -> bin.slices() > 0)
              .map(
                  bin ->
                      Point.of(
                          bin.meanScore(), Estimate.ofProportion(bin.positives(), bin.slices())))
              .toList();
      series.add(new Lines.Series(one.name(), "", Lines.Style.DOTTED_POINTS, points, List.of()));
    }
    series.add(Lines.Series.diagonal("perfect calibration"));
    return new Figure(
        "Calibration",
        "Share of positive slices by score of the model. A dot is a bin of scores, the band its"
            + " 95% interval. On the diagonal, the score is a probability.",
        calibration.source(),
        new Lines(
            Axis.ofFraction("Mean score in the bin", Format.DECIMAL),
            Axis.ofFraction("Share of positives in the bin", Format.DECIMAL),
            Lines.Shape.SQUARE,
            series));
  }

  static List<Block> training(QueryResult<Epoch> epochs) {
    Lines.Series train = epochLine("training", epochs, Epoch::trainLoss, List.of());
    Lines.Series validation =
        epochLine("validation", epochs, Epoch::validationLoss, best(epochs, Epoch::validationLoss));
    Lines.Series auc =
        epochLine("validation", epochs, Epoch::validationAuc, best(epochs, Epoch::validationAuc));
    Axis epoch = Axis.ofCounts("Epoch");
    return List.of(
        new Figure(
            "Loss by epoch",
            "If the validation loss rises while the training loss falls, the network overfits."
                + " The ring marks the evaluated model.",
            epochs.source(),
            new Lines(
                epoch,
                Axis.of("Mean loss (cross-entropy, nats)", Format.DECIMAL),
                Lines.Shape.WIDE,
                List.of(train, validation))),
        new Figure(
            "Validation ROC AUC by epoch",
            "Mean over the classes. The ring marks the evaluated model.",
            epochs.source(),
            new Lines(epoch, Axis.of("ROC AUC", Format.DECIMAL), Lines.Shape.WIDE, List.of(auc))));
  }

  static List<Block> confusion(QueryResult<Confusion> confusion) {
    List<Block> blocks = new ArrayList<>();
    for (Confusion one : confusion.rows()) {
      blocks.add(matrix(one, confusion.source()));
    }
    if (blocks.isEmpty()) {
      blocks.add(new Note("No data: no operating point was chosen."));
    }
    return blocks;
  }

  private static Figure matrix(Confusion one, String source) {
    long positives = one.truePositives() + one.falseNegatives();
    long negatives = one.falsePositives() + one.trueNegatives();
    List<List<Double>> shares =
        List.of(
            List.of(ratio(one.truePositives(), positives), ratio(one.falseNegatives(), positives)),
            List.of(ratio(one.falsePositives(), negatives), ratio(one.trueNegatives(), negatives)));
    List<List<String>> labels =
        List.of(
            List.of(
                counted(one.truePositives(), positives), counted(one.falseNegatives(), positives)),
            List.of(
                counted(one.falsePositives(), negatives), counted(one.trueNegatives(), negatives)));
    return new Figure(
        "Confusion of “%s” at %s".formatted(one.name(), Numbers.decimal(one.threshold(), 3)),
        "Number of slices and their share of the row.",
        source,
        new HeatMap(
            Axis.ofCounts("Called"),
            Axis.ofCounts("Truth"),
            Axis.ofFraction("Share of the row", Format.PERCENT),
            List.of("positive", "negative"),
            List.of("positive", "negative"),
            shares,
            labels));
  }

  private static Lines.Series line(Curve curve, String detail, List<Point> marks) {
    return new Lines.Series(curve.name(), detail, Lines.Style.LINE, curve.points(), marks);
  }

  private static Lines.Series epochLine(
      String name, QueryResult<Epoch> epochs, ToDoubleFunction<Epoch> value, List<Point> marks) {
    List<Point> points =
        epochs.rows().stream()
            .filter(one -> Double.isFinite(value.applyAsDouble(one)))
            .map(one -> Point.of(one.number(), value.applyAsDouble(one)))
            .toList();
    Lines.Style style = points.size() > 60 ? Lines.Style.LINE : Lines.Style.DOTTED_POINTS;
    return new Lines.Series(name, "", style, points, marks);
  }

  private static List<Point> best(QueryResult<Epoch> epochs, ToDoubleFunction<Epoch> value) {
    return epochs.rows().stream()
        .filter(one -> one.kept() == Kept.BEST && Double.isFinite(value.applyAsDouble(one)))
        .map(one -> Point.of(one.number(), value.applyAsDouble(one)))
        .toList();
  }

  private static Point operatingPoint(Confusion one) {
    return Point.of(
        ratio(one.falsePositives(), one.falsePositives() + one.trueNegatives()),
        ratio(one.truePositives(), one.truePositives() + one.falseNegatives()));
  }

  private static String detail(
      QueryResult<ClassScores> classes, String name, Function<ClassScores, String> text) {
    return classes.rows().stream()
        .filter(one -> one.name().equals(name))
        .map(text)
        .findFirst()
        .orElse("");
  }

  private static String counted(long part, long whole) {
    return Numbers.count(part) + "\n" + Numbers.share(part, whole);
  }

  private static double ratio(long part, long whole) {
    return whole == 0 ? Double.NaN : (double) part / whole;
  }
}
