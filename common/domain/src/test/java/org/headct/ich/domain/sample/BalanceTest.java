package org.headct.ich.domain.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BalanceTest {
  @Test
  void classesWeighTheSame() {
    ClassWeights weights = new ClassWeights(900, 100);
    assertThat(weights.positive()).isEqualTo(5);
    assertThat(900 * weights.negative()).isCloseTo(100 * weights.positive(), within(1e-9));
    assertThat(900 * weights.negative() + 100 * weights.positive()).isCloseTo(1000, within(1e-9));
  }

  @Test
  void absentClassHasNoWeight() {
    assertThatThrownBy(() -> new ClassWeights(3, 0).positive()).hasMessageContaining("positive");
    assertThat(new ClassWeights(3, 0).negative()).isEqualTo(0.5);
    assertThatThrownBy(() -> new ClassWeights(-1, 0)).hasMessageContaining("-1");
  }

  @ParameterizedTest
  @CsvSource({"20000, 3000, 1", "20000, 3000, 0.5", "3000, 20000, 0.8", "20000, 100, 1"})
  void sizesComeToTheRatioAndTheTotalStays(int negatives, int positives, double ratio) {
    for (int seed = 0; seed < 10; seed++) {
      HybridResampling resampling = new HybridResampling(seed, ratio, negatives, positives);
      long negativeAfter = 0;
      long positiveAfter = 0;
      for (int i = 0; i < negatives; i++) {
        int copies = resampling.negativeCopies("n" + i);
        assertThat(copies).isBetween(negatives > positives ? 0 : 1, 1000);
        negativeAfter += copies;
      }
      for (int i = 0; i < positives; i++) {
        int copies = resampling.positiveCopies("p" + i);
        assertThat(copies).isBetween(positives > negatives ? 0 : 1, 1000);
        positiveAfter += copies;
      }
      double total = negatives + positives;
      double majority = Math.max(negativeAfter, positiveAfter);
      double minority = Math.min(negativeAfter, positiveAfter);
      assertThat(negativeAfter + positiveAfter).isCloseTo((long) total, within(500L));
      assertThat(minority / majority).isCloseTo(ratio, within(0.05));
      assertThat(majority).isCloseTo(total / (1 + ratio), within(400.0));
    }
  }

  @Test
  void balancedDataIsLeftAlone() {
    HybridResampling resampling = new HybridResampling(1, 0.5, 100, 60);
    for (int i = 0; i < 100; i++) {
      assertThat(resampling.negativeCopies("n" + i)).isEqualTo(1);
      assertThat(resampling.positiveCopies("p" + i)).isEqualTo(1);
    }
  }

  /** Checks that new images, which change the wanted rates a little, change few copies. */
  @Test
  void newImagesChangeFewOldOnes() {
    HybridResampling before = new HybridResampling(7, 1, 10_000, 2_000);
    HybridResampling after = new HybridResampling(7, 1, 10_010, 2_001);
    int changed = 0;
    for (int i = 0; i < 10_000; i++) {
      changed += before.negativeCopies("n" + i) == after.negativeCopies("n" + i) ? 0 : 1;
    }
    assertThat(changed).isLessThan(30);
  }

  /** Checks the salt: training units have large hashes, because test units have the small ones. */
  @Test
  void resamplingIsIndependentOfASplitOfTheSameSeedAndUnit() {
    SplitAssigner split = new SplitRule(5, 0.5, 0).stable();
    HybridResampling resampling = new HybridResampling(5, 1, 9_000, 1_000);
    int train = 0;
    int kept = 0;
    for (int i = 0; i < 18_000; i++) {
      if (split.of("n" + i) == Split.TRAIN) {
        train++;
        kept += resampling.negativeCopies("n" + i);
      }
    }
    assertThat((double) kept / train).isCloseTo(5.0 / 9, within(0.025));
  }

  @Test
  void settingsAreChecked() {
    assertThatThrownBy(() -> new HybridResampling(1, 0, 1, 1)).hasMessageContaining("(0, 1]");
    assertThatThrownBy(() -> new HybridResampling(1, 1, 0, 1)).hasMessageContaining("0 negative");
  }
}
