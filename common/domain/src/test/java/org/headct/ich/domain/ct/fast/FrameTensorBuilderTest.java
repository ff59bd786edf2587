package org.headct.ich.domain.ct.fast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.headct.ich.domain.ct.AreaResampler;
import org.headct.ich.domain.ct.CtWindow;
import org.headct.ich.domain.ct.HeadMask;
import org.headct.ich.domain.ct.HuImage;
import org.headct.ich.domain.ct.PixelShape;
import org.headct.ich.domain.ct.Rescale;
import org.headct.ich.domain.ct.RescaleRule;
import org.headct.ich.domain.ct.SquarePixels;
import org.headct.ich.domain.ct.TensorBuilder;
import org.headct.ich.domain.ct.TensorSpec;
import org.headct.ich.domain.dicom.DicomHeader;
import org.headct.ich.domain.dicom.DicomHeaderBuilder;
import org.headct.ich.domain.dicom.StoredPixels;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests that {@link FrameTensorBuilder} gives the bytes of the plain {@link TensorBuilder}. */
class FrameTensorBuilderTest {
  private static final Double[] SLOPES = {
    1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, null, 2.0, 1.37, 1e300
  };
  private static final Double[] INTERCEPTS = {
    -1024.0, -1024.0, -1000.0, 0.0, -100.0, -99.0, 1.0, null, -1024.5, -8192.0, 20001.0, -1e6
  };
  private static final Integer[] PADDINGS = {null, null, -2000, 63536, 0, -1024, 4095, 2096};
  private static final Integer[] LIMITS = {null, null, null, -1024, 65535, 100};
  private static final double[][] SPACINGS = {
    {1, 1}, {0.5, 0.5}, {0.5, 0.5001}, {0.4, 0.6}, {0.6, 0.4}, {5, 0.5}, {1e-300, 1e300}
  };
  private static final int[][] SIDES = {{512, 512}, {512, 512}, {512, 512}, {512, 400}, {300, 600}};

  /** A random slice, likely or not. */
  private record Slice(StoredPixels pixels, DicomHeader header) {
    static Slice draw(Random random) {
      int[] side = pick(random, SIDES);
      boolean signed = random.nextBoolean();
      DicomHeader header =
          DicomHeader.builder()
              .bitsStored(random.nextBoolean() ? 12 : 16)
              .signed(random.nextInt(8) == 0 ? !signed : signed)
              .rescaleSlope(pick(random, SLOPES))
              .rescaleIntercept(pick(random, INTERCEPTS))
              .pixelPaddingValue(pick(random, PADDINGS))
              .pixelPaddingRangeLimit(pick(random, LIMITS))
              .pixelSpacingMm(pick(random, SPACINGS))
              .build();
      return new Slice(
          new StoredPixels(side[0], side[1], signed, stored(random, side[0] * side[1])), header);
    }

    /** Returns values around one level, or over 12 or 16 bits, with padding and outliers. */
    private static short[] stored(Random random, int count) {
      int low = pick(random, new Integer[] {0, 0, 900, -1024, -2000});
      int range = pick(random, new Integer[] {4096, 200, 3072, 4096, 8192, 1 << 16});
      int odd = random.nextInt(4) > 0 ? -2000 : random.nextInt(1 << 16);
      int oddOneIn = pick(random, new Integer[] {3, 1000, Integer.MAX_VALUE});
      short[] stored = new short[count];
      int level = 0;
      for (int i = 0; i < count; i++) {
        level = i % 16 == 0 ? random.nextInt(range) : level;
        int near = Math.min(range - 1, level + random.nextInt(4));
        stored[i] = (short) (random.nextInt(oddOneIn) == 0 ? odd : low + near);
      }
      return stored;
    }
  }

  private static <T> T pick(Random random, T[] of) {
    return of[random.nextInt(of.length)];
  }

  private static List<CtWindow> drawWindows(Random random) {
    if (random.nextBoolean()) {
      return List.of(CtWindow.BONE, CtWindow.BRAIN, CtWindow.SUBDURAL);
    }
    List<CtWindow> windows = new ArrayList<>();
    for (int i = random.nextInt(5); i >= 0; i--) {
      windows.add(
          new CtWindow("w" + i, random.nextInt(3000) - 1000.3, Math.exp(random.nextDouble() * 9)));
    }
    return windows;
  }

  @ParameterizedTest
  @ValueSource(ints = {256, 224, 64, 512, 128, 32, 16, 100, 640})
  void bytesAreThoseOfTheLongWay(int size) {
    Random random = new Random(size);
    int differ = 0;
    for (int i = 0; i < 8; i++) {
      TensorSpec spec = new TensorSpec(size, drawWindows(random), i % 4 == 3);
      FrameTensorBuilder builder = new FrameTensorBuilder(spec);
      TensorBuilder reference = new TensorBuilder(spec);
      for (int j = 0; j < 3; j++) {
        Slice slice = Slice.draw(random);
        short[] untouched = slice.pixels().values().clone();
        byte[] expected =
            reference.build(
                Rescale.apply(slice.pixels(), slice.header()).image(),
                PixelShape.of(slice.header()));

        int at = random.nextInt(3);
        byte[] target = new byte[expected.length + 3];
        builder.windows(slice.pixels(), slice.header(), target, at);

        boolean same =
            Arrays.equals(expected, Arrays.copyOfRange(target, at, at + expected.length));
        differ += same ? 0 : 1;
        assertThat(Arrays.equals(slice.pixels().values(), untouched)).isTrue();
      }
    }
    assertThat(differ).isZero();
  }

  @ParameterizedTest
  @ValueSource(ints = {256, 224, 100})
  void unitsAreTheWindowsFormula(int size) {
    Random random = new Random(size);
    for (int i = 0; i < 8; i++) {
      TensorSpec spec =
          new TensorSpec(
              size, List.of(CtWindow.BONE, CtWindow.BRAIN, new CtWindow("odd", 33.3, 7)), i == 7);
      Slice slice = Slice.draw(random);
      HuImage image = Rescale.apply(slice.pixels(), slice.header()).image();
      HuImage square = new SquarePixels().of(image, PixelShape.of(slice.header()));
      HuImage head = spec.headMask() ? new HeadMask().apply(square) : square;
      AreaResampler resampler = new AreaResampler();
      float[] hu = resampler.resample(resampler.resample(head, 512), size).hu();
      float[] expected = new float[spec.lengthBytes()];
      for (int c = 0; c < spec.channels(); c++) {
        CtWindow w = spec.windows().get(c);
        for (int j = 0; j < hu.length; j++) {
          double unit = (hu[j] - (w.centerHu() - w.widthHu() / 2)) / w.widthHu();
          // NaN, from infinite HU, is black.
          expected[c * hu.length + j] = unit > 0 ? (float) Math.min(1, unit) : 0;
        }
      }

      float[] units = new float[expected.length + 2];
      new FrameTensorBuilder(spec).windows(slice.pixels(), slice.header(), units, 1);

      float farthest = 0;
      for (int j = 0; j < expected.length; j++) {
        farthest = Math.max(farthest, Math.abs(units[j + 1] - expected[j]));
      }
      assertThat(farthest).isLessThan(1e-5f);
      assertThat(units[0] + units[units.length - 1]).isZero();
    }
  }

  /** Checks which frames take the fast path, and their HU, with stored values of every kind. */
  @Test
  void takesWhatLiesWithinTheSpanAndNothingElse() {
    Random random = new Random(1);
    WholeHu whole = new WholeHu(-2048, 13);
    int taken = 0;
    for (int i = 0; i < 80; i++) {
      Slice slice = Slice.draw(random);
      StoredPixels pixels = slice.pixels();
      HuImage image = Rescale.apply(pixels, slice.header()).image();
      if (!whole.take(pixels, RescaleRule.of(slice.header(), pixels.signed()))) {
        continue;
      }
      taken++;
      float[] hu = new float[image.hu().length];
      for (int j = 0; j < hu.length; j++) {
        hu[j] = whole.values()[j] + whole.lowest();
      }
      assertThat(Arrays.equals(hu, image.hu())).isTrue();
    }
    assertThat(taken).isBetween(10, 70);
  }

  /** Checks that the competition's two kinds of slices take the fast path. */
  @Test
  void takesWhatScannersMake() {
    short[] stored = new short[512 * 512];
    for (int i = 0; i < stored.length; i++) {
      stored[i] = (short) (i % 4096);
    }
    DicomHeaderBuilder header =
        DicomHeader.builder().bitsStored(12).rescaleSlope(1.0).rescaleIntercept(-1024.0);
    for (WholeHu whole : List.of(new WholeHu(-2048, 13), new WholeHu(-1024, 12))) {
      StoredPixels unsigned = new StoredPixels(512, 512, false, stored);
      assertThat(whole.take(unsigned, RescaleRule.of(header.build(), false))).isTrue();
      short[] padded = stored.clone();
      Arrays.fill(padded, 0, 5000, (short) -2000);
      StoredPixels signed = new StoredPixels(512, 512, true, padded);
      assertThat(
              whole.take(signed, RescaleRule.of(header.bitsStored(16).signed(true).build(), true)))
          .isTrue();
    }
  }

  /** Checks that equal spacings leave every bit as it is, whatever the millimetres. */
  @Test
  void equalSpacingsChangeNothing() {
    Random random = new Random(5);
    TensorSpec spec = new TensorSpec(100, List.of(CtWindow.BRAIN), true);
    short[] stored = Slice.stored(random, 300 * 400);
    StoredPixels pixels = new StoredPixels(300, 400, true, stored);
    byte[] expected = null;
    double[][] equal = {null, {0.488281, 0.488281}, {1e-300, 1e-300}, {0.488281, 0.488282}};
    for (double[] spacing : equal) {
      byte[] target = new byte[spec.lengthBytes()];
      new FrameTensorBuilder(spec)
          .windows(
              pixels,
              DicomHeader.builder().bitsStored(16).pixelSpacingMm(spacing).build(),
              target,
              0);
      expected = expected == null ? target : expected;
      assertThat(target).isEqualTo(expected);
    }
  }

  @Test
  void targetMustHaveRoom() {
    FrameTensorBuilder builder =
        new FrameTensorBuilder(new TensorSpec(16, List.of(CtWindow.BRAIN), false));
    StoredPixels pixels = new StoredPixels(1, 1, true, new short[1]);
    DicomHeader header = DicomHeader.builder().build();
    assertThatThrownBy(() -> builder.windows(pixels, header, new byte[256], 1))
        .isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> builder.windows(pixels, header, new float[255], 0))
        .isInstanceOf(IndexOutOfBoundsException.class);
  }
}
