package org.headct.ich.pages;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Random;

/** A scored dump and one of its scans; every figure is invented. */
final class SampleScans {
  private static final ScansReport.Source SOURCE =
      new ScansReport.Source(
          "six-1",
          "0123456789abcdef",
          "resnet-50, head all",
          "3×256×256 uint8, bone 600/2800, brain 40/80, subdural 80/200",
          "week-47",
          20_400,
          "0.1.0 (7e2f947)",
          Instant.parse("2026-11-23T11:40:05Z"));

  private SampleScans() {}

  static ScansReport list() {
    List<ScansReport.Scan> scans = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      scans.add(scan(i, ""));
    }
    return new ScansReport(
        SOURCE,
        DataOrigin.PHANTOMS,
        "A slice's suspicion is its score for any, a scan's is that of its highest slice.",
        new QueryResult<>("ich.scores where run = 'six-1' and dump = 'week-47'", scans),
        600,
        Map.of("SHORT_PIXEL_DATA", 2L, "NOT_CT", 11L));
  }

  static ScanReport scan() {
    Random random = new Random(11);
    List<ScanReport.Slice> slices = new ArrayList<>();
    for (int series = 1; series <= 2; series++) {
      for (int i = 0; i < 34; i++) {
        double any = 0.95 * Math.exp(-Math.pow((i - 17) / 6.0, 2)) / series;
        slices.add(
            new ScanReport.Slice(
                "ID_%08x".formatted(random.nextInt()),
                "ID_series%d".formatted(series),
                OptionalInt.of(i),
                any,
                List.of(any / 9, any / 2, any / 7, any / 5, any / 1.3, any),
                Math.abs(i - 17) < 3 ? SampleSlices.windows(random, true) : List.of()));
      }
    }
    slices.sort(Comparator.comparingDouble(ScanReport.Slice::suspicion).reversed());
    List<String> classes = new ArrayList<>(SampleReports.CLASSES.subList(1, 6));
    classes.add("any");
    return new ScanReport(
        SOURCE, DataOrigin.PHANTOMS, scan(0, "../scans.html"), 1, classes, slices);
  }

  private static ScansReport.Scan scan(int place, String page) {
    String id = "ID_%010x".formatted(0xabcdefL + place);
    return new ScansReport.Scan(
        id, "ID_%08x".formatted(place), 2, 68, 0.98 * Math.pow(0.9, place), "ID_slice", page);
  }
}
