package org.headct.ich.jobs.evaluatemodel;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.headct.ich.domain.config.EvaluateConfig;
import org.headct.ich.domain.ct.Disturbance;
import org.headct.ich.domain.label.Subtype;
import org.headct.ich.domain.sample.StableHash;
import org.headct.ich.jobs.evaluation.Evaluation;
import org.headct.ich.jobs.evaluation.Figures;
import org.headct.ich.jobs.evaluation.Scans;
import org.headct.ich.jobs.scoring.Probe;
import org.headct.ich.jobs.scoring.ScoredImage;
import org.headct.ich.jobs.table.MetricsTable;

/** The figures of a model on degraded images and with missing slices. */
final class Robustness {
  private static final List<Double> MISSING = List.of(0.2, 0.4, 0.6, 0.8);

  /** The number of choices of missing slices over which figures are averaged. */
  private static final int DRAWS = 5;

  /**
   * The figures under one condition.
   *
   * @param text condition as in {@code ich.metrics}, such as {@code noise 10}
   * @param kind kind of degradation, such as {@code noise}
   * @param scale unit of the strength
   * @param strength strength of the degradation; 0 for unchanged images
   * @param unit unit of evaluation: {@link MetricsTable#SLICE} or {@link MetricsTable#SCAN}
   */
  record Condition(
      String text,
      String kind,
      String scale,
      double strength,
      String unit,
      List<Figures> figures) {}

  private final List<Subtype> subtypes;
  private final EvaluateConfig config;
  private final boolean wholeSeries;

  /**
   * Creates the check for a model.
   *
   * @param wholeSeries true if the network reads series. Then the slices of a series stay together
   *     and none is removed, because the others were scored with it.
   */
  Robustness(List<Subtype> subtypes, EvaluateConfig config, boolean wholeSeries) {
    this.subtypes = subtypes;
    this.config = config;
    this.wholeSeries = wholeSeries;
  }

  /**
   * Returns the conditions: every kind with rising strengths from 0.
   *
   * @param scored all scored slices
   */
  List<Condition> of(List<ScoredImage> scored, Probe probe) throws IOException {
    List<Condition> conditions = new ArrayList<>();
    if (config.robustness() > 0) {
      conditions.addAll(disturbed(scored, probe));
      if (!wholeSeries) {
        conditions.addAll(missing(new Scans(scored)));
      }
    }
    return conditions;
  }

  private List<Condition> disturbed(List<ScoredImage> scored, Probe probe) throws IOException {
    List<ScoredImage> sample =
        wholeSeries
            ? sampleOfSeries(scored, config.robustness())
            : sample(scored, config.robustness());
    Set<String> ids = sample.stream().map(ScoredImage::imageId).collect(Collectors.toSet());
    List<Figures> plain = figures(List.of(sample));
    Map<Disturbance, List<ScoredImage>> answers =
        new LinkedHashMap<>(probe.disturbed(ids, Disturbance.all(), config.seed()));
    List<Condition> conditions = new ArrayList<>();
    for (Disturbance.Kind kind : Disturbance.Kind.values()) {
      conditions.add(condition(new Disturbance(kind, 0), plain));
      for (Disturbance one : kind.all()) {
        List<ScoredImage> answer = answers.getOrDefault(one, List.of());
        conditions.add(condition(one, figures(List.of(ofSlices(answer)))));
      }
    }
    return conditions;
  }

  private List<ScoredImage> ofSlices(List<ScoredImage> answer) {
    return sorted(answer.stream().map(image -> image.outputs(0, subtypes.size())).toList());
  }

  private static Condition condition(Disturbance one, List<Figures> figures) {
    String name = one.kind().name().toLowerCase(Locale.ROOT);
    return new Condition(
        one.text(), name, one.kind().unit(), one.strength(), MetricsTable.SLICE, figures);
  }

  private List<Condition> missing(Scans scans) {
    List<Condition> conditions = new ArrayList<>();
    conditions.add(missing("0", 0, List.of(scans.whole())));
    for (double share : MISSING) {
      List<List<ScoredImage>> draws =
          IntStream.range(0, DRAWS)
              .mapToObj(draw -> scans.without(share, config.seed() + draw))
              .toList();
      conditions.add(missing(Double.toString(share), share, draws));
    }
    return conditions;
  }

  private Condition missing(String number, double share, List<List<ScoredImage>> draws) {
    String kind = "missing slices";
    return new Condition(
        kind + " " + number,
        kind,
        "share of a scan's slices that are missing",
        share,
        MetricsTable.SCAN,
        figures(draws));
  }

  private List<Figures> figures(List<List<ScoredImage>> draws) {
    return Evaluation.figures(subtypes, draws, config);
  }

  /**
   * Returns a sample with equally many images with and without a finding, if there are enough.
   * Hashed ids decide the choice. The share of positives differs from the dataset's, but the ROC
   * curve does not depend on it.
   */
  static List<ScoredImage> sample(List<ScoredImage> scored, int images) {
    Map<Boolean, List<ScoredImage>> byTruth =
        scored.stream()
            .sorted(Comparator.comparingLong(image -> StableHash.of(0, image.imageId())))
            .collect(Collectors.partitioningBy(Evaluation::isPositive));
    List<ScoredImage> with = byTruth.getOrDefault(true, List.of());
    List<ScoredImage> without = byTruth.getOrDefault(false, List.of());
    int half = images / 2;
    int positives = Math.min(with.size(), Math.max(half, images - without.size()));
    int negatives = Math.min(without.size(), images - positives);
    return sorted(
        Stream.concat(with.stream().limit(positives), without.stream().limit(negatives)).toList());
  }

  /**
   * Returns a sample of whole series, in turn with and without a finding if there are enough, until
   * it has the wanted number of slices. Hashed ids decide the choice.
   */
  static List<ScoredImage> sampleOfSeries(List<ScoredImage> scored, int images) {
    Map<String, List<ScoredImage>> bySeries =
        scored.stream().collect(Collectors.groupingBy(ScoredImage::seriesId));
    Map<Boolean, Deque<List<ScoredImage>>> byTruth =
        bySeries.entrySet().stream()
            .sorted(Comparator.comparingLong(series -> StableHash.of(0, series.getKey())))
            .map(Map.Entry::getValue)
            .collect(
                Collectors.partitioningBy(
                    slices -> slices.stream().anyMatch(Evaluation::isPositive),
                    Collectors.toCollection(ArrayDeque::new)));
    List<ScoredImage> sample = new ArrayList<>();
    boolean positive = true;
    while (sample.size() < images && !byTruth.values().stream().allMatch(Deque::isEmpty)) {
      Deque<List<ScoredImage>> from = byTruth.getOrDefault(positive, new ArrayDeque<>());
      if (!from.isEmpty()) {
        sample.addAll(from.remove());
      }
      positive = !positive;
    }
    return sorted(sample);
  }

  private static List<ScoredImage> sorted(List<ScoredImage> images) {
    return images.stream().sorted(Comparator.comparing(ScoredImage::imageId)).toList();
  }
}
