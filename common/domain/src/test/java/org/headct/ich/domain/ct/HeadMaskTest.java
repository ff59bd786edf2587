package org.headct.ich.domain.ct;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HeadMaskTest {
  @ParameterizedTest
  @ValueSource(ints = {512, 400, 256, 768})
  void keepsTheHeadWhole(int side) {
    boolean[] mask = new HeadMask().of(HeadPhantom.image(side));
    List<String> lost = new ArrayList<>();
    for (int y = 0; y < side; y++) {
      for (int x = 0; x < side; x++) {
        double px = x * 512.0 / side;
        double py = y * 512.0 / side;
        if (HeadPhantom.isHead(px, py) && !inNostril(px, py) && !mask[y * side + x]) {
          lost.add(x + ", " + y);
        }
      }
    }
    assertThat(lost).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {512, 400, 256, 768})
  void takesTableAndHeadRestAway(int side) {
    HuImage image = HeadPhantom.image(side);
    boolean[] mask = new HeadMask().of(image);
    int left = 0;
    int all = 0;
    int table = 0;
    for (int i = 0; i < mask.length; i++) {
      double x = i % side * 512.0 / side;
      double y = i / side * 512.0 / side;
      if (!HeadPhantom.isHead(x, y) && image.hu()[i] > -300) {
        all++;
        left += mask[i] ? 1 : 0;
        table += mask[i] && y >= 490 ? 1 : 0;
      }
    }
    assertThat(table).isZero();
    // Where the head rest touches the scalp, the mask cannot separate a few pixels.
    assertThat(left).isLessThan(all / 20);
  }

  @Test
  void thinBoneBehindANarrowOpeningStays() {
    boolean[] mask = new HeadMask().of(HeadPhantom.image(512));
    assertThat(mask[100 * 512 + 256]).as("septum").isTrue();
    assertThat(mask[110 * 512 + 200]).as("closed sinus").isTrue();
  }

  @Test
  void outsideBecomesAirAndInsideIsUntouched() {
    HuImage image = HeadPhantom.image(512);
    float[] before = image.hu().clone();
    HuImage head = new HeadMask().apply(image);
    boolean[] mask = new HeadMask().of(image);
    assertThat(Arrays.equals(image.hu(), before)).isTrue();
    float[] expected = before.clone();
    for (int i = 0; i < mask.length; i++) {
      expected[i] = mask[i] ? before[i] : HuImage.AIR_HU;
    }
    assertThat(Arrays.equals(head.hu(), expected)).isTrue();
    assertThat(head.at(250, 256)).isEqualTo(35);
    assertThat(head.at(495, 256)).isEqualTo(-1000);
  }

  @Test
  void imageOfAirGivesAir() {
    assertThat(new HeadMask().apply(TestImages.constant(64, 96, -990)).hu()).containsOnly(-1000);
  }

  @Test
  void imageOfTissueStaysWhole() {
    assertThat(new HeadMask().apply(TestImages.constant(64, 96, 40)).hu()).containsOnly(40);
  }

  /** Checks a top of the head that is too small to survive the erosion. */
  @Test
  void whatIsTooSmallToErodeIsKept() {
    HuImage image = TestImages.constant(512, 512, -1000);
    image.hu()[200 * 512 + 300] = 20;
    image.hu()[200 * 512 + 301] = 20;
    image.hu()[400 * 512 + 100] = 20;
    HuImage head = new HeadMask().apply(image);
    assertThat(head.at(200, 300)).isEqualTo(20);
    assertThat(head.at(200, 301)).isEqualTo(20);
    assertThat(head.at(400, 100)).isEqualTo(-1000);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 5, 17})
  void tinyImages(int side) {
    assertThat(new HeadMask().of(TestImages.constant(side, side, 40))).containsOnly(true);
    assertThat(new HeadMask().of(TestImages.constant(1, side, -1000))).containsOnly(false);
    assertThat(new HeadMask().of(TestImages.constant(side, 1, 40))).containsOnly(true);
  }

  /** Returns whether a point lies in the opening. It is air, so the mask may hold it or not. */
  private static boolean inNostril(double x, double y) {
    return y < 70 && Math.abs(x - 256) < 6;
  }
}
