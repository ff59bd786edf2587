package org.headct.ich.domain.dicom.builtin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.headct.ich.domain.dicom.Acquisition;
import org.headct.ich.domain.dicom.DicomDefectException;
import org.headct.ich.domain.dicom.DicomHeader;
import org.headct.ich.domain.dicom.StoredPixels;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Comparison with objects that pydicom wrote ({@code src/test/golden/dicom_writer.py}). */
class DicomWriterTest {
  private static final String EXPLICIT = "1.2.840.10008.1.2.1";
  private static final String IMPLICIT = "1.2.840.10008.1.2";

  @Test
  void implicitDataSetEqualsPydicoms() throws IOException {
    assertThat(dataSet(DicomWriter.write(header(IMPLICIT, false), pixels(false))))
        .isEqualTo(dataSet(golden("writer-implicit.dcm")));
  }

  @Test
  void explicitDataSetEqualsPydicoms() throws IOException {
    assertThat(dataSet(DicomWriter.write(header(EXPLICIT, true), pixels(true))))
        .isEqualTo(dataSet(golden("writer-explicit.dcm")));
  }

  @Test
  void groupLengthSpansTheMetaGroup() {
    byte[] file = DicomWriter.write(header(IMPLICIT, false), pixels(false));
    int start = dataSetStart(file);
    assertThat(start % 2).isZero();
    // The data set begins with (0008,0018), little endian.
    assertThat(Arrays.copyOfRange(file, start, start + 4)).containsExactly(8, 0, 0x18, 0);
  }

  /** Each element comes after the one with the lower tag, and the reader finds its value. */
  @Test
  void whatDescribesTheImageIsReadBack() throws DicomDefectException {
    DicomHeader plain = header(EXPLICIT, false);
    Acquisition acquisition =
        new Acquisition("DERIVED\\SECONDARY\\MIP", "Head", "KM", "H30s", 4, 2, -7.5);
    DicomHeader described =
        DicomHeader.builder()
            .transferSyntaxUid(EXPLICIT)
            .sopInstanceUid("1.2.3")
            .modality("CT")
            .manufacturer("M")
            .model("N")
            .sliceThicknessMm(5.0)
            .gantryTiltDegrees(10.0)
            .instanceNumber(3)
            .rows(plain.rows())
            .columns(plain.columns())
            .bitsAllocated(16)
            .bitsStored(12)
            .highBit(11)
            .acquisition(acquisition)
            .build();
    byte[] file = DicomWriter.write(described, pixels(false));

    assertThat(new BuiltinDicomReader().header(file).acquisition()).isEqualTo(acquisition);
    List<Integer> tags = new ArrayList<>();
    ByteBuffer bytes = ByteBuffer.wrap(dataSet(file)).order(ByteOrder.LITTLE_ENDIAN);
    while (bytes.remaining() > 8) {
      tags.add(bytes.getShort() << 16 | bytes.getShort() & 0xFFFF);
      String vr = "" + (char) bytes.get() + (char) bytes.get();
      int length = bytes.getShort() & 0xFFFF;
      length = vr.equals("OW") ? bytes.getInt() : length;
      bytes.position(bytes.position() + length);
    }
    assertThat(tags).isSorted().contains(Tag.IMAGE_TYPE, Tag.SLICE_LOCATION);
  }

  @Test
  void encapsulatesAnOddFragmentEvenly() {
    byte[] file =
        DicomWriter.writeEncapsulated(
            header("1.2.840.10008.1.2.4.80", true), new byte[] {(byte) 0xFF, (byte) 0xD8, 1});
    byte[] tail = Arrays.copyOfRange(file, file.length - 40, file.length);
    assertThat(tail)
        .containsExactly(
            0xE0, 0x7F, 0x10, 0, 'O', 'B', 0, 0, 0xFF, 0xFF, 0xFF, 0xFF, // PixelData
            0xFE, 0xFF, 0, 0xE0, 0, 0, 0, 0, // empty offset table
            0xFE, 0xFF, 0, 0xE0, 4, 0, 0, 0, 0xFF, 0xD8, 1, 0, // the fragment
            0xFE, 0xFF, 0xDD, 0xE0, 0, 0, 0, 0);
  }

  @ParameterizedTest
  @CsvSource({
    "1.0, 1",
    "-1024.0, -1024",
    "0.488281, 0.488281",
    "0.0, 0",
    "100.0, 100",
    "-0.4067366430758002, -0.4067366430758",
    "123456789.123456789, 123456789.123457",
    "1.0E-20, 1E-20",
    "-1.23456789012345678E-9, -1.2345678901E-9"
  })
  void decimalsTakeAtMostSixteenCharacters(double value, String text) {
    assertThat(DicomWriter.decimal(value)).isEqualTo(text).hasSizeLessThanOrEqualTo(16);
    assertThat(Double.parseDouble(text))
        .isCloseTo(value, org.assertj.core.data.Percentage.withPercentage(1e-6));
  }

  @Test
  void refusesPixelsThatTheHeaderDoesNotDescribe() {
    assertThatThrownBy(() -> DicomWriter.write(header(EXPLICIT, true), pixels(false)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(
            () -> DicomWriter.write(header("1.2.840.10008.1.2.4.70", true), pixels(true)))
        .hasMessageContaining("1.2.840.10008.1.2.4.70");
  }

  private static byte[] dataSet(byte[] file) {
    return Arrays.copyOfRange(file, dataSetStart(file), file.length);
  }

  /**
   * Returns the start of the data set: 132 bytes, the group length element of 12 bytes, and the
   * length that it gives.
   */
  private static int dataSetStart(byte[] file) {
    return 144 + ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).getInt(140);
  }

  private static byte[] golden(String name) throws IOException {
    try (InputStream in = DicomWriterTest.class.getResourceAsStream(name)) {
      assertThat(in).as(name).isNotNull();
      return in.readAllBytes();
    }
  }

  private static StoredPixels pixels(boolean signed) {
    short[] values = new short[12];
    for (int i = 0; i < values.length; i++) {
      values[i] = (short) (i * (signed ? -257 : 341));
    }
    return new StoredPixels(3, 4, signed, values);
  }

  private static DicomHeader header(String syntax, boolean signed) {
    return DicomHeader.builder()
        .transferSyntaxUid(syntax)
        .sopClassUid("1.2.840.10008.5.1.4.1.1.2")
        .sopInstanceUid("ID_000012eaf")
        .modality("CT")
        .patientId("ID_f15c0eee1")
        .studyInstanceUid("ID_30ea2b02d4")
        .seriesInstanceUid("ID_0ab5820b2")
        .rows(3)
        .columns(4)
        .photometricInterpretation("MONOCHROME2")
        .bitsAllocated(16)
        .bitsStored(signed ? 16 : 12)
        .highBit(signed ? 15 : 11)
        .signed(signed)
        .imagePositionMm(new double[] {-125, -115.89798, 77.970825})
        .imageOrientation(new double[] {1, 0, 0, 0, 0.927184, -0.374607})
        .pixelSpacingMm(new double[] {0.488281, 0.488281})
        .windowCenters(List.of(36.0, 36.0))
        .windowWidths(List.of(80.0, 80.0))
        .rescaleIntercept(-1024.0)
        .rescaleSlope(1.0)
        .build();
  }
}
