package org.headct.ich.domain.ct;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.headct.ich.domain.ct.SeriesRule.Candidate;
import org.junit.jupiter.api.Test;

class SeriesRuleTest {
  private static final List<Candidate> SERIES =
      List.of(
          new Candidate("scan-1", "a-plain", 5, 34),
          new Candidate("scan-1", "b-thin", 0.625, 272),
          new Candidate("scan-1", "c-scout", 40, 2),
          new Candidate("scan-1", "d-no-geometry", Double.NaN, 300),
          new Candidate("scan-2", "e-alone", 2.5, 60),
          new Candidate("scan-3", "f-unknown", Double.NaN, 20),
          new Candidate("scan-3", "g-unknown", Double.NaN, 30),
          new Candidate("scan-4", "h-once", 4.999, 34),
          new Candidate("scan-4", "i-again", 5.001, 36));

  private static List<String> taken(SeriesRule rule, List<Candidate> series) {
    return rule.taken(series).stream().map(Candidate::seriesId).toList();
  }

  @Test
  void oneOfEachScanByItsDistanceAndWhatItCovers() {
    assertThat(taken(SeriesRule.ALL, SERIES)).hasSize(9).isSorted();
    // The scout's two slices cover a third of the length that the others cover.
    assertThat(taken(SeriesRule.PLAIN, SERIES))
        .containsExactly("a-plain", "e-alone", "g-unknown", "i-again");
    assertThat(taken(SeriesRule.THIN, SERIES))
        .containsExactly("b-thin", "e-alone", "g-unknown", "i-again");
  }

  @Test
  void theOrderOfTheSeriesDoesNotMatter() {
    for (int seed = 0; seed < 20; seed++) {
      List<Candidate> shuffled = new ArrayList<>(SERIES);
      Collections.shuffle(shuffled, new Random(seed));
      for (SeriesRule rule : SeriesRule.values()) {
        assertThat(rule.taken(shuffled)).isEqualTo(rule.taken(SERIES));
      }
    }
  }

  @Test
  void saysWhatASeriesIs() {
    assertThat(SERIES.get(0).text()).isEqualTo("5.00 mm apart, 34 slices");
    assertThat(SERIES.get(3).text()).isEqualTo("distance not known, 300 slices");
  }
}
