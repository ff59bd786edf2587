package org.headct.ich.jobs.evaluatemodel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.headct.ich.jobs.evaluation.Evaluation;
import org.headct.ich.jobs.evaluation.EvaluationTest;
import org.headct.ich.jobs.scoring.ScoredImage;
import org.junit.jupiter.api.Test;

class RobustnessTest {
  private static final List<ScoredImage> SLICES = EvaluationTest.scored(20);

  @Test
  void theSampleHasBothSidesAndDoesNotHangOnTheOrder() {
    List<ScoredImage> shuffled = new ArrayList<>(SLICES);
    Collections.shuffle(shuffled, new Random(3));
    List<ScoredImage> sample = Robustness.sample(SLICES, 60);
    assertThat(sample).hasSize(60).isEqualTo(Robustness.sample(shuffled, 60));
    assertThat(sample).filteredOn(Evaluation::isPositive).hasSize(30);
    assertThat(Robustness.sample(SLICES, 1000)).hasSameElementsAs(SLICES);
    // Positives replace missing negatives, and negatives replace missing positives.
    List<ScoredImage> positives = SLICES.stream().filter(Evaluation::isPositive).toList();
    assertThat(Robustness.sample(positives, 60)).hasSize(60);
    List<ScoredImage> negatives = SLICES.stream().filter(s -> !Evaluation.isPositive(s)).toList();
    assertThat(Robustness.sample(negatives, 60)).hasSize(60);
  }
}
