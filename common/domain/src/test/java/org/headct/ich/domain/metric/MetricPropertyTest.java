package org.headct.ich.domain.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MetricPropertyTest {
  private record Example(double score, boolean positive, String patient) {}

  private static List<Example> examples(Random random, int count) {
    List<Example> examples = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      boolean positive = random.nextInt(3) == 0;
      double score = Math.round(20 * random.nextDouble() + (positive ? 3 : 0)) / 23.0;
      examples.add(new Example(score, positive, "p" + random.nextInt(15)));
    }
    return examples;
  }

  private static double[] scores(List<Example> examples) {
    return examples.stream().mapToDouble(Example::score).toArray();
  }

  private static boolean[] positives(List<Example> examples) {
    boolean[] positives = new boolean[examples.size()];
    for (int i = 0; i < positives.length; i++) {
      positives[i] = examples.get(i).positive();
    }
    return positives;
  }

  private static Ranking ranking(List<Example> examples) {
    return Ranking.of(scores(examples), positives(examples));
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void aucIsTheShareOfPairsInOrder(long seed) {
    List<Example> examples = examples(new Random(seed), 150);
    double pairs = 0;
    double inOrder = 0;
    for (Example one : examples) {
      for (Example other : examples) {
        if (one.positive() && !other.positive()) {
          pairs++;
          inOrder += one.score() > other.score() ? 1 : one.score() == other.score() ? 0.5 : 0;
        }
      }
    }
    assertThat(ranking(examples).auc()).isCloseTo(inOrder / pairs, within(1e-12));
  }

  @ParameterizedTest
  @ValueSource(longs = {6, 7, 8})
  void copiesAreRepetitions(long seed) {
    Random random = new Random(seed);
    List<Example> examples = examples(random, 100);
    int[] copies = random.ints(100, 0, 4).toArray();
    List<Example> repeated = new ArrayList<>();
    for (int i = 0; i < copies.length; i++) {
      repeated.addAll(Collections.nCopies(copies[i], examples.get(i)));
    }
    Collections.shuffle(repeated, random);
    assertThat(ranking(examples).auc(copies)).isCloseTo(ranking(repeated).auc(), within(1e-12));
    assertThat(ranking(examples).averagePrecision(copies))
        .isCloseTo(ranking(repeated).averagePrecision(), within(1e-12));
    assertThat(Confusion.at(0.5, scores(examples), positives(examples), copies))
        .isEqualTo(Confusion.at(0.5, scores(repeated), positives(repeated)));
    assertThat(Statistic.mean(scores(examples)).of(copies))
        .isCloseTo(Arrays.stream(scores(repeated)).average().orElseThrow(), within(1e-12));
  }

  /** Checks that the order of rows, arbitrary on a cluster, does not change the interval. */
  @ParameterizedTest
  @ValueSource(longs = {9, 10, 11})
  void intervalsDontDependOnTheOrderOfExamples(long seed) {
    List<Example> examples = examples(new Random(seed), 120);
    Interval before = aucInterval(examples);
    Collections.shuffle(examples, new Random(seed));
    assertThat(aucInterval(examples)).isEqualTo(before);
    assertThat(before.lower()).isLessThan(before.estimate());
    assertThat(before.upper()).isGreaterThan(before.estimate());
  }

  private static Interval aucInterval(List<Example> examples) {
    int[] groups = Bootstrap.groups(examples.stream().map(Example::patient).toList());
    return new Bootstrap(4, 300, 0.95).interval(groups, ranking(examples)::auc);
  }

  /** Checks that copies of a patient's slices, which add no information, narrow no interval. */
  @Test
  void repeatedSlicesDontNarrowTheInterval() {
    double[] one = new Random(3).doubles(40).toArray();
    double[] ten = new double[400];
    int[] patients = new int[400];
    for (int i = 0; i < 400; i++) {
      ten[i] = one[i / 10];
      patients[i] = i / 10;
    }
    int[] alone = new int[40];
    Arrays.setAll(alone, i -> i);
    Bootstrap bootstrap = new Bootstrap(1, 500, 0.9);
    Interval byPatient = bootstrap.interval(patients, Statistic.mean(ten));
    Interval single = bootstrap.interval(alone, Statistic.mean(one));
    assertThat(byPatient.lower()).isCloseTo(single.lower(), within(1e-12));
    assertThat(byPatient.upper()).isCloseTo(single.upper(), within(1e-12));
    int[] slices = new int[400];
    Arrays.setAll(slices, i -> i);
    Interval bySlice = bootstrap.interval(slices, Statistic.mean(ten));
    assertThat(bySlice.upper() - bySlice.lower())
        .isLessThan(0.5 * (byPatient.upper() - byPatient.lower()));
  }

  /** Checks that about 95 % of the intervals of 200 samples hold the known mean. */
  @Test
  void intervalsCover() {
    Random random = new Random(12);
    int[] groups = new int[60];
    Arrays.setAll(groups, i -> i);
    int covered = 0;
    for (int sample = 0; sample < 200; sample++) {
      double[] values = random.doubles(60).toArray();
      Interval interval = new Bootstrap(sample, 400, 0.95).interval(groups, Statistic.mean(values));
      covered += interval.lower() <= 0.5 && 0.5 <= interval.upper() ? 1 : 0;
    }
    assertThat(covered).isBetween(178, 199);
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3, 10, 50, 200})
  void thinnedCurvesKeepTheirShapeEndsAndArea(int limit) {
    Random random = new Random(limit);
    List<Example> examples = new ArrayList<>();
    for (int i = 0; i < 3_000; i++) {
      boolean positive = random.nextInt(4) == 0;
      examples.add(new Example(random.nextGaussian() + (positive ? 1 : 0), positive, ""));
    }
    RocCurve all = RocCurve.of(ranking(examples));
    RocCurve thinned = all.thinned(limit);
    assertThat(thinned.points()).hasSizeBetween(Math.min(limit, 3), limit);
    assertThat(thinned.auc()).isEqualTo(all.auc());
    assertThat(thinned.points()).startsWith(all.points().get(0));
    assertThat(thinned.points()).endsWith(all.points().get(all.points().size() - 1));
    assertThat(all.points()).containsAll(thinned.points());
    for (RocCurve.Point point : all.points()) {
      double nearest =
          thinned.points().stream()
              .mapToDouble(
                  kept ->
                      Math.abs(kept.falsePositiveRate() - point.falsePositiveRate())
                          + Math.abs(kept.truePositiveRate() - point.truePositiveRate()))
              .min()
              .orElseThrow();
      assertThat(nearest).isLessThanOrEqualTo(2.0 / (limit - 1) + 1e-9);
    }
    assertThat(PrecisionRecallCurve.of(ranking(examples)).thinned(limit).points())
        .hasSizeLessThanOrEqualTo(limit);
  }

  @Test
  void nothingInNothingDefined() {
    double[] none = {};
    boolean[] no = {};
    assertThat(RocCurve.of(none, no).auc()).isNaN();
    assertThat(PrecisionRecallCurve.of(none, no).averagePrecision()).isNaN();
    assertThat(Confusion.at(0.5, none, no).accuracy()).isNaN();
    assertThat(LogLoss.binary(none, no)).isNaN();
    assertThat(Calibration.of(none, no, 10).expectedCalibrationError()).isNaN();
    Interval interval = new Bootstrap(1, 10, 0.95).interval(new int[0], copies -> Double.NaN);
    assertThat(interval).isEqualTo(new Interval(Double.NaN, Double.NaN, Double.NaN, 0.95, 0, 10));
  }

  @Test
  void confidentErrorsAreFinite() {
    assertThat(LogLoss.of(0, true)).isCloseTo(-Math.log(1e-15), within(1e-12));
    assertThat(LogLoss.of(1, true)).isBetween(0.0, 2e-15);
    double half = LogLoss.rsnaOf(new double[] {.5, .5, .5, .5, .5, .5}, 0);
    assertThat(half).isCloseTo(Math.log(2), within(1e-15));
  }

  @Test
  void wrongInputIsNamed() {
    boolean[] two = {true, false};
    assertThatThrownBy(() -> RocCurve.of(new double[] {1}, two)).hasMessageContaining("2 and 1");
    assertThatThrownBy(() -> RocCurve.of(new double[] {1, Double.NaN}, two))
        .hasMessageContaining("score 1 is NaN");
    assertThatThrownBy(() -> LogLoss.binary(new double[] {0.5, 1.5}, two))
        .hasMessageContaining("probability 1")
        .hasMessageContaining("1.5");
    assertThatThrownBy(() -> new Bootstrap(1, 0, 0.95)).hasMessageContaining("got 0");
    assertThatThrownBy(() -> new Bootstrap(1, 10, 95)).hasMessageContaining("got 95.0");
    assertThatThrownBy(() -> Calibration.of(new double[] {0.5, 0.5}, two, 0))
        .hasMessageContaining("got 0");
    assertThatThrownBy(() -> Ranking.of(new double[] {1, 2}, two).auc(new int[] {1}))
        .hasMessageContaining("1 and 2");
  }
}
