package org.headct.ich.domain.dicom.builtin;

import static org.assertj.core.api.Assertions.assertThat;

import org.headct.ich.domain.dicom.Departure;
import org.headct.ich.domain.dicom.DicomDefectException;
import org.headct.ich.domain.dicom.DicomHeader;
import org.headct.ich.domain.dicom.DicomReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** HighBit and BitsStored that contradict each other. pydicom and GDCM read low values. */
class StoredBitsTest {
  private static final String EXPLICIT = "1.2.840.10008.1.2.1";
  private static final int[] LOW = {0, 24, 1064, 1100, 4095, 7};
  private static final int[] SIGNED = {-1000, 40, 1000, 0, 5, -3};

  private final DicomReader reader = new BuiltinDicomReader();

  private static byte[] object(int stored, int highBit, int sign, int... values) {
    return RawObject.explicitLittle()
        .image()
        .us(0x0028_0101, stored)
        .us(0x0028_0102, highBit)
        .us(0x0028_0103, sign)
        .pixels(values)
        .file(EXPLICIT);
  }

  private int[] read(byte[] object) throws DicomDefectException {
    var pixels = reader.pixels(object, reader.header(object), 0);
    int[] values = new int[pixels.values().length];
    for (int i = 0; i < values.length; i++) {
      values[i] = pixels.at(i);
    }
    return values;
  }

  private static int[] shifted(int[] values, int bits) {
    int[] shifted = values.clone();
    for (int i = 0; i < shifted.length; i++) {
      shifted[i] = values[i] << bits & 0xFFFF;
    }
    return shifted;
  }

  @ParameterizedTest
  @CsvSource({
    "12, 15",
    "12, 14",
    "12, 12",
    "12, 16",
    "12, 65535",
    "12, 0",
    "12, 10",
    "16, 11",
    "16, 0",
    "16, 16",
    "13, 15"
  })
  void lowValuesAreReadAsTheyAre(int stored, int highBit) throws DicomDefectException {
    byte[] object = object(stored, highBit, 0, LOW);
    assertThat(read(object)).containsExactly(LOW);
    DicomHeader header = reader.header(object);
    assertThat(header.departures()).containsOnlyKeys(Departure.HIGH_BIT);
    assertThat(header.highBit()).isEqualTo(highBit);
  }

  @ParameterizedTest
  @CsvSource({"12, 15", "12, 14", "12, 11", "12, 3", "16, 11"})
  void lowSignedValuesAreReadAsTheyAre(int stored, int highBit) throws DicomDefectException {
    assertThat(read(object(stored, highBit, 1, SIGNED))).containsExactly(SIGNED);
    if (stored < 16) {
      // Without sign extension; GDCM extends the sign too.
      int[] plain = SIGNED.clone();
      for (int i = 0; i < plain.length; i++) {
        plain[i] &= 0xFFF;
      }
      assertThat(read(object(stored, highBit, 1, plain))).containsExactly(SIGNED);
    }
  }

  @Test
  void valuesThatAreShiftedUpAreShiftedDown() throws DicomDefectException {
    assertThat(read(object(12, 15, 0, shifted(LOW, 4)))).containsExactly(LOW);
    assertThat(read(object(12, 15, 1, shifted(SIGNED, 4)))).containsExactly(SIGNED);
    int[] overlaid = shifted(LOW, 4);
    overlaid[2] |= 1;
    assertThat(read(object(12, 15, 0, overlaid))).containsExactly(LOW);
  }

  /** Checks that single cells with junk above the stored bits decide nothing. */
  @Test
  void theMajorityDecides() throws DicomDefectException {
    assertThat(read(object(12, 15, 0, 63536, 24, 1063, 1101, 4095, 7)))
        .containsExactly(63536 & 0xFFF, 24, 1063, 1101, 4095, 7);
  }

  @Test
  void anOrdinaryImageHasNoDeparture() throws DicomDefectException {
    assertThat(reader.header(object(12, 11, 0, LOW)).departures()).isEmpty();
    assertThat(reader.header(object(16, 15, 1, SIGNED)).departures()).isEmpty();
  }
}
