package org.headct.ich.pages;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.headct.ich.pages.RunsReport.Epoch;
import org.headct.ich.pages.RunsReport.Result;
import org.headct.ich.pages.RunsReport.Run;
import org.headct.ich.pages.element.Estimate;
import org.headct.ich.pages.element.Facts;

/**
 * Invented runs: a binary one, one with several outputs, two of a preset, one without a validation
 * part.
 */
final class SampleRuns {
  private SampleRuns() {}

  static RunsReport report() {
    return new RunsReport(
        DataOrigin.PHANTOMS,
        List.of(
            run("binary-a", "", "binary: any", List.of("any"), 8),
            run(
                "five <b>",
                "exp2-multilabel-run1",
                "multilabel: epidural, subdural",
                List.of("epidural", "subdural"),
                6),
            run("cq500-cnn4-by-slice", "cq500-cnn4", "binary: any", List.of("any"), 8),
            run("cq500-cnn4-by-patient", "cq500-cnn4", "binary: any", List.of("any"), 8),
            run("bare", "", "binary: any", List.of(), 1)),
        List.of("old (unknown field)"),
        new QueryResult<>(
            "SELECT * FROM ich.metrics",
            List.of(
                result("binary-a", "slice", 0.912),
                result("binary-a", "scan", 0.934),
                result("cq500-cnn4-by-slice", "slice", 0.976),
                result("cq500-cnn4-by-patient", "slice", 0.655),
                result("cq500-cnn4-by-patient+svm", "slice", 0.641))),
        PublishedResult.all(),
        0.05,
        "0.1.0 (7e2f947)",
        Instant.parse("2026-11-24T12:00:00Z"));
  }

  private static Result result(String run, String unit, double area) {
    return new Result(
        run,
        "test",
        unit,
        "any",
        1234,
        321,
        Map.of(
            "roc_auc", Estimate.of(area, area - 0.05, area + 0.01),
            "accuracy", Estimate.of(0.87, 0.82, 0.91)));
  }

  private static Run run(
      String name, String experiment, String head, List<String> classes, int epochs) {
    List<Epoch> all = new ArrayList<>();
    for (int e = 1; e <= epochs; e++) {
      Map<String, Double> auc = new HashMap<>();
      for (int c = 0; c < classes.size(); c++) {
        auc.put(classes.get(c), 1 - 0.4 / (e + c));
      }
      // Lowest in epoch 5.
      double validation = classes.isEmpty() ? Double.NaN : 0.3 + 0.01 * Math.abs(e - 5);
      all.add(new Epoch(e, 0.01 / e, 0.7 / e, validation, auc, 900, 40 + e, 90));
    }
    return new Run(
        name,
        experiment,
        "resnet-18",
        head,
        "binary",
        name.endsWith("slice") ? "slice" : "patient",
        "by patient, stable, test 0.2, validation 0.1 of the rest, seed 2019",
        2019,
        "6789012345",
        "0.1.0 (7e2f947)",
        11_178_049,
        8,
        2,
        List.of(new Facts.Fact("Batch", "32", "2 workers × 16")),
        all);
  }
}
