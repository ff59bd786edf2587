package org.headct.ich.pages;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.headct.ich.pages.ExploreReport.FindingCount;
import org.headct.ich.pages.ExploreReport.LabelCount;
import org.headct.ich.pages.ExploreReport.LeakCount;
import org.headct.ich.pages.ExploreReport.MeasureCount;
import org.headct.ich.pages.ExploreReport.PairCount;
import org.headct.ich.pages.ExploreReport.PixelDescription;
import org.headct.ich.pages.ExploreReport.PositionCount;
import org.headct.ich.pages.ExploreReport.Publication;
import org.headct.ich.pages.ExploreReport.SeriesLength;
import org.headct.ich.pages.ExploreReport.SplitCount;
import org.headct.ich.pages.element.Facts;

/** A data set as large and as unbalanced as RSNA's; most of its figures are invented. */
final class SampleExplore {
  private SampleExplore() {}

  static ExploreReport report() {
    List<Long> positives = List.of(107_933L, 3_145L, 36_118L, 26_205L, 35_675L, 47_166L);
    List<LabelCount> labels = new ArrayList<>();
    List<PairCount> pairs = new ArrayList<>();
    for (int c = 0; c < positives.size(); c++) {
      String name = SampleReports.CLASSES.get(c);
      labels.add(new LabelCount(name, positives.get(c), 752_803 - positives.get(c)));
      for (int d = c; d < positives.size() && c > 0; d++) {
        long both =
            c == d ? positives.get(c) : Math.min(positives.get(c), positives.get(d)) / (2 + c + d);
        pairs.add(new PairCount(name, SampleReports.CLASSES.get(d), both));
      }
    }
    List<SeriesLength> lengths = new ArrayList<>();
    List<PositionCount> places = new ArrayList<>();
    for (int n = 20; n <= 60; n++) {
      if (n != 23) {
        lengths.add(
            new SeriesLength(n, Math.round(3_200 * Math.exp(-Math.pow((n - 33) / 6.0, 2)) + 12)));
      }
    }
    for (int c = 0; c < positives.size(); c++) {
      for (int b = 0; b < 20; b++) {
        double at = (b + 0.5) / 20;
        double share =
            positives.get(c) / 400_000.0 * Math.exp(-Math.pow((at - 0.5 - 0.02 * c) / 0.22, 2));
        places.add(
            new PositionCount(SampleReports.CLASSES.get(c), at, 3_760, Math.round(3_760 * share)));
      }
    }
    List<SplitCount> splits = new ArrayList<>();
    for (String part : List.of("train", "validation", "test")) {
      long images = part.equals("train") ? 62_490 : part.equals("test") ? 19_529 : 15_626;
      List<SplitCount.ClassCount> counts = new ArrayList<>();
      for (int c = 0; c < positives.size(); c++) {
        long part752803 = positives.get(c) * images / 752_803;
        counts.add(new SplitCount.ClassCount(SampleReports.CLASSES.get(c), part752803));
      }
      splits.add(new SplitCount(part, images / 6, images / 5, images, counts));
    }
    return new ExploreReport(
        new ExploreReport.Dataset(
            "RSNA 2019, stage 2",
            "0.1.0 (7e2f947)",
            Instant.parse("2026-11-23T12:00:00Z"),
            List.of(
                new Facts.Fact("Images", "752,803", "of 4,516,842 label rows"),
                new Facts.Fact("Series", "21,744", ""),
                new Facts.Fact("Patients", "18,938", "pseudonymous"),
                new Facts.Fact("Findings", "25", "24 in the labels, 1 in the slices"))),
        DataOrigin.PATIENTS,
        new QueryResult<>(
            "SELECT subtype, label, count(*)\nFROM ich.labels\nGROUP BY 1, 2", labels),
        new QueryResult<>("SELECT a.subtype, b.subtype, count(*) FROM ich.labels …", pairs),
        new QueryResult<>("SELECT n, count(*) FROM ich.slices GROUP BY n", lengths),
        new QueryResult<>("SELECT position FROM ich.selections", places),
        new QueryResult<>("SELECT measure, value, count(*) FROM ich.slices", geometry()),
        new QueryResult<>(
            "SELECT reason, count(*) FROM ich.label_findings GROUP BY reason",
            List.of(
                new FindingCount("equal-duplicate", 24),
                new FindingCount("conflicting-duplicate", 3),
                new FindingCount("any-is-not-the-or-of-the-five", 1))),
        QueryResult.none(),
        new QueryResult<>(
            "SELECT scanner, count(*) FROM ich.slices GROUP BY ALL",
            List.of(
                new PixelDescription(
                    "", 512, 512, 16, "signed", "1.2.840.10008.1.2", -1024, 401_201),
                new PixelDescription(
                    "GE MEDICAL SYSTEMS LightSpeed VCT",
                    512,
                    512,
                    12,
                    "unsigned",
                    "1.2.840.10008.1.2",
                    -1024,
                    351_602))),
        new QueryResult<>("SELECT split, count(*) FROM ich.selections GROUP BY split", splits),
        new QueryResult<>(
            "SELECT dataset, what, shared FROM ich.selections",
            List.of(
                new LeakCount("binary", "patient", 0L, 0),
                new LeakCount("by-slice", "patient", 812L, 31_407),
                new LeakCount("by-slice", "pixels", null, 0))),
        new QueryResult<>("SELECT * FROM ich.tensors LIMIT 9", SampleTensors.slices(9)),
        new QueryResult<>("SELECT * FROM ich.labels.snapshots", publications()));
  }

  private static List<MeasureCount> geometry() {
    List<MeasureCount> all = new ArrayList<>();
    for (int i = 0; i < 9; i++) {
      all.add(new MeasureCount("distance (mm)", 0.5 + 0.5 * i, 900 + 2_000L * (i % 4)));
      all.add(new MeasureCount("tilt (degrees)", 3 * i, 4_000 / (1 + i)));
      all.add(new MeasureCount("pixel (mm)", 0.4 + 0.02 * i, 100 + 700L * i));
    }
    all.add(new MeasureCount("thickness (mm)", 5, 21_744));
    return all;
  }

  private static List<Publication> publications() {
    List<Publication> all = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      all.add(
          new Publication(
              i % 2 == 0 ? "labels" : "slices",
              6_318_905_124_435_189_234L + i,
              Instant.parse("2026-11-23T10:00:00Z").minusSeconds(86_400L * i),
              i % 2 == 0 ? "reshape-labels" : "audit-dicom",
              "20261123-1000" + i,
              600 + i,
              i,
              752_803 - 600L * i));
    }
    return all;
  }
}
