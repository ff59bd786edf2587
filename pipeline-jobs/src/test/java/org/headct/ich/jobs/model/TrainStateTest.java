package org.headct.ich.jobs.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class TrainStateTest {
  private static TrainState after(Double... losses) {
    return new TrainState(losses.length, 0, 7, Arrays.asList(losses));
  }

  @Test
  void stallsAfterSoManyEpochsThatAreNoBetter() {
    assertThat(after().stalled(1)).isFalse();
    assertThat(after(1.0).stalled(1)).isFalse();
    assertThat(after(1.0, 0.9).stalled(1)).isFalse();
    assertThat(after(1.0, 1.0).stalled(1)).isTrue();
    assertThat(after(1.0, 1.1, 1.2).stalled(3)).isFalse();
    assertThat(after(1.0, 1.1, 1.2, 1.0).stalled(3)).isTrue();
    assertThat(after(1.0, 1.1, 1.2, 0.9).stalled(3)).isFalse();
  }

  @Test
  void neverStallsWithoutPatience() {
    assertThat(after(1.0, 2.0, 3.0, 4.0).stalled(0)).isFalse();
  }
}
