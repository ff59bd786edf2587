package org.headct.ich.pages;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.headct.ich.pages.ExploreReport.FindingCount;
import org.headct.ich.pages.ExploreReport.LabelCount;
import org.headct.ich.pages.ExploreReport.PairCount;
import org.headct.ich.pages.ExploreReport.PositionCount;
import org.headct.ich.pages.ExploreReport.SeriesLength;
import org.headct.ich.pages.element.Axis;
import org.headct.ich.pages.element.Bars;
import org.headct.ich.pages.element.Block;
import org.headct.ich.pages.element.Estimate;
import org.headct.ich.pages.element.Figure;
import org.headct.ich.pages.element.Format;
import org.headct.ich.pages.element.HeatMap;
import org.headct.ich.pages.element.Histogram;
import org.headct.ich.pages.element.Lines;
import org.headct.ich.pages.element.Numbers;
import org.headct.ich.pages.element.Point;

/** The charts of the data set page. Three of them repeat figures 4 to 6 of the thesis. */
final class ExploreFigures {
  private static final String ANY = "any";

  private ExploreFigures() {}

  static List<Block> labels(ExploreReport report) {
    List<LabelCount> subtypes =
        report.labels().rows().stream().filter(one -> !one.name().equals(ANY)).toList();
    String source = report.labels().source();
    return List.of(
        new Figure(
            "Positive and negative images",
            "Images with and without any haemorrhage (figure 4 of the thesis).",
            source,
            positiveAndNegative(report.labels().rows())),
        new Figure(
            "Ratio of the subtypes",
            "Positive images of each subtype, and their share of all positive subtype labels"
                + " (figure 5 of the thesis).",
            source,
            ratio(subtypes)),
        new Figure(
            "Subtypes by label",
            "Images labelled 1 and 0 for each subtype (figure 6 of the thesis).",
            source,
            byLabel(subtypes)),
        new Figure(
            "Subtypes that occur together",
            "A cell holds the number of images with both subtypes, and their share of the row"
                + " subtype's images.",
            report.coOccurrence().source(),
            together(report.coOccurrence().rows())));
  }

  static List<Block> series(ExploreReport report) {
    return List.of(
        new Figure(
            "Slices per series",
            "Number of series by their number of slices.",
            report.seriesLengths().source(),
            lengths(report.seriesLengths().rows())),
        new Figure(
            "Positives by place in the series",
            "Share of positive slices by relative position, with its 95% interval. It shows what"
                + " a selection of middle slices keeps and loses.",
            report.positions().source(),
            positions(report.positions().rows())));
  }

  static List<Block> findings(ExploreReport report) {
    return List.of(
        new Figure(
            "Findings in the labels",
            "Findings in the label files, by reason. The view findings names the file.",
            report.labelFindings().source(),
            byReason(report.labelFindings().rows())),
        new Figure(
            "Findings in the slices",
            "Findings in the objects and series, by reason. The view findings names the dump.",
            report.sliceFindings().source(),
            byReason(report.sliceFindings().rows())));
  }

  private static Bars positiveAndNegative(List<LabelCount> labels) {
    List<String> names = new ArrayList<>();
    List<Double> values = new ArrayList<>();
    List<String> texts = new ArrayList<>();
    labels.stream()
        .filter(one -> one.name().equals(ANY))
        .forEach(
            one -> {
              long all = one.positives() + one.negatives();
              names.addAll(List.of("positive", "negative"));
              values.addAll(List.of((double) one.positives(), (double) one.negatives()));
              texts.add(counted(one.positives(), all));
              texts.add(counted(one.negatives(), all));
            });
    return new Bars(
        Axis.ofCounts("Any haemorrhage"),
        Axis.ofCounts("Images"),
        Bars.Direction.HORIZONTAL,
        names,
        List.of(new Bars.Series("images", values, texts)));
  }

  private static Bars ratio(List<LabelCount> subtypes) {
    long all = subtypes.stream().mapToLong(LabelCount::positives).sum();
    return new Bars(
        Axis.ofCounts("Subtype"),
        Axis.ofCounts("Positive images"),
        Bars.Direction.HORIZONTAL,
        subtypes.stream().map(LabelCount::name).toList(),
        List.of(
            new Bars.Series(
                "positive images",
                subtypes.stream().map(one -> (double) one.positives()).toList(),
                subtypes.stream().map(one -> counted(one.positives(), all)).toList())));
  }

  private static Bars byLabel(List<LabelCount> subtypes) {
    return new Bars(
        Axis.ofCounts("Subtype"),
        Axis.ofCounts("Images"),
        Bars.Direction.HORIZONTAL,
        subtypes.stream().map(LabelCount::name).toList(),
        List.of(
            new Bars.Series(
                "positive",
                subtypes.stream().map(one -> (double) one.positives()).toList(),
                subtypes.stream().map(one -> Numbers.count(one.positives())).toList()),
            new Bars.Series(
                "negative",
                subtypes.stream().map(one -> (double) one.negatives()).toList(),
                subtypes.stream().map(one -> Numbers.count(one.negatives())).toList())));
  }

  private static HeatMap together(List<PairCount> pairs) {
    List<String> names =
        pairs.stream().flatMap(pair -> Stream.of(pair.first(), pair.second())).distinct().toList();
    Map<List<String>, Long> images = new LinkedHashMap<>();
    for (PairCount pair : pairs) {
      images.put(List.of(pair.first(), pair.second()), pair.images());
      images.put(List.of(pair.second(), pair.first()), pair.images());
    }
    List<List<Double>> values = new ArrayList<>();
    List<List<String>> labels = new ArrayList<>();
    for (String row : names) {
      long own = images.getOrDefault(List.of(row, row), 0L);
      List<Double> shares = new ArrayList<>();
      List<String> texts = new ArrayList<>();
      for (String column : names) {
        long both = images.getOrDefault(List.of(row, column), 0L);
        shares.add(own == 0 ? Double.NaN : (double) both / own);
        texts.add(Numbers.count(both) + "\n" + Numbers.share(both, own));
      }
      values.add(shares);
      labels.add(texts);
    }
    return new HeatMap(
        Axis.ofCounts("also shows"),
        Axis.ofCounts("An image with"),
        Axis.ofFraction("Share of the row's subtype", Format.PERCENT),
        names,
        names,
        values,
        labels);
  }

  private static Bars lengths(List<SeriesLength> lengths) {
    SortedMap<Integer, Long> counts = new TreeMap<>();
    lengths.forEach(one -> counts.merge(one.slices(), one.series(), Long::sum));
    return Histogram.of("Slices in the series", "series", counts, Numbers::count);
  }

  private static Lines positions(List<PositionCount> counts) {
    Map<String, List<Point>> points = new LinkedHashMap<>();
    for (PositionCount one : counts) {
      if (one.slices() > 0) {
        points
            .computeIfAbsent(one.name(), name -> new ArrayList<>())
            .add(
                Point.of(
                    one.relativePosition(), Estimate.ofProportion(one.positives(), one.slices())));
      }
    }
    return new Lines(
        Axis.ofFraction("Relative position (0 first slice, 1 last)", Format.DECIMAL),
        new Axis("Share of positive slices", Format.PERCENT, 0.0, null),
        Lines.Shape.WIDE,
        points.entrySet().stream()
            .map(
                entry ->
                    new Lines.Series(
                        entry.getKey(), "", Lines.Style.DOTTED_POINTS, entry.getValue(), List.of()))
            .toList());
  }

  private static Bars byReason(List<FindingCount> findings) {
    return new Bars(
        Axis.ofCounts("Reason"),
        Axis.ofCounts("Findings"),
        Bars.Direction.HORIZONTAL,
        findings.stream().map(FindingCount::reason).toList(),
        List.of(
            new Bars.Series(
                "findings",
                findings.stream().map(one -> (double) one.findings()).toList(),
                findings.stream().map(one -> Numbers.count(one.findings())).toList())));
  }

  private static String counted(long part, long whole) {
    return Numbers.count(part) + " (" + Numbers.share(part, whole) + ")";
  }
}
