package org.headct.ich.domain.ct;

import static org.assertj.core.api.Assertions.assertThat;

import org.headct.ich.domain.dicom.DicomHeader;
import org.headct.ich.domain.dicom.DicomHeaderBuilder;
import org.headct.ich.domain.dicom.StoredPixels;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RescaleTest {
  private static DicomHeaderBuilder ct(int bitsStored, double slope, double intercept) {
    return DicomHeader.builder()
        .bitsStored(bitsStored)
        .rescaleSlope(slope)
        .rescaleIntercept(intercept);
  }

  private static StoredPixels signed(int... values) {
    return new StoredPixels(1, values.length, true, shorts(values));
  }

  private static StoredPixels unsigned(int... values) {
    return new StoredPixels(1, values.length, false, shorts(values));
  }

  private static short[] shorts(int... values) {
    short[] shorts = new short[values.length];
    for (int i = 0; i < values.length; i++) {
      shorts[i] = (short) values[i];
    }
    return shorts;
  }

  @Test
  void linearWithSign() {
    Rescaled rescaled = Rescale.apply(signed(-3, 0, 32767), ct(16, 2, -1024).build());
    assertThat(rescaled.image().hu()).containsExactly(-1030, -1024, 64510);
    assertThat(rescaled.repairs()).isEmpty();
  }

  @Test
  void linearWithoutSignReadsAll16Bits() {
    assertThat(Rescale.apply(unsigned(0, 65535), ct(16, 1, -1024).build()).image().hu())
        .containsExactly(-1024, 64511);
    assertThat(Rescale.apply(unsigned(0, 65535), ct(16, 0.5, 0.25).build()).image().hu())
        .containsExactly(0.25f, 32767.75f);
  }

  @Test
  void absentRescaleIsOneAndZeroAndRecorded() {
    Rescaled rescaled = Rescale.apply(signed(-5, 40), DicomHeader.builder().bitsStored(16).build());
    assertThat(rescaled.image().hu()).containsExactly(-5, 40);
    assertThat(rescaled.repairs()).containsExactly(Repair.ABSENT_RESCALE);
  }

  @Test
  void declaredPaddingIsComparedBeforeRescale() {
    // Rescale turns 2952 into 1928, which equals the padding. Only the stored value counts.
    Rescaled rescaled =
        Rescale.apply(signed(1928, 2952), ct(16, 1, -1024).pixelPaddingValue(1928).build());
    assertThat(rescaled.image().hu()).containsExactly(-1000, 1928);
    assertThat(rescaled.repairs()).isEmpty();
  }

  /** Checks a tag whose VR differs from the sign of the pixels; only the 16 bits count. */
  @ParameterizedTest
  @CsvSource({"63536, true", "-2000, true", "-2000, false", "63536, false"})
  void paddingOfTheOtherSign(int declared, boolean signed) {
    StoredPixels pixels = signed ? signed(-2000, 7) : unsigned(63536, 7);
    DicomHeader header = ct(16, 1, -1024).pixelPaddingValue(declared).build();
    assertThat(Rescale.apply(pixels, header).image().hu()).containsExactly(-1000, -1017);
  }

  @Test
  void undeclaredPaddingIsMinus2000AndRecordedOnlyWhereThereIsSome() {
    DicomHeader header = ct(16, 1, -1024).build();
    Rescaled padded = Rescale.apply(signed(-2000, -1999, 1064), header);
    assertThat(padded.image().hu()).containsExactly(-1000, -3023, 40);
    assertThat(padded.repairs()).containsExactly(Repair.UNDECLARED_PADDING);
    assertThat(Rescale.apply(signed(0, 1064), header).repairs()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "64000, 65535, false",
    "65535, 64000, false",
    "-1536, -1, false",
    "-1536, -1, true",
    "-1, -1536, true",
    "64000, 65535, true",
  })
  void allValuesOfADeclaredRangeArePadding(int value, int limit, boolean signed) {
    int[] stored = {63999, 64000, 64976, 65535, 0, 1064};
    DicomHeader header =
        ct(16, 1, -1024).pixelPaddingValue(value).pixelPaddingRangeLimit(limit).build();
    Rescaled rescaled = Rescale.apply(signed ? signed(stored) : unsigned(stored), header);
    float before = signed ? -2561 : 62975;
    assertThat(rescaled.image().hu()).containsExactly(before, -1000, -1000, -1000, -1024, 40);
    assertThat(rescaled.repairs()).containsExactly(Repair.PADDING_RANGE);
    assertThat(rescaled.padded()).isEqualTo(3);
  }

  @Test
  void aLimitWithoutAValueIsNoRange() {
    DicomHeader header = ct(16, 1, -1024).pixelPaddingRangeLimit(2000).build();
    Rescaled rescaled = Rescale.apply(unsigned(0, 1064, 2000), header);
    assertThat(rescaled.image().hu()).containsExactly(-1024, 40, 976);
    assertThat(rescaled.repairs()).isEmpty();
  }

  @Test
  void aRangeOfAWrappedImageIsWrappedToo() {
    DicomHeader header =
        ct(12, 1, 0).pixelPaddingValue(-2000).pixelPaddingRangeLimit(-1990).build();
    assertThat(Rescale.apply(unsigned(2095, 2096, 2106, 2107, 30), header).image().hu())
        .containsExactly(2095, -1000, -1000, 2107, 30);
  }

  @Test
  void minus2000IsNotPaddingWhereAnotherValueIsDeclared() {
    DicomHeader header = ct(16, 1, 0).pixelPaddingValue(-1500).build();
    assertThat(Rescale.apply(signed(-2000, -1500), header).image().hu())
        .containsExactly(-2000, -1000);
  }

  /**
   * Compares with the competition's published repair: x += 1000; x -= 4096 if x >= 4096; - 1000.
   */
  @Test
  void wrapRepairOfEveryStoredValue() {
    int[] stored = new int[4096];
    float[] expected = new float[4096];
    for (int value = 0; value < 4096; value++) {
      stored[value] = value;
      int x = value + 1000;
      if (x >= 4096) {
        x -= 4096;
      }
      expected[value] = x - 1000;
    }
    Rescaled rescaled = Rescale.apply(unsigned(stored), ct(12, 1, 0).build());
    assertThat(rescaled.image().hu()).containsExactly(expected);
    assertThat(rescaled.repairs()).containsExactly(Repair.RSNA_WRAP);
  }

  @ParameterizedTest
  @CsvSource({
    "12, false, 1, -99, true",
    "12, false, 1, 0, true",
    "12, false, 1, -100, false",
    "12, false, 1, -1024, false",
    "12, true, 1, 0, false",
    "16, false, 1, 0, false",
    "12, false, 2, 0, false",
  })
  void wrapRepairOnlyWhereTheDescriptionIsTheDefect(
      int bits, boolean signed, double slope, double intercept, boolean repaired) {
    StoredPixels pixels = signed ? signed(40) : unsigned(40);
    Rescaled rescaled = Rescale.apply(pixels, ct(bits, slope, intercept).signed(signed).build());
    assertThat(rescaled.repairs().contains(Repair.RSNA_WRAP)).isEqualTo(repaired);
  }

  @Test
  void paddingOfAWrappedImageIsWrappedToo() {
    DicomHeader header = ct(12, 1, 0).pixelPaddingValue(-2000).build();
    assertThat(Rescale.apply(unsigned(2096, 2097, 3096, 30), header).image().hu())
        .containsExactly(-1000, 2097, -1000, 30);
  }

  @Test
  void monochrome1NeverInverts() {
    DicomHeaderBuilder header = ct(16, 1, -1024);
    StoredPixels pixels = signed(0, 1064, 2500);
    assertThat(
            Rescale.apply(pixels, header.photometricInterpretation("MONOCHROME1").build())
                .image()
                .hu())
        .containsExactly(
            Rescale.apply(pixels, header.photometricInterpretation("MONOCHROME2").build())
                .image()
                .hu());
  }
}
