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

/** The curves of the page of runs. */
final class RunsFigures {
  private static final String SOURCE = "metrics.jsonl in each run's folder";
  private static final Axis EPOCH = Axis.ofCounts("Epoch");

  private RunsFigures() {}

  /** All runs in one chart each. */
  static List<Block> together(List<Run> runs) {
    return List.of(
        figure(
            "Validation loss of all runs",
            "Summed over the outputs of a network: networks of five heads lie higher than those of"
                + " one. The ring marks the epoch whose model is kept.",
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

  /** One run: losses, areas, rate, speed. */
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
            "Training loss without weight decay, weighted by class where classes are; validation"
                + " loss unweighted.",
            Axis.of("Loss (cross-entropy, nats)", Format.DECIMAL),
            List.of(
                series("training", run, Epoch::trainLoss, false),
                series("validation", run, Epoch::validationLoss, true))),
        figure(
            "Validation ROC AUC" + of,
            "By class; a class without both kinds of slices has none.",
            Axis.of("ROC AUC", Format.DECIMAL),
            areas),
        figure(
            "Learning rate" + of,
            "",
            Axis.of("Learning rate (thousandths)", Format.DECIMAL),
            List.of(series("rate", run, epoch -> 1000 * epoch.rate(), false))),
        figure(
            "Speed" + of,
            "Training images a second, averaging of parameters included.",
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
