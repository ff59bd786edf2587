package org.headct.ich.domain.metric;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigParseOptions;
import com.typesafe.config.ConfigSyntax;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.headct.ich.domain.label.Subtype;
import org.headct.ich.domain.sample.ClassWeights;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Compares metrics with those of scikit-learn and numpy, which metric_golden.py wrote. */
class MetricGoldenTest {
  private static final double CLOSE = 1e-12;

  /** A case of the file; a failure shows its name. */
  record Case(String name, Config expected) {
    double[] scores() {
      return doubles(expected, "scores");
    }

    boolean[] positives() {
      return booleans(expected.getIntList("labels"));
    }

    @Override
    public String toString() {
      return name;
    }
  }

  private static Config golden() throws IOException {
    try (InputStream in =
        Objects.requireNonNull(
            MetricGoldenTest.class.getResourceAsStream("/golden/metrics.json"))) {
      return ConfigFactory.parseReader(
          new InputStreamReader(in, UTF_8),
          ConfigParseOptions.defaults().setSyntax(ConfigSyntax.JSON));
    }
  }

  static Stream<Case> cases() throws IOException {
    return golden().getConfigList("cases").stream().map(c -> new Case(c.getString("name"), c));
  }

  private static double[] doubles(Config config, String key) {
    return config.getDoubleList(key).stream().mapToDouble(Double::doubleValue).toArray();
  }

  private static boolean[] booleans(List<Integer> labels) {
    boolean[] values = new boolean[labels.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = labels.get(i) == 1;
    }
    return values;
  }

  /** Checks a figure; null in the file means undefined, which is NaN here. */
  private static void assertFigure(double actual, Config expected, String key) {
    if (expected.getIsNull(key)) {
      assertThat(actual).as(key).isNaN();
    } else {
      assertThat(actual).as(key).isCloseTo(expected.getDouble(key), within(CLOSE));
    }
  }

  private static <P> void assertAxis(
      List<P> points, ToDoubleFunction<P> axis, Config expected, String key) {
    assertThat(points.stream().mapToDouble(axis).toArray())
        .as(key)
        .containsExactly(doubles(expected, key), within(CLOSE));
  }

  @Test
  void theCasesAreThere() throws IOException {
    assertThat(cases()).hasSize(11);
  }

  @ParameterizedTest
  @MethodSource("cases")
  void roc(Case c) {
    RocCurve curve = RocCurve.of(c.scores(), c.positives());
    assertFigure(curve.auc(), c.expected(), "auc");
    if (!c.expected().getIsNull("auc")) {
      assertThat(curve.points().get(0))
          .isEqualTo(new RocCurve.Point(Double.POSITIVE_INFINITY, 0, 0));
      List<RocCurve.Point> points = curve.points().subList(1, curve.points().size());
      assertAxis(points, RocCurve.Point::falsePositiveRate, c.expected(), "fpr");
      assertAxis(points, RocCurve.Point::truePositiveRate, c.expected(), "tpr");
      assertAxis(points, RocCurve.Point::threshold, c.expected(), "thresholds");
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void precisionRecall(Case c) {
    PrecisionRecallCurve curve = PrecisionRecallCurve.of(c.scores(), c.positives());
    assertFigure(curve.averagePrecision(), c.expected(), "averagePrecision");
    assertFigure(curve.trapezoidalAuc(), c.expected(), "prAuc");
    if (!c.expected().getIsNull("prAuc")) {
      List<PrecisionRecallCurve.Point> rising = new ArrayList<>(curve.points());
      Collections.reverse(rising);
      assertAxis(rising, PrecisionRecallCurve.Point::recall, c.expected(), "recall");
      assertAxis(rising, PrecisionRecallCurve.Point::precision, c.expected(), "precision");
      assertAxis(
          rising.subList(0, rising.size() - 1),
          PrecisionRecallCurve.Point::threshold,
          c.expected(),
          "prThresholds");
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void confusion(Case c) {
    for (Config expected : c.expected().getConfigList("confusions")) {
      Confusion counts = Confusion.at(expected.getDouble("threshold"), c.scores(), c.positives());
      assertThat(counts)
          .isEqualTo(
              new Confusion(
                  expected.getLong("tp"),
                  expected.getLong("fp"),
                  expected.getLong("tn"),
                  expected.getLong("fn")));
      assertFigure(counts.accuracy(), expected, "accuracy");
      assertFigure(counts.recall(), expected, "recall");
      assertFigure(counts.sensitivity(), expected, "recall");
      assertFigure(counts.specificity(), expected, "specificity");
      assertFigure(counts.precision(), expected, "precision");
      assertFigure(counts.f1(), expected, "f1");
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void probabilities(Case c) {
    Config expected = c.expected();
    assertFigure(LogLoss.binary(c.scores(), c.positives()), expected, "logLoss");
    Calibration calibration = Calibration.of(c.scores(), c.positives(), expected.getInt("bins"));
    assertFigure(calibration.brier(), expected, "brier");
    assertFigure(calibration.expectedCalibrationError(), expected, "ece");
    assertThat(calibration.bins().stream().map(bin -> (int) bin.count()).toList())
        .isEqualTo(expected.getIntList("binCounts"));
    List<Calibration.Bin> filled =
        calibration.bins().stream().filter(bin -> bin.count() > 0).toList();
    assertAxis(filled, Calibration.Bin::positiveRate, expected, "binRates");
    assertAxis(filled, Calibration.Bin::meanProbability, expected, "binMeans");
  }

  @ParameterizedTest
  @MethodSource("cases")
  void intervals(Case c) {
    int[] groups = c.expected().getIntList("groups").stream().mapToInt(i -> i).toArray();
    Ranking ranking = Ranking.of(c.scores(), c.positives());
    assertInterval(groups, ranking::auc, c.expected().getConfig("aucInterval"));
    assertInterval(groups, ranking::averagePrecision, c.expected().getConfig("apInterval"));
  }

  private static void assertInterval(int[] groups, Statistic statistic, Config expected) {
    Bootstrap bootstrap =
        new Bootstrap(
            expected.getLong("seed"),
            expected.getInt("resamples"),
            expected.getDouble("confidence"));
    Interval interval = bootstrap.interval(groups, statistic);
    assertFigure(interval.lower(), expected, "lower");
    assertFigure(interval.upper(), expected, "upper");
    assertThat(interval.resamples()).isEqualTo(expected.getInt("defined"));
    assertThat(interval.resamples() + interval.skipped()).isEqualTo(bootstrap.resamples());
  }

  @Test
  void classWeights() throws IOException {
    Case first = cases().findFirst().orElseThrow();
    long positives = first.expected().getIntList("labels").stream().filter(i -> i == 1).count();
    ClassWeights weights = new ClassWeights(first.scores().length - positives, positives);
    assertThat(new double[] {weights.negative(), weights.positive()})
        .containsExactly(doubles(first.expected(), "classWeights"), within(CLOSE));
  }

  @Test
  void rsnaLoss() throws IOException {
    Config expected = golden().getConfig("rsna");
    List<? extends List<? extends Object>> rows = rows(expected, "labels");
    List<? extends List<? extends Object>> probabilities = rows(expected, "probabilities");
    int[] bits = new int[rows.size()];
    double[][] values = new double[rows.size()][];
    for (int i = 0; i < bits.length; i++) {
      for (Subtype subtype : Subtype.ALL) {
        bits[i] |= number(rows.get(i).get(subtype.ordinal())) == 1 ? subtype.bit() : 0;
      }
      List<? extends Object> row = probabilities.get(i);
      values[i] = IntStream.range(0, 6).mapToDouble(j -> number(row.get(j))).toArray();
    }
    assertFigure(LogLoss.rsna(values, bits), expected, "loss");
  }

  private static List<? extends List<? extends Object>> rows(Config config, String key) {
    return config.getList(key).stream().map(row -> (List<?>) row.unwrapped()).toList();
  }

  private static double number(Object value) {
    return ((Number) value).doubleValue();
  }
}
