package org.headct.ich.jobs.averaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.headct.ich.domain.training.Head;
import org.headct.ich.jobs.scoring.ScoredImage;
import org.junit.jupiter.api.Test;

class ValidationTest {
  private static ScoredImage image(double score, int label) {
    return new ScoredImage("i", "p", "s", new float[] {(float) score}, new byte[] {(byte) label});
  }

  @Test
  void areaIsTheShareOfPairsInOrder() {
    Random random = new Random(1);
    for (int trial = 0; trial < 50; trial++) {
      List<ScoredImage> scored = new ArrayList<>();
      for (int i = 0; i < 40; i++) {
        // Few distinct scores, so ties are common.
        scored.add(image(random.nextInt(8) / 8.0, random.nextInt(2)));
      }
      double pairs = 0;
      double ordered = 0;
      for (ScoredImage p : scored) {
        for (ScoredImage n : scored) {
          if (p.labels()[0] == 1 && n.labels()[0] == 0) {
            pairs++;
            ordered += p.scores()[0] > n.scores()[0] ? 1 : p.scores()[0] == n.scores()[0] ? .5 : 0;
          }
        }
      }
      assertThat(Validation.of(Head.BINARY, scored).auc().get("any"))
          .isCloseTo(ordered / pairs, within(1e-12));
    }
  }

  @Test
  void lossIsTheMeanCrossEntropy() {
    Validation v = Validation.of(Head.BINARY, List.of(image(0.25, 1), image(0.25, 0)));
    assertThat(v.loss()).isCloseTo((-Math.log(0.25) - Math.log(0.75)) / 2, within(1e-7));
    assertThat(v.auc()).containsEntry("any", 0.5);
  }

  @Test
  void oneClassHasNoArea() {
    assertThat(Validation.of(Head.BINARY, List.of(image(0.1, 1))).auc()).isEmpty();
  }
}
