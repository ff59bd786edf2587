package org.headct.ich.jobs.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.headct.ich.domain.config.EvaluateConfig;
import org.headct.ich.domain.label.Subtype;
import org.headct.ich.domain.metric.Interval;
import org.headct.ich.jobs.scoring.ScoredImage;
import org.junit.jupiter.api.Test;

public class EvaluationTest {
  static final EvaluateConfig CONFIG = new EvaluateConfig("run", "test", 0.5, 500, 1, 0, 0, 0);

  private static final List<Subtype> TWO = List.of(Subtype.EPIDURAL, Subtype.SUBDURAL);

  /** Returns images of two classes. The second class is scored better; no image has both. */
  public static List<ScoredImage> scored(int rareEvery) {
    Random random = new Random(7);
    List<ScoredImage> scored = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      byte rare = (byte) (i % rareEvery == 1 ? 1 : 0);
      byte common = (byte) (i % 2 == 0 ? 1 : 0);
      float[] scores = {
        (float) Math.min(1, 0.2 * rare + 0.8 * random.nextDouble()),
        (float) Math.min(1, 0.5 * common + 0.6 * random.nextDouble())
      };
      scored.add(
          new ScoredImage(
              "image-" + i,
              "patient-" + i / 4,
              "series-" + i / 4,
              scores,
              new byte[] {rare, common}));
    }
    return scored;
  }

  private static Evaluation evaluate(List<Subtype> subtypes, List<ScoredImage> scored) {
    return Evaluation.of(subtypes, scored, CONFIG);
  }

  @Test
  void theMeanStandsFirstAndCountsEachClassAlike() {
    Evaluation evaluation = evaluate(TWO, scored(20));
    assertThat(evaluation.figures())
        .extracting(Figures::finding)
        .containsExactly("mean", "epidural", "subdural");
    Figures mean = evaluation.figures().get(0);
    assertThat(mean.images()).isEqualTo(200);
    assertThat(mean.positives()).isEqualTo(110);
    for (String metric : mean.intervals().keySet()) {
      double first = evaluation.figures().get(1).value(metric);
      double second = evaluation.figures().get(2).value(metric);
      assertThat(mean.value(metric)).as(metric).isCloseTo((first + second) / 2, within(1e-12));
    }
  }

  /**
   * The errors of the classes differ, so their mean is more certain than the less certain class.
   */
  @Test
  void theMeansIntervalComesOfClassesResampledTogether() {
    Evaluation evaluation = evaluate(TWO, scored(20));
    Interval mean = evaluation.figures().get(0).interval("roc_auc");
    Interval rare = evaluation.figures().get(1).interval("roc_auc");
    assertThat(mean.lower()).isLessThan(mean.estimate());
    assertThat(mean.upper()).isGreaterThan(mean.estimate());
    assertThat(mean.upper() - mean.lower()).isLessThan(rare.upper() - rare.lower());
  }

  @Test
  void isUndefinedWhereAClassIs() {
    Evaluation evaluation = evaluate(TWO, scored(1000).subList(2, 200));
    assertThat(evaluation.figures().get(0).value("roc_auc")).isNaN();
    assertThat(evaluation.figures().get(0).value("log_loss")).isPositive();
  }

  @Test
  void oneClassHasNoMean() {
    assertThat(evaluate(List.of(Subtype.ANY), scored(20)).figures())
        .extracting(Figures::finding)
        .containsExactly("any");
  }
}
