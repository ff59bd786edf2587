package org.headct.ich.domain.ct;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.headct.ich.domain.ct.Disturbance.Kind;
import org.headct.ich.domain.ct.Disturbance.Scale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DisturbanceTest {
  private static final Scale BRAIN = new Scale(0, 1, 80);
  private static final int SIDE = 64;

  /** Returns a bright blob beside the centre on dark ground, like a head in air. */
  private static float[] head() {
    float[] plane = new float[SIDE * SIDE];
    for (int y = 0; y < SIDE; y++) {
      for (int x = 0; x < SIDE; x++) {
        double r = Math.hypot(y - 28, x - 36);
        plane[y * SIDE + x] = (float) Math.max(0, 0.9 - r / 40);
      }
    }
    return plane;
  }

  private static float[] of(Kind kind, double strength, float[] plane, long seed) {
    return new Disturbance(kind, strength).of(plane, SIDE, SIDE, BRAIN, seed);
  }

  private static double distance(float[] a, float[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += Math.abs(a[i] - b[i]);
    }
    return sum / a.length;
  }

  @ParameterizedTest
  @EnumSource
  void moreIsFurtherFromTheImageAndNoneIsTheImage(Kind kind) {
    float[] head = head();
    for (long seed = 0; seed < 20; seed++) {
      assertThat(of(kind, 0, head, seed)).isEqualTo(head).isNotSameAs(head);
      double before = 0;
      for (Disturbance one : kind.all()) {
        float[] spoilt = one.of(head, SIDE, SIDE, BRAIN, seed);
        assertThat(one.of(head, SIDE, SIDE, BRAIN, seed)).isEqualTo(spoilt);
        assertThat(distance(spoilt, head)).isGreaterThan(before);
        before = distance(spoilt, head);
        for (float value : spoilt) {
          assertThat(value).isBetween(0f, 1f);
        }
      }
    }
  }

  @Test
  void noiseHasTheDeviationThatItSaysInHuInEveryWindowAndIsOneField() {
    float[] grey = new float[SIDE * SIDE];
    java.util.Arrays.fill(grey, 0.5f);
    float[] brain = new Disturbance(Kind.NOISE, 8).of(grey, SIDE, SIDE, BRAIN, 1);
    float[] bone = new Disturbance(Kind.NOISE, 8).of(grey, SIDE, SIDE, new Scale(0, 1, 2800), 1);
    double squares = 0;
    for (int i = 0; i < grey.length; i++) {
      squares += Math.pow((brain[i] - 0.5) * 80, 2);
      assertThat((bone[i] - 0.5) * 2800).isCloseTo((brain[i] - 0.5) * 80, within(0.01));
    }
    assertThat(Math.sqrt(squares / grey.length)).isCloseTo(8, within(0.3));
  }

  @Test
  void aStandardisedWindowIsMeasuredByItsEnds() {
    float[] plane = {-1, 0, 3, 1};
    float[] flat = new Disturbance(Kind.CONTRAST, 0.5).of(plane, 2, 2, new Scale(-1, 3, 80), 1);
    assertThat(flat).containsExactly(0, 0.5f, 2, 1);
  }

  @Test
  void aShiftMovesAllAndFillsWithTheDarkest() {
    float[] plane = new float[SIDE * SIDE];
    java.util.Arrays.fill(plane, 0.25f);
    plane[32 * SIDE + 32] = 1;
    float[] shifted = of(Kind.SHIFT, 0.1, plane, 3);
    int at = 0;
    while (shifted[at] != 1) {
      at++;
    }
    assertThat(Math.hypot(at / SIDE - 32, at % SIDE - 32)).isCloseTo(6.4, within(0.8));
    assertThat(shifted).hasSize(plane.length).contains(0.25f, 1).doesNotContain(0);
  }

  @Test
  void aRightAngleIsExactAndTurnsBackAreTheImage() {
    SplittableRandom random = new SplittableRandom(5);
    float[] plane = new float[SIDE * SIDE];
    for (int i = 0; i < plane.length; i++) {
      plane[i] = (float) random.nextDouble();
    }
    float[] once = of(Kind.ROTATION, 90, plane, 1);
    float[] fourTimes = once;
    for (int i = 1; i < 4; i++) {
      fourTimes = of(Kind.ROTATION, 90, fourTimes, 1);
    }
    assertThat(distance(once, plane)).isGreaterThan(0.1);
    for (int i = 0; i < plane.length; i++) {
      assertThat(fourTimes[i]).isCloseTo(plane[i], within(1e-5f));
    }
  }

  @Test
  void namesAndLimits() {
    assertThat(Disturbance.all()).hasSize(16).doesNotHaveDuplicates();
    assertThat(new Disturbance(Kind.NOISE, 10).text()).isEqualTo("noise 10");
    assertThat(new Disturbance(Kind.SHIFT, 0.025).text()).isEqualTo("shift 0.025");
    assertThatThrownBy(() -> new Disturbance(Kind.SHIFT, -1))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> of(Kind.NOISE, 1, new float[3], 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a channel of 64×64 pixels cannot hold 3 values");
  }
}
