package org.headct.ich.jobs.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.headct.ich.jobs.scoring.ScoredImage;
import org.junit.jupiter.api.Test;

class ScansTest {
  private static final List<ScoredImage> SLICES = EvaluationTest.scored(20);

  private static List<ScoredImage> of(String series) {
    return SLICES.stream().filter(slice -> slice.seriesId().equals(series)).toList();
  }

  @Test
  void aScanIsAsSuspiciousAsItsWorstSliceAndShowsWhatOneShows() {
    List<ScoredImage> scans = new Scans(SLICES).whole();
    assertThat(scans).hasSize(50).extracting(ScoredImage::imageId).isSorted();
    for (ScoredImage scan : scans) {
      for (int output = 0; output < 2; output++) {
        int o = output;
        assertThat((double) scan.scores()[o])
            .isEqualTo(
                of(scan.seriesId()).stream().mapToDouble(s -> s.scores()[o]).max().orElse(-1));
        assertThat((int) scan.labels()[o])
            .isEqualTo(of(scan.seriesId()).stream().mapToInt(s -> s.labels()[o]).max().orElse(-1));
      }
      assertThat(scan.patientId()).isEqualTo(of(scan.seriesId()).get(0).patientId());
    }
  }

  @Test
  void missingSlicesCanOnlyLowerAScoreAndLeaveTheTruth() {
    Scans scans = new Scans(SLICES);
    List<ScoredImage> whole = scans.whole();
    double before = Double.POSITIVE_INFINITY;
    for (double share : new double[] {0, 0.25, 0.5, 0.75, 1}) {
      List<ScoredImage> fewer = scans.without(share, 3);
      double sum = 0;
      for (int i = 0; i < whole.size(); i++) {
        assertThat(fewer.get(i).imageId()).isEqualTo(whole.get(i).imageId());
        assertThat(fewer.get(i).labels()).isEqualTo(whole.get(i).labels());
        assertThat(fewer.get(i).scores()[0]).isBetween(0f, whole.get(i).scores()[0]);
        sum += fewer.get(i).scores()[0];
      }
      assertThat(sum).isLessThan(before);
      // One slice is left if three of four are missing, and also if all are.
      before = share == 0.75 ? sum + 1e-9 : sum;
    }
    assertThat(scans.without(0, 3)).usingRecursiveComparison().isEqualTo(whole);
    assertThat(scans.without(0.5, 4))
        .usingRecursiveComparison()
        .isNotEqualTo(scans.without(0.5, 3));
  }
}
