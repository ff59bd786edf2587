package org.headct.ich.domain.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.headct.ich.domain.label.Subtype;
import org.junit.jupiter.api.Test;

class SuspicionTest {
  @Test
  void ofASliceIsAnyOrTheHighestSubtype() {
    assertThat(Suspicion.ofSlice(List.of(Subtype.ANY), List.of(0.25f))).isEqualTo(0.25);
    assertThat(Suspicion.ofSlice(Subtype.ALL, List.of(0.5f, 0f, 0f, 0.75f, 0f, 0.25f)))
        .isEqualTo(0.25);
    assertThat(Suspicion.ofSlice(Subtype.FIVE, List.of(0.5f, 0f, 0f, 0.75f, 0f))).isEqualTo(0.75);
  }

  @Test
  void ofAScanIsTheMeanOfItsHighestSlices() {
    double[] slices = {0.25, 0.75, 0, 0.5};
    assertThat(Suspicion.ofScan(slices, 1)).isEqualTo(0.75);
    assertThat(Suspicion.ofScan(slices, 2)).isEqualTo(0.625);
    assertThat(Suspicion.ofScan(slices, 9)).isCloseTo(0.375, within(1e-12));
    assertThat(slices).containsExactly(0.25, 0.75, 0, 0.5);
  }
}
