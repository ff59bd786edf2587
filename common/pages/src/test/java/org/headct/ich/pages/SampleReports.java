package org.headct.ich.pages;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import org.headct.ich.domain.ct.Disturbance;
import org.headct.ich.domain.metric.PrecisionRecallCurve;
import org.headct.ich.domain.metric.RocCurve;
import org.headct.ich.pages.EvaluationReport.Calibration;
import org.headct.ich.pages.EvaluationReport.ClassScores;
import org.headct.ich.pages.EvaluationReport.Confusion;
import org.headct.ich.pages.EvaluationReport.Curve;
import org.headct.ich.pages.EvaluationReport.Epoch;
import org.headct.ich.pages.EvaluationReport.Kept;
import org.headct.ich.pages.EvaluationReport.Outcome;
import org.headct.ich.pages.EvaluationReport.SliceExample;
import org.headct.ich.pages.element.Estimate;

/** An evaluation as large and as unbalanced as a real one; every figure is invented. */
final class SampleReports {
  static final List<String> CLASSES =
      List.of(
          "any", "epidural", "intraparenchymal", "intraventricular", "subarachnoid", "subdural");
  static final List<String> WINDOWS = List.of("bone 600/2800", "brain 40/80", "subdural 80/200");

  private SampleReports() {}

  static EvaluationReport evaluation() {
    Random random = new Random(7);
    List<ClassScores> scores = new ArrayList<>();
    List<Curve> roc = new ArrayList<>();
    List<Curve> pr = new ArrayList<>();
    List<Calibration> calibration = new ArrayList<>();
    List<Confusion> confusion = new ArrayList<>();
    long slices = 19_529;
    for (int c = 0; c < CLASSES.size(); c++) {
      String name = CLASSES.get(c);
      long positives = List.of(5_612L, 63L, 1_877L, 1_204L, 1_790L, 2_430L).get(c);
      double power = 4 + 2.5 * c;
      double auc = power / (power + 1);
      double spread = 0.6 / Math.sqrt(positives);
      scores.add(
          new ClassScores(
              name,
              slices,
              positives,
              0.9 + c * 0.01,
              name.equals("epidural") ? Double.NaN : 0.74 + c * 0.02,
              0.95,
              0.61,
              0.67,
              Estimate.of(auc, auc - spread, Math.min(1, auc + spread)),
              Estimate.of(auc - 0.2, auc - 0.2 - spread, auc - 0.2 + spread),
              0.0438 + c * 0.01));
      List<RocCurve.Point> rocPoints = new ArrayList<>();
      List<PrecisionRecallCurve.Point> prPoints = new ArrayList<>();
      for (int i = 0; i <= 2_000; i++) {
        double x = i / 2_000.0;
        rocPoints.add(new RocCurve.Point(1 - x, x, Math.pow(x, 1 / power)));
        double share = (double) positives / slices;
        prPoints.add(
            new PrecisionRecallCurve.Point(
                1 - x, x, share + (1 - share) * (1 - Math.pow(x, power / 3))));
      }
      roc.add(Curve.of(name, new RocCurve(auc, rocPoints)));
      pr.add(Curve.of(name, new PrecisionRecallCurve(auc, auc, prPoints)));
      List<Calibration.Bin> bins = new ArrayList<>();
      for (int b = 0; b < 10; b++) {
        long n = (long) (slices * Math.pow(0.45, b + 1));
        bins.add(new Calibration.Bin(0.05 + 0.1 * b, n, (long) (n * (0.02 + 0.088 * b))));
      }
      if (c == 0) {
        calibration.add(new Calibration(name, bins));
      }
      long found = (long) (positives * Math.pow(0.08, 1 / power));
      long alarms = (long) ((slices - positives) * 0.08);
      confusion.add(
          new Confusion(name, 0.31, found, alarms, positives - found, slices - positives - alarms));
    }
    List<Epoch> epochs = new ArrayList<>();
    for (int e = 1; e <= 40; e++) {
      double noise = random.nextGaussian() * 0.006;
      epochs.add(
          new Epoch(
              e,
              0.1 + 0.5 * Math.exp(-e / 9.0),
              0.19 + 0.4 * Math.exp(-e / 6.0) + 0.0022 * e + noise,
              0.93 - 0.3 * Math.exp(-e / 5.0) - noise,
              e == 14 ? Kept.BEST : Kept.OTHER));
    }
    List<SliceExample> examples = new ArrayList<>();
    for (Outcome outcome : Outcome.values()) {
      for (int i = 0; i < 4; i++) {
        boolean bleeds = outcome == Outcome.FALSE_NEGATIVE || outcome == Outcome.TRUE_POSITIVE;
        List<String> truth = bleeds ? List.of("subdural", "intraventricular") : List.of();
        examples.add(
            new SliceExample(
                outcome,
                "ID_%08x".formatted(random.nextInt()),
                "any",
                random.nextDouble(),
                truth,
                i == 0
                    ? SampleSlices.withHeat(random, bleeds)
                    : SampleSlices.windows(random, bleeds)));
      }
    }
    return new EvaluationReport(
        new EvaluationReport.Run(
            "2026-11-23T0912-4f1c",
            "models/exp2-binary-4f1c",
            "ResNet-18, binary head",
            "binary",
            "ich.tensors@6318905124435189234",
            "by patient, 80/20",
            42,
            "0.1.0 (7e2f947)",
            Instant.parse("2026-11-23T11:40:05Z")),
        DataOrigin.PHANTOMS,
        new QueryResult<>(
            "SELECT * FROM ich.metrics\nWHERE run_id = '2026-11-23T0912-4f1c'", scores),
        new QueryResult<>("SELECT image_id, subtype, label, score\nFROM ich.predictions", roc),
        new QueryResult<>("SELECT image_id, subtype, label, score\nFROM ich.predictions", pr),
        new QueryResult<>("SELECT width_bucket(score, 0, 1, 10) FROM ich.predictions", calibration),
        new QueryResult<>("models/exp2-binary-4f1c/metrics.jsonl", epochs),
        new QueryResult<>(
            "SELECT subtype, label, score >= threshold FROM ich.predictions", confusion),
        new QueryResult<>(
            "SELECT * FROM ich.predictions JOIN ich.tensors USING (image_id)", examples),
        new EvaluationReport.Scans(
            "Evaluated by series. The score of a series is the highest of its evaluated slices.",
            new QueryResult<>(
                "SELECT * FROM ich.metrics WHERE unit = 'scan'", scores.subList(0, 2)),
            new QueryResult<>("SELECT max(score) FROM ich.predictions", roc.subList(0, 2))),
        new QueryResult<>("SELECT * FROM ich.metrics WHERE condition <> ''", conditions()),
        new QueryResult<>("SELECT * FROM ich.metrics", runs()),
        new QueryResult<>("reports/runs", times()),
        PublishedResult.all());
  }

  static EvaluationReport withRuns(EvaluationReport r, List<EvaluationReport.RunScores> runs) {
    return new EvaluationReport(
        r.run(),
        r.origin(),
        r.classes(),
        r.roc(),
        r.precisionRecall(),
        r.calibration(),
        r.epochs(),
        r.confusion(),
        r.examples(),
        r.scans(),
        r.robustness(),
        new QueryResult<>("", runs),
        r.times(),
        r.results());
  }

  private static List<EvaluationReport.Condition> conditions() {
    List<EvaluationReport.Condition> conditions = new ArrayList<>();
    for (Disturbance.Kind kind : Disturbance.Kind.values()) {
      String name = kind.name().toLowerCase(Locale.ROOT);
      List<Disturbance> all = new ArrayList<>(kind.all());
      all.add(0, new Disturbance(kind, 0));
      for (Disturbance one : all) {
        double auc = 0.95 - 0.08 * all.indexOf(one);
        conditions.add(condition(name, kind.unit(), one.strength(), "any", auc));
        conditions.add(condition(name, kind.unit(), one.strength(), "subdural", auc - 0.1));
      }
    }
    for (double share : new double[] {0, 0.2, 0.4, 0.6, 0.8}) {
      conditions.add(condition("missing slices", "share", share, "any", 0.97 - share / 5));
    }
    return conditions;
  }

  private static EvaluationReport.Condition condition(
      String kind, String scale, double strength, String name, double auc) {
    return new EvaluationReport.Condition(
        kind,
        scale,
        strength,
        name,
        kind.startsWith("missing") ? "scan" : "slice",
        200,
        Estimate.of(auc, auc - 0.02, auc + 0.02));
  }

  private static List<EvaluationReport.RunScores> runs() {
    return List.of(
        run("patient", "exp2-binary-4f1c", 0.78, true), run("slice", "by-slice-1", 0.98, false));
  }

  private static EvaluationReport.RunScores run(
      String unit, String name, double auc, boolean mine) {
    Map<String, Estimate> figures =
        Map.of(
            "accuracy", Estimate.of(0.9),
            "recall", Estimate.of(0.8),
            "f1", Estimate.of(0.7),
            "roc_auc", Estimate.of(auc, auc - 0.01, auc + 0.01));
    return new EvaluationReport.RunScores(unit, name, "binary", "any", 19_529, figures, mine);
  }

  private static List<EvaluationReport.StageTime> times() {
    return List.of(
        new EvaluationReport.StageTime(
            "build-tensors", 97_645, "selections", 254.1, "run 20261123T0800-aaaa"),
        new EvaluationReport.StageTime(
            "both, by scan", 3_906, "scans of 5 slices", 812.4, "this evaluation"));
  }
}
