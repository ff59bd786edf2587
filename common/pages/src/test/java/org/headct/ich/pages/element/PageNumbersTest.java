package org.headct.ich.pages.element;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Locale;
import org.junit.jupiter.api.Test;

class PageNumbersTest {
  @Test
  void numbersAreWrittenForPeopleInEveryLocale() {
    Locale before = Locale.getDefault();
    try {
      Locale.setDefault(Locale.GERMANY);
      assertThat(Numbers.count(4_516_842)).isEqualTo("4,516,842");
      assertThat(Numbers.share(107_933, 752_803)).isEqualTo("14.3%");
      assertThat(Numbers.share(3_145, 752_803)).isEqualTo("0.42%");
      assertThat(Numbers.share(0, 5)).isEqualTo("0.0%");
      assertThat(Numbers.share(0, 0)).isEqualTo("–");
      assertThat(Numbers.decimal(1234.5, 1)).isEqualTo("1,234.5");
      assertThat(Numbers.decimal(Double.NaN, 1)).isEqualTo("–");
    } finally {
      Locale.setDefault(before);
    }
  }

  @Test
  void anIntervalHasAsManyDigitsAsItBears() {
    assertThat(Numbers.estimate(Estimate.of(0.941, 0.902, 0.968))).isEqualTo("0.94 [0.90, 0.97]");
    assertThat(Numbers.estimate(Estimate.of(0.988, 0.985, 0.991)))
        .isEqualTo("0.988 [0.985, 0.991]");
    assertThat(Numbers.estimate(Estimate.of(0.7))).isEqualTo("0.700");
    assertThat(Numbers.estimate(Estimate.of(Double.NaN))).isEqualTo("–");
  }

  @Test
  void wilsonIntervalsAgreeWithStatsmodels() {
    // statsmodels.stats.proportion.proportion_confint(k, n, method="wilson");
    // closed form for k = 0.
    Estimate tenth = Estimate.ofProportion(10, 100);
    assertThat(tenth.lower()).isCloseTo(0.0552291, within(1e-6));
    assertThat(tenth.upper()).isCloseTo(0.1743657, within(1e-6));
    double z2 = 1.959963984540054 * 1.959963984540054;
    assertThat(Estimate.ofProportion(0, 20).upper()).isCloseTo(z2 / (20 + z2), within(1e-12));
    assertThat(Estimate.ofProportion(0, 20).lower()).isZero();
    assertThat(Estimate.ofProportion(0, 0).hasInterval()).isFalse();
  }
}
