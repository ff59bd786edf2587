package org.headct.ich.domain.series;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.headct.ich.domain.series.MiddleSlices.Range;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MiddleSlicesTest {
  @ParameterizedTest
  @CsvSource({
    "34, 5, 14, 18",
    "33, 5, 14, 18",
    "32, 5, 13, 17",
    "36, 5, 15, 19",
    "5, 5, 0, 4",
    "6, 5, 0, 4",
    "7, 5, 1, 5",
    "3, 5, 0, 2",
    "1, 1, 0, 0",
    "10, 1, 4, 4",
    "10, 4, 3, 6",
  })
  void firstAndLast(int n, int k, int first, int last) {
    assertThat(MiddleSlices.range(n, k)).isEqualTo(new Range(first, last + 1));
  }

  @Test
  void asManyAsWantedAndNeverMoreThanOneOffTheMiddle() {
    for (int n = 0; n < 60; n++) {
      for (int k = 1; k < 60; k++) {
        Range range = MiddleSlices.range(n, k);
        assertThat(range.size()).isEqualTo(Math.min(n, k));
        int before = range.start();
        int after = n - range.end();
        assertThat(after - before).isBetween(0, 1);
      }
    }
  }

  @Test
  void ofAList() {
    assertThat(MiddleSlices.of(List.of("a", "b", "c", "d"), 3)).containsExactly("a", "b", "c");
    assertThat(MiddleSlices.of(List.of(), 3)).isEmpty();
    assertThat(MiddleSlices.range(34, 5).contains(13)).isFalse();
    assertThat(MiddleSlices.range(34, 5).contains(14)).isTrue();
    assertThat(MiddleSlices.range(34, 5).contains(18)).isTrue();
    assertThat(MiddleSlices.range(34, 5).contains(19)).isFalse();
  }

  @Test
  void refusesNonsense() {
    assertThatThrownBy(() -> MiddleSlices.range(5, 0)).hasMessageContaining("k = 0");
    assertThatThrownBy(() -> MiddleSlices.range(-1, 5)).hasMessageContaining("-1 slices");
  }
}
