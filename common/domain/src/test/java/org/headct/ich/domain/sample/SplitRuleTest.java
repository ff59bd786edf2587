package org.headct.ich.domain.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.headct.ich.domain.sample.SplitRule.Sizes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SplitRuleTest {
  private static List<String> units(int count) {
    return IntStream.range(0, count).mapToObj(i -> "ID_" + Integer.toHexString(i * 7919)).toList();
  }

  private static Map<Split, Integer> counts(SplitAssigner assigner, List<String> units) {
    Map<Split, Integer> counts = new EnumMap<>(Split.class);
    for (Split split : Split.values()) {
      counts.put(split, 0);
    }
    units.forEach(unit -> counts.merge(assigner.of(unit), 1, Integer::sum));
    return counts;
  }

  /** Checks sides that must never change; sample_golden.py computed them independently. */
  @Test
  void sidesOfAFewIds() throws IOException {
    SplitAssigner split = new SplitRule(42, 0.15, 0.2).stable();
    List<String> rows = Golden.rows("split_sides.tsv");
    assertThat(rows).hasSize(50);
    for (String row : rows) {
      String[] fields = row.split("\t", -1);
      assertThat(split.of(fields[0])).as(row).isEqualTo(Split.ofColumn(fields[1]));
    }
  }

  @Test
  void stableFractionsHoldForManySeeds() {
    List<String> units = units(5_000);
    for (int seed = 0; seed < 40; seed++) {
      Map<Split, Integer> counts = counts(new SplitRule(seed, 0.15, 0.2).stable(), units);
      // The bounds are four standard deviations of a binomial count of 5,000.
      assertThat(counts.get(Split.TEST)).isBetween(750 - 101, 750 + 101);
      assertThat(counts.get(Split.VALIDATION)).isBetween(850 - 107, 850 + 107);
      assertThat(counts.get(Split.TRAIN)).isBetween(3400 - 132, 3400 + 132);
    }
  }

  @Test
  void otherSeedsAreIndependent() {
    List<String> units = units(5_000);
    SplitAssigner one = new SplitRule(1, 0.5, 0).stable();
    SplitAssigner two = new SplitRule(2, 0.5, 0).stable();
    long same = units.stream().filter(unit -> one.of(unit) == two.of(unit)).count();
    assertThat(same).isBetween(2500L - 142, 2500L + 142);
  }

  @Test
  void validationFractionNeverMovesTheTestSide() {
    SplitAssigner none = new SplitRule(3, 0.2, 0).stable();
    SplitAssigner some = new SplitRule(3, 0.2, 0.3).stable();
    for (String unit : units(2_000)) {
      assertThat(some.of(unit) == Split.TEST).isEqualTo(none.of(unit) == Split.TEST);
    }
  }

  @Test
  void thesisCountsAreExact() {
    List<String> slices = units(97_645);
    SplitRule rule = new SplitRule(42, 0.2, 0);
    assertThat(rule.sizes(97_645)).isEqualTo(new Sizes(78_116, 0, 19_529));
    assertThat(counts(rule.exact(slices), slices))
        .containsEntry(Split.TRAIN, 78_116)
        .containsEntry(Split.TEST, 19_529);
  }

  /** Checks that products use the decimal number that was typed. */
  @ParameterizedTest
  @CsvSource({
    "491, 0.15, 0.2, 333, 84, 74",
    "100, 0.1, 0.1, 81, 9, 10",
    "10, 0.7, 0, 3, 0, 7",
    "10, 0.1, 0, 9, 0, 1",
    "1, 0.2, 0.2, 0, 0, 1",
    "0, 0.2, 0.2, 0, 0, 0",
    "5, 0, 0, 5, 0, 0"
  })
  void sizes(int units, double test, double validation, int train, int held, int tested) {
    assertThat(new SplitRule(0, test, validation).sizes(units))
        .isEqualTo(new Sizes(train, held, tested));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 5, 17, 491, 1000})
  void exactModeCutsAtExactlyItsSizesInAnyOrder(int count) {
    for (int seed = 0; seed < 20; seed++) {
      SplitRule rule = new SplitRule(seed, 0.15, 0.2);
      List<String> units = new ArrayList<>(units(count));
      SplitAssigner assigner = rule.exact(units);
      Map<Split, Integer> counts = counts(assigner, units);
      Sizes sizes = rule.sizes(count);
      assertThat(counts)
          .containsEntry(Split.TRAIN, sizes.train())
          .containsEntry(Split.VALIDATION, sizes.validation())
          .containsEntry(Split.TEST, sizes.test());
      Collections.shuffle(units, new Random(seed));
      units.addAll(units.subList(0, count / 2));
      assertThat(rule.exact(units)).isEqualTo(assigner);
    }
  }

  /** Checks that both modes order units alike and differ only by the noise of the count. */
  @Test
  void exactAgreesWithStableAwayFromTheCuts() {
    List<String> units = units(5_000);
    SplitRule rule = new SplitRule(9, 0.15, 0.2);
    SplitAssigner exact = rule.exact(units);
    SplitAssigner stable = rule.stable();
    long moved = units.stream().filter(unit -> exact.of(unit) != stable.of(unit)).count();
    assertThat(moved).isLessThan(240);
  }

  @Test
  void exactCutTravels() throws IOException, ClassNotFoundException {
    List<String> units = units(50);
    SplitAssigner cut = new SplitRule(1, 0.2, 0.25).exact(units);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(cut);
    }
    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      assertThat(in.readObject()).isEqualTo(cut);
    }
  }

  @Test
  void fractionsAreChecked() {
    assertThatThrownBy(() -> new SplitRule(0, 1, 0)).hasMessageContaining("[0, 1), got 1.0");
    assertThatThrownBy(() -> new SplitRule(0, 0.2, -0.1)).hasMessageContaining("got -0.1");
    assertThatThrownBy(() -> new SplitRule(0, Double.NaN, 0)).hasMessageContaining("NaN");
  }

  @Test
  void columnsOfSplits() {
    for (Split split : Split.values()) {
      assertThat(Split.ofColumn(split.column())).isSameAs(split);
    }
    assertThat(Split.TEST.column()).isEqualTo("test");
    assertThatThrownBy(() -> Split.ofColumn("TEST")).hasMessageContaining("'TEST'");
  }
}
