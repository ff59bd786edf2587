package org.headct.ich.pages;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.function.ToDoubleFunction;
import org.headct.ich.pages.RunsReport.Epoch;
import org.headct.ich.pages.RunsReport.Run;
import org.headct.ich.pages.element.Axis;
import org.headct.ich.pages.element.Block;
import org.headct.ich.pages.element.Figure;
import org.headct.ich.pages.element.Format;
import org.headct.ich.pages.element.Lines;
import org.headct.ich.pages.element.Point;

/** The charts of the experiments page. */
final class RunsFigures {
  private static final String SOURCE = "metrics.jsonl in each run's folder";
  private static final Axis EPOCH = Axis.ofCounts("Epoch");

  private RunsFigures() {}

  /** Returns two charts that compare all runs: validation loss and validation ROC AUC. */
  static List<Block> together(List<Run> runs) {
    return List.of(
        figure(
            "Validation loss of all runs",
            "The loss is summed over a network's outputs, so networks with five outputs lie"
                + " higher than those with one. The ring marks the epoch whose model is kept.",
            Axis.of("Validation loss (cross-entropy, nats)", Format.DECIMAL),
            lines(runs, Epoch::validationLoss)),
        figure(
            "Validation ROC AUC of all runs",
            "Mean over the classes.",
            Axis.of("ROC AUC", Format.DECIMAL),
            lines(runs, Epoch::meanAuc)));
  }

  private static List<Lines.Series> lines(List<Run> runs, ToDoubleFunction<Epoch> value) {
    return runs.stream().map(run -> series(run.name(), run, value, true)).toList();
  }

  /** Returns the charts of one run: loss, ROC AUC, learning rate and speed. */
  static List<Block> of(Run run) {
    String of = " of " + run.name();
    List<Lines.Series> areas = new ArrayList<>();
    TreeSet<String> classes = new TreeSet<>();
    run.epochs().forEach(epoch -> classes.addAll(epoch.auc().keySet()));
    for (String name : classes) {
      areas.add(series(name, run, epoch -> epoch.auc().getOrDefault(name, Double.NaN), true));
    }
    return List.of(
        figure(
            "Loss" + of,
            "The training loss has no weight decay term; class weights apply if they are set. The"
                + " validation loss is unweighted.",
            Axis.of("Loss (cross-entropy, nats)", Format.DECIMAL),
            List.of(
                series("training", run, Epoch::trainLoss, false),
                series("validation", run, Epoch::validationLoss, true))),
        figure(
            "Validation ROC AUC" + of,
            "One line per class. A class without both positive and negative slices has no ROC AUC.",
            Axis.of("ROC AUC", Format.DECIMAL),
            areas),
        figure(
            "Learning rate" + of,
            "",
            Axis.of("Learning rate (thousandths)", Format.DECIMAL),
            List.of(series("rate", run, epoch -> 1000 * epoch.rate(), false))),
        figure(
            "Speed" + of,
            "Training images per second, including parameter averaging.",
            Axis.of("Images a second", Format.DECIMAL),
            List.of(series("images", run, Epoch::imagesPerSecond, false))));
  }

  private static Figure figure(String title, String caption, Axis y, List<Lines.Series> series) {
    return new Figure(title, caption, SOURCE, new Lines(EPOCH, y, Lines.Shape.WIDE, series));
  }

  private static Lines.Series series(
      String name, Run run, ToDoubleFunction<Epoch> value, boolean marked) {
    List<Point> points = new ArrayList<>();
    List<Point> marks = new ArrayList<>();
    int best = run.best();
    for (Epoch epoch : run.epochs()) {
      double y = value.applyAsDouble(epoch);
      if (Double.isFinite(y)) {
        points.add(Point.of(epoch.number(), y));
        if (marked && epoch.number() == best) {
          marks.add(Point.of(epoch.number(), y));
        }
      }
    }
    Lines.Style style = points.size() > 60 ? Lines.Style.LINE : Lines.Style.DOTTED_POINTS;
    return new Lines.Series(name, "", style, points, marks);
  }
}
