package org.headct.ich.domain.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.headct.ich.domain.training.RateSchedule.Kind;
import org.junit.jupiter.api.Test;

class RateScheduleTest {
  private static final int EPOCHS = 4;

  @Test
  void constantIgnoresThePast() {
    RateSchedule constant = new RateSchedule(Kind.CONSTANT, 1, 0);
    assertThat(constant.rate(0.1, EPOCHS, List.of(1.0, 2.0, 3.0))).isEqualTo(0.1);
  }

  @Test
  void plateauFallsWhenTheLossStallsAndStartsToCountAgain() {
    RateSchedule plateau = new RateSchedule(Kind.PLATEAU, 2, 0);
    assertThat(plateau.rate(1, EPOCHS, List.of(3.0, 2.0, 1.0))).isEqualTo(1);
    assertThat(plateau.rate(1, EPOCHS, List.of(1.0, 2.0))).isEqualTo(1);
    assertThat(plateau.rate(1, EPOCHS, List.of(1.0, 2.0, 2.0))).isEqualTo(0.5);
    assertThat(plateau.rate(1, EPOCHS, List.of(1.0, 2.0, 2.0, 0.5, 2.0))).isEqualTo(0.5);
    assertThat(plateau.rate(1, EPOCHS, List.of(1.0, 2.0, 2.0, 2.0, 2.0))).isEqualTo(0.25);
    // Rounding is no gain; small gains are, once they add up.
    assertThat(plateau.rate(1, EPOCHS, List.of(1.0, 0.99999999, 0.99999998))).isEqualTo(0.5);
    assertThat(plateau.rate(1, EPOCHS, List.of(1.0, 0.99994, 0.99988))).isEqualTo(1);
  }

  @Test
  void warmUpClimbsInEqualStepsToTheRule() {
    RateSchedule warm = new RateSchedule(Kind.CONSTANT, 1, 3);

    assertThat(warm.rate(0.4, EPOCHS, List.of())).isCloseTo(0.1, within(1e-12));
    assertThat(warm.rate(0.4, EPOCHS, List.of(1.0))).isCloseTo(0.2, within(1e-12));
    assertThat(warm.rate(0.4, EPOCHS, List.of(1.0, 1.0))).isCloseTo(0.3, within(1e-12));
    assertThat(warm.rate(0.4, EPOCHS, List.of(1.0, 1.0, 1.0))).isEqualTo(0.4);
    assertThat(warm.rate(0.4, EPOCHS, List.of(1.0, 1.0, 1.0, 1.0))).isEqualTo(0.4);
  }

  @Test
  void cosineFallsFromTheInitialRateToAlmostNothing() {
    RateSchedule cosine = new RateSchedule(Kind.COSINE, 1, 0);

    assertThat(cosine.rate(0.1, EPOCHS, List.of())).isEqualTo(0.1);
    assertThat(cosine.rate(0.1, EPOCHS, List.of(1.0, 1.0))).isCloseTo(0.05, within(1e-12));
    assertThat(cosine.rate(0.1, EPOCHS, List.of(1.0, 1.0, 1.0))).isCloseTo(0.014645, within(1e-6));
  }
}
