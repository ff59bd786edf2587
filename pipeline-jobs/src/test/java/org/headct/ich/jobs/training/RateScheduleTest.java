package org.headct.ich.jobs.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.headct.ich.domain.error.UserException;
import org.junit.jupiter.api.Test;

class RateScheduleTest {
  @Test
  void constantIgnoresThePast() {
    assertThat(RateSchedule.constant().rate(0.1, List.of(1.0, 2.0, 3.0))).isEqualTo(0.1);
  }

  @Test
  void stepFallsEverySoManyEpochs() {
    RateSchedule step = new RateSchedule(RateSchedule.Kind.STEP, 0.1, 2, 0);
    assertThat(step.rate(1, List.of())).isEqualTo(1);
    assertThat(step.rate(1, List.of(5.0))).isEqualTo(1);
    assertThat(step.rate(1, List.of(5.0, 5.0))).isCloseTo(0.1, within(1e-12));
    assertThat(step.rate(1, List.of(5.0, 5.0, 5.0, 5.0))).isCloseTo(0.01, within(1e-12));
  }

  @Test
  void plateauFallsWhenTheLossStallsAndStartsToCountAgain() {
    RateSchedule plateau = new RateSchedule(RateSchedule.Kind.PLATEAU, 0.5, 2, 0);
    assertThat(plateau.rate(1, List.of(3.0, 2.0, 1.0))).isEqualTo(1);
    assertThat(plateau.rate(1, List.of(1.0, 2.0))).isEqualTo(1);
    assertThat(plateau.rate(1, List.of(1.0, 2.0, 2.0))).isEqualTo(0.5);
    assertThat(plateau.rate(1, List.of(1.0, 2.0, 2.0, 0.5, 2.0))).isEqualTo(0.5);
    assertThat(plateau.rate(1, List.of(1.0, 2.0, 2.0, 2.0, 2.0))).isEqualTo(0.25);
    // Rounding is no gain; small gains are, once they add up.
    assertThat(plateau.rate(1, List.of(1.0, 0.99999999, 0.99999998))).isEqualTo(0.5);
    assertThat(plateau.rate(1, List.of(1.0, 0.99994, 0.99988))).isEqualTo(1);
  }

  @Test
  void refusesAFactorThatRaisesTheRate() {
    assertThatThrownBy(() -> new RateSchedule(RateSchedule.Kind.STEP, 2, 1, 0))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("factor in (0, 1]");
  }

  @Test
  void warmUpClimbsInEqualStepsToTheRule() {
    RateSchedule warm = RateSchedule.constant().warmingUp(3);

    assertThat(warm.rate(0.4, List.of())).isCloseTo(0.1, within(1e-12));
    assertThat(warm.rate(0.4, List.of(1.0))).isCloseTo(0.2, within(1e-12));
    assertThat(warm.rate(0.4, List.of(1.0, 1.0))).isCloseTo(0.3, within(1e-12));
    assertThat(warm.rate(0.4, List.of(1.0, 1.0, 1.0))).isEqualTo(0.4);
    assertThat(warm.rate(0.4, List.of(1.0, 1.0, 1.0, 1.0))).isEqualTo(0.4);
    assertThatThrownBy(() -> RateSchedule.constant().warmingUp(-1))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("no negative warm-up");
  }

  @Test
  void cosineFallsFromTheInitialRateToAlmostNothing() {
    RateSchedule cosine = RateSchedule.cosine(4);

    assertThat(cosine.rate(0.1, List.of())).isEqualTo(0.1);
    assertThat(cosine.rate(0.1, List.of(1.0, 1.0))).isCloseTo(0.05, within(1e-12));
    assertThat(cosine.rate(0.1, List.of(1.0, 1.0, 1.0))).isCloseTo(0.014645, within(1e-6));
  }
}
