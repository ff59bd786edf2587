package org.headct.ich.domain.ct;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AreaResamplerTest {
  private final AreaResampler resampler = new AreaResampler();

  @ParameterizedTest
  @CsvSource({
    "512, 256",
    "512, 224",
    "512, 100",
    "513, 512",
    "767, 512",
    "100, 512",
    "1, 7",
    "7, 1"
  })
  void constantStaysConstant(int from, int to) {
    for (float value : new float[] {-1000, 0, 8, 40, 1234.5f}) {
      HuImage resampled = resampler.resample(TestImages.constant(from, from, value), to);
      assertThat(Arrays.equals(resampled.hu(), TestImages.constant(to, to, value).hu())).isTrue();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {256, 255, 224, 100, 64, 3, 1})
  void areaMeanKeepsTheMean(int size) {
    HuImage image = TestImages.seeded(512, 512, size);
    assertThat(TestImages.mean(resampler.resample(image, size)))
        .isCloseTo(TestImages.mean(image), within(1e-3));
  }

  /** Checks three pixels that become two: the middle one counts half for each. */
  @Test
  void fractionsCountByTheFraction() {
    HuImage image = new HuImage(3, 3, new float[] {0, 30, 60, 0, 30, 60, 300, 330, 360});
    assertThat(resampler.resample(image, 2).hu()).containsExactly(10, 50, 210, 250);
  }

  @Test
  void everyPixelLiesWithinTheRangeOfItsSource() {
    HuImage image = TestImages.seeded(90, 90, 5);
    for (int size : new int[] {512, 300, 91, 89, 50}) {
      float[] sorted = resampler.resample(image, size).hu();
      Arrays.sort(sorted);
      assertThat(sorted[0]).isGreaterThanOrEqualTo(-1024);
      assertThat(sorted[sorted.length - 1]).isLessThanOrEqualTo(3102);
    }
  }

  /** Checks that a ramp stays the same between the outermost centres and is flat beyond them. */
  @Test
  void bilinearBetweenCentresAndFlatAtTheEdge() {
    HuImage image = new HuImage(2, 2, new float[] {0, 80, 0, 80});
    assertThat(resampler.resample(image, 4).hu())
        .containsExactly(0, 20, 60, 80, 0, 20, 60, 80, 0, 20, 60, 80, 0, 20, 60, 80);
  }

  @Test
  void whatIsNotSquareIsPaddedWithAirAroundTheMiddle() {
    HuImage wide = new HuImage(1, 4, new float[] {1, 2, 3, 4});
    float air = HuImage.AIR_HU;
    assertThat(resampler.resample(wide, 4).hu())
        .containsExactly(air, air, air, air, 1, 2, 3, 4, air, air, air, air, air, air, air, air);
    HuImage tall = new HuImage(3, 1, new float[] {1, 2, 3});
    assertThat(resampler.resample(tall, 3).hu())
        .containsExactly(air, 1, air, air, 2, air, air, 3, air);
  }

  @Test
  void sameSizeIsACopy() {
    HuImage image = TestImages.seeded(64, 64, 1);
    HuImage copy = resampler.resample(image, 64);
    assertThat(copy.hu()).containsExactly(image.hu()).isNotSameAs(image.hu());
  }

  @Test
  void refusesNoSize() {
    HuImage image = TestImages.constant(4, 4, 0);
    assertThatThrownBy(() -> resampler.resample(image, 0)).hasMessageContaining("got 0");
  }
}
