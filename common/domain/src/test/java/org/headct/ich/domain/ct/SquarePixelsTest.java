package org.headct.ich.domain.ct;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.headct.ich.domain.dicom.DicomHeader;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SquarePixelsTest {
  private final SquarePixels squarePixels = new SquarePixels();

  private static PixelShape shape(double @Nullable [] spacing, double @Nullable [] aspect) {
    return PixelShape.of(
        DicomHeader.builder().pixelSpacingMm(spacing).pixelAspectRatio(aspect).build());
  }

  /** Returns water in air: an ellipsoid's section of these half axes in mm, in the middle. */
  private static HuImage ellipse(int rows, int columns, double high, double wide, double[] mm) {
    float[] hu = new float[rows * columns];
    for (int i = 0; i < hu.length; i++) {
      double y = (i / columns - (rows - 1) / 2.0) * mm[0] / high;
      double x = (i % columns - (columns - 1) / 2.0) * mm[1] / wide;
      hu[i] = x * x + y * y < 1 ? 40 : -1000;
    }
    return new HuImage(rows, columns, hu);
  }

  private static int height(byte[] tensor, int size) {
    int rows = 0;
    for (int y = 0; y < size; y++) {
      rows += (tensor[y * size + size / 2] & 0xFF) > 60 ? 1 : 0;
    }
    return rows;
  }

  private static int width(byte[] tensor, int size) {
    int columns = 0;
    for (int x = 0; x < size; x++) {
      columns += (tensor[size / 2 * size + x] & 0xFF) > 60 ? 1 : 0;
    }
    return columns;
  }

  /** Checks that a round head stays round, and is as large as the field of view says. */
  @ParameterizedTest
  @CsvSource({
    "512, 512, 0.4, 0.6",
    "512, 512, 0.6, 0.4",
    "768, 512, 0.4, 0.6",
    "256, 512, 0.9, 0.45",
    "512, 128, 0.45, 1.8",
    "100, 90, 2.5, 2",
    "512, 512, 0.45, 0.45"
  })
  void aRoundHeadStaysRound(int rows, int columns, double high, double wide) {
    double radius = 0.4 * Math.min(rows * high, columns * wide);
    HuImage image = ellipse(rows, columns, radius, radius, new double[] {high, wide});
    TensorSpec spec = new TensorSpec(256, List.of(CtWindow.BRAIN), true);

    byte[] tensor = new TensorBuilder(spec).build(image, shape(new double[] {high, wide}, null));

    double pixels = 2 * radius * 256 / Math.max(rows * high, columns * wide);
    assertThat((double) height(tensor, 256)).isCloseTo(pixels, within(3.0));
    assertThat((double) width(tensor, 256)).isCloseTo(pixels, within(3.0));
  }

  @Test
  void theLongerSideHas512Pixels() {
    HuImage image = new HuImage(512, 512, new float[512 * 512]);
    HuImage wide = squarePixels.of(image, shape(new double[] {0.4, 0.6}, null));
    assertThat(List.of(wide.rows(), wide.columns())).containsExactly(341, 512);
    HuImage high = squarePixels.of(image, shape(null, new double[] {4, 1}));
    assertThat(List.of(high.rows(), high.columns())).containsExactly(512, 128);
  }

  @Test
  void squarePixelsStayTheSameImage() {
    HuImage image = new HuImage(300, 400, new float[300 * 400]);
    assertThat(squarePixels.of(image, shape(null, null))).isSameAs(image);
    assertThat(squarePixels.of(image, shape(new double[] {0.7, 0.7}, null))).isSameAs(image);
    // Rounding of the decimals is no shape.
    assertThat(squarePixels.of(image, shape(new double[] {0.4883, 0.48828125}, null)))
        .isSameAs(image);
  }

  /** Compares with sums of covered areas, and with straight lines between pixel centres. */
  @Test
  void valuesAreMeansAndStraightLines() {
    Random random = new Random(3);
    float[] hu = new float[700 * 300];
    for (int i = 0; i < hu.length; i++) {
      hu[i] = random.nextInt(4000) - 1000;
    }
    // 700 rows shrink to 512; 300 columns of half the height shrink to 110.
    assertClose(new HuImage(700, 300, hu), 0.5, 512, 439);
    assertClose(new HuImage(700, 300, hu), 2, 512, 110);
    assertClose(new HuImage(300, 700, hu), 0.25, 55, 512);
  }

  private void assertClose(HuImage image, double ratio, int rows, int columns) {
    HuImage square = squarePixels.of(image, new PixelShape(ratio));
    assertThat(List.of(square.rows(), square.columns())).containsExactly(rows, columns);
    double farthest = 0;
    for (int y = 0; y < rows; y += 7) {
      double[] down = weights(image.rows(), rows, y);
      for (int x = 0; x < columns; x += 5) {
        double[] across = weights(image.columns(), columns, x);
        double sum = 0;
        for (int i = 0; i < down.length; i++) {
          for (int j = 0; down[i] > 0 && j < across.length; j++) {
            sum += down[i] * across[j] * image.at(i, j);
          }
        }
        farthest = Math.max(farthest, Math.abs(square.at(y, x) - sum));
      }
    }
    assertThat(farthest).isLessThan(1e-3);
  }

  private static double[] weights(int from, int to, int target) {
    double[] weights = new double[from];
    double step = (double) from / to;
    if (to <= from) {
      for (int i = 0; i < from; i++) {
        double covered = Math.min(i + 1, (target + 1) * step) - Math.max(i, target * step);
        weights[i] = Math.max(0, covered) / step;
      }
      return weights;
    }
    double center = Math.max(0, Math.min(from - 1, (target + 0.5) * step - 0.5));
    int left = (int) center;
    weights[left] = 1 - (center - left);
    if (left + 1 < from) {
      weights[left + 1] = center - left;
    }
    return weights;
  }

  @ParameterizedTest
  @CsvSource({"1, 1", "1, 700", "700, 1", "65535, 2", "3, 65535"})
  void anySizeIsBoundedAndAConstantStaysConstant(int rows, int columns) {
    float[] hu = new float[rows * columns];
    Arrays.fill(hu, 37);
    for (double ratio : new double[] {0.1, 0.7, 3, 10}) {
      HuImage square = new SquarePixels().of(new HuImage(rows, columns, hu), new PixelShape(ratio));
      assertThat(square.hu()).containsOnly(37f);
      assertThat(Math.max(square.rows(), square.columns()))
          .isLessThanOrEqualTo(square.hu() == hu ? Math.max(rows, columns) : 512);
    }
  }

  @ParameterizedTest
  @CsvSource({"100, 1", "1, 100", "1e-300, 1e300", "1e300, 1e-300", "5e-324, 1", "10.1, 1"})
  void ratiosThatCannotBeCountAsSquare(double high, double wide) {
    assertThat(shape(new double[] {high, wide}, null)).isEqualTo(PixelShape.SQUARE);
  }

  @Test
  void spacingGoesBeforeAspect() {
    assertThat(shape(new double[] {0.5, 0.5}, new double[] {2, 1})).isEqualTo(PixelShape.SQUARE);
    assertThat(shape(null, new double[] {2, 1}).ratio()).isEqualTo(2);
    assertThatThrownBy(() -> new PixelShape(Double.NaN))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
