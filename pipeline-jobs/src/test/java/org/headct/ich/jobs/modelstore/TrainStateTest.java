package org.headct.ich.jobs.modelstore;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TrainStateTest {
  private static TrainState after(Double... losses) {
    List<EpochMetrics> metrics = new ArrayList<>();
    for (Double loss : losses) {
      metrics.add(new EpochMetrics(metrics.size() + 1, 0.1, 9, loss, Map.of(), 8, 1, 1, 1, null));
    }
    return new TrainState(0, 7, metrics);
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

  @Test
  void theModelIsTheBestOfTheValidatedAndTheLastOfOthers() {
    assertThat(after(1.0).lastIsBest()).isTrue();
    assertThat(after(1.0, 0.9).lastIsBest()).isTrue();
    assertThat(after(1.0, 1.1).lastIsBest()).isFalse();
    EpochMetrics better = new EpochMetrics(1, 0.1, 0.5, null, Map.of(), 8, 1, 1, 1, null);
    EpochMetrics last = new EpochMetrics(2, 0.1, 0.9, null, Map.of(), 8, 1, 1, 1, null);
    TrainState unvalidated = new TrainState(0, 7, List.of(better, last));
    assertThat(unvalidated.lastIsBest()).isTrue();
    assertThat(unvalidated.losses()).containsExactly(0.5, 0.9);
    assertThat(unvalidated.epoch()).isEqualTo(2);
  }
}
