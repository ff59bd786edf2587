package org.headct.ich.domain.series;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.headct.ich.domain.series.DuplicateSlices.Duplicate;
import org.junit.jupiter.api.Test;

class DuplicateSlicesTest {
  @Test
  void eachLaterSliceIsADuplicateOfTheFirst() {
    assertThat(DuplicateSlices.of(List.of("a", "b", "a", "c", "b", "a")))
        .containsExactly(new Duplicate(2, 0), new Duplicate(4, 1), new Duplicate(5, 0));
  }

  @Test
  void unknownPixelsAreNobodys() {
    assertThat(DuplicateSlices.of(Arrays.asList(null, "a", null, "b", null))).isEmpty();
    assertThat(DuplicateSlices.of(List.of())).isEmpty();
  }
}
