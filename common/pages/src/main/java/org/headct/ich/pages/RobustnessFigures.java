package org.headct.ich.pages;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.headct.ich.pages.EvaluationReport.Condition;
import org.headct.ich.pages.element.Axis;
import org.headct.ich.pages.element.Block;
import org.headct.ich.pages.element.Figure;
import org.headct.ich.pages.element.Format;
import org.headct.ich.pages.element.Lines;
import org.headct.ich.pages.element.Note;
import org.headct.ich.pages.element.Numbers;
import org.headct.ich.pages.element.Point;

/** Charts of a model's ROC AUC on degraded images. */
final class RobustnessFigures {
  private RobustnessFigures() {}

  /** Returns one chart per kind of degradation, with one line per class. */
  static List<Block> of(QueryResult<Condition> conditions) {
    Map<String, Map<String, List<Condition>>> kinds = new LinkedHashMap<>();
    for (Condition one : conditions.rows()) {
      kinds
          .computeIfAbsent(one.kind(), k -> new LinkedHashMap<>())
          .computeIfAbsent(one.name(), n -> new ArrayList<>())
          .add(one);
    }
    List<Block> blocks = new ArrayList<>();
    kinds.forEach((kind, classes) -> blocks.add(kind(kind, classes, conditions.source())));
    if (blocks.isEmpty()) {
      blocks.add(new Note("No data: evaluate.robustness was 0."));
    }
    return blocks;
  }

  private static Figure kind(String kind, Map<String, List<Condition>> classes, String source) {
    Condition any = classes.values().iterator().next().get(0);
    List<Lines.Series> series = new ArrayList<>();
    classes.forEach(
        (name, rows) ->
            series.add(
                new Lines.Series(
                    name,
                    "",
                    Lines.Style.DOTTED_POINTS,
                    rows.stream()
                        .filter(row -> Double.isFinite(row.rocAuc().value()))
                        .map(row -> Point.of(row.strength(), row.rocAuc()))
                        .toList(),
                    List.of())));
    boolean scans = any.unit().equals("scan");
    return new Figure(
        Character.toUpperCase(kind.charAt(0)) + kind.substring(1),
        Numbers.count(any.units())
            + (scans
                ? " scans; mean over five random choices of the missing slices."
                : " slices; half of them show a haemorrhage, if there are enough."),
        source,
        new Lines(
            Axis.of(
                Character.toUpperCase(any.scale().charAt(0)) + any.scale().substring(1),
                Format.DECIMAL),
            Axis.of("ROC AUC", Format.DECIMAL),
            Lines.Shape.WIDE,
            series));
  }
}
