package org.headct.ich.domain.series;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MiddleRuleTest {
  @Test
  void aCountIsTheSameOfEachSeries() {
    MiddleRule rule = new MiddleRule.Count(5);
    assertThat(rule.of(3)).isEqualTo(5);
    assertThat(rule.of(300)).isEqualTo(5);
    assertThat(rule.least()).isEqualTo(5);
  }

  @ParameterizedTest
  @CsvSource({
    "0.2, 35, 7",
    "0.2, 30, 6",
    "0.2, 37, 7",
    "0.2, 38, 8",
    "0.7, 15, 11",
    "0.3, 5, 2",
    "0.01, 30, 1",
    "1, 30, 30",
    "0.5, 1, 1",
    "0.5, 0, 1"
  })
  void aFractionIsRoundedAndAtLeastOne(double part, int n, int slices) {
    assertThat(new MiddleRule.Fraction(part).of(n)).isEqualTo(slices);
    assertThat(new MiddleRule.Fraction(part).least()).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, -0.1, 1.01, Double.NaN})
  void partsAreParts(double part) {
    assertThatThrownBy(() -> new MiddleRule.Fraction(part))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void noneIsNoMiddle() {
    assertThatThrownBy(() -> new MiddleRule.Count(0)).isInstanceOf(IllegalArgumentException.class);
  }
}
