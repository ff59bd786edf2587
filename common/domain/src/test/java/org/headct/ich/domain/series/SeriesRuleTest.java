package org.headct.ich.domain.series;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.headct.ich.domain.series.SeriesRule.Candidate;
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
  void contrastAndSharpKernelsOnlyWhereThereIsNothingElse() {
    List<Candidate> scan =
        List.of(
            new Candidate("scan", "a-cta", 5, 70, Kernel.SOFT, Contrast.WITH),
            new Candidate("scan", "b-bone", 5, 34, Kernel.SHARP, Contrast.WITHOUT),
            new Candidate("scan", "c-unnamed", 5, 34),
            new Candidate("scan", "d-plain", 5, 34, Kernel.UNKNOWN, Contrast.WITHOUT),
            new Candidate("scan", "e-soft", 5, 34, Kernel.SOFT, Contrast.WITHOUT),
            new Candidate("scan", "f-thin", 0.625, 272, Kernel.UNKNOWN, Contrast.UNKNOWN));
    assertThat(taken(SeriesRule.THIN, scan)).containsExactly("f-thin");
    List<String> order = List.of("e-soft", "d-plain", "c-unnamed", "f-thin", "b-bone", "a-cta");
    for (int i = 0; i < order.size(); i++) {
      Set<String> gone = Set.copyOf(order.subList(0, i));
      List<Candidate> rest = scan.stream().filter(c -> !gone.contains(c.seriesId())).toList();
      assertThat(taken(SeriesRule.PLAIN, rest)).containsExactly(order.get(i));
    }
  }

  /** The angiography covers neck and chest. The plain series of the head still counts. */
  @Test
  void aHeadNeedNotCoverWhatAnAngiographyDoes() {
    List<Candidate> scan =
        List.of(
            new Candidate("scan", "a-cta", 1, 400, Kernel.SOFT, Contrast.WITH),
            new Candidate("scan", "b-plain", 5, 29),
            new Candidate("scan", "c-bolus-tracking", 5, 3));
    assertThat(taken(SeriesRule.PLAIN, scan)).containsExactly("b-plain");
  }

  @Test
  void doubtsAreSaid() {
    assertThat(doubts(SERIES.subList(0, 5))).containsExactly("", "");
    assertThat(doubts(List.of(new Candidate("s", "b", 5, 34), new Candidate("s", "a", 5.001, 34))))
        .containsExactly("series b is equal; the id decided");
    assertThat(doubts(List.of(new Candidate("s", "a", 5, 34, Kernel.SHARP, Contrast.UNKNOWN))))
        .containsExactly("its kernel is sharp; the scan has no series with another");
    assertThat(doubts(List.of(new Candidate("s", "a", 5, 34, Kernel.SOFT, Contrast.WITH))))
        .containsExactly("it has contrast agent; the scan has no series without");
    assertThat(SeriesRule.ALL.choices(SERIES)).allMatch(choice -> choice.doubt().isEmpty());
  }

  private static List<String> doubts(List<Candidate> series) {
    return SeriesRule.PLAIN.choices(series).stream()
        .map(choice -> choice.doubt().orElse(""))
        .toList();
  }

  @Test
  void aSeriesWithoutSlicesIsNeverTaken() {
    List<Candidate> scan =
        List.of(new Candidate("s", "a-coronal", Double.NaN, 0), new Candidate("s", "b", 5, 34));
    assertThat(taken(SeriesRule.PLAIN, scan)).containsExactly("b");
    assertThat(taken(SeriesRule.ALL, scan)).containsExactly("b");
    assertThat(taken(SeriesRule.THIN, scan.subList(0, 1))).isEmpty();
  }

  @Test
  void saysWhatASeriesIs() {
    assertThat(SERIES.get(0).text()).isEqualTo("5.00 mm apart, 34 slices");
    assertThat(new Candidate("s", "a", 5, 34, Kernel.SHARP, Contrast.WITH).text())
        .isEqualTo("sharp kernel, with contrast agent, 5.00 mm apart, 34 slices");
    assertThat(SERIES.get(3).text()).isEqualTo("distance not known, 300 slices");
  }
}
