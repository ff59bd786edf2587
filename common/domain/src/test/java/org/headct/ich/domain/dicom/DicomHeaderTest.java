package org.headct.ich.domain.dicom;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.headct.ich.domain.dicom.builtin.BuiltinDicomReader;
import org.headct.ich.domain.dicom.builtin.RawObject;
import org.headct.ich.domain.dicom.builtin.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DicomHeaderTest {
  private final DicomReader reader = new BuiltinDicomReader();

  private static RawObject image() {
    return RawObject.explicitLittle().image();
  }

  private DicomHeader read(RawObject object) throws DicomDefectException {
    return reader.header(object.dataSet());
  }

  @ParameterizedTest
  @CsvSource({
    "CT, 1.2.840.10008.5.1.4.1.1.2,   true",
    "CT, '',                          true",
    "'', 1.2.840.10008.5.1.4.1.1.2,   true",
    "CT, 1.2.840.10008.5.1.4.1.1.2.2, true",
    "'', '',                          false",
    "MR, '',                          false",
    "MR, 1.2.840.10008.5.1.4.1.1.2,   false",
    "CT, 1.2.840.10008.5.1.4.1.1.7,   false",
    "CT, 1.2.840.10008.5.1.4.1.1.2.1, false"
  })
  void ctIsToldByModalityAndClass(String modality, String sopClass, boolean expected) {
    DicomHeader header = DicomHeader.builder().modality(modality).sopClassUid(sopClass).build();
    assertThat(header.isCt()).isEqualTo(expected);
  }

  @Test
  void absentAttributesAreBlankNullOrTheirDefault() throws DicomDefectException {
    DicomHeader header = read(image());

    assertThat(header.frames()).isEqualTo(1);
    assertThat(header.patientId()).isEmpty();
    assertThat(header.rescaleSlope()).isNull();
    assertThat(header.imagePositionMm()).isNull();
    assertThat(header.windowCenters()).isEmpty();
  }

  @Test
  void paddingAroundNumbersIsNotTheirs() throws DicomDefectException {
    DicomHeader header =
        read(
            image()
                .text(Tag.RESCALE_SLOPE, "DS", " 1.50 \0")
                .text(Tag.RESCALE_INTERCEPT, "DS", "-1.024E3")
                .text(Tag.INSTANCE_NUMBER, "IS", " +0017 ")
                .text(Tag.WINDOW_CENTER, "DS", "00040\\ 80 \\6e2 ")
                .text(Tag.PATIENT_ID, "LO", " A B "));

    assertThat(header.rescaleSlope()).isEqualTo(1.5);
    assertThat(header.rescaleIntercept()).isEqualTo(-1024);
    assertThat(header.instanceNumber()).isEqualTo(17);
    assertThat(header.windowCenters()).isEqualTo(List.of(40.0, 80.0, 600.0));
    assertThat(header.patientId()).isEqualTo("A B");
  }

  /** Descriptions of any length or form must not cost an image. */
  @Test
  void descriptionsAreReadAndUselessOnesAreBlank() throws DicomDefectException {
    DicomHeader header =
        read(
            image()
                .text(Tag.IMAGE_TYPE, "CS", "ORIGINAL\\PRIMARY\\AXIAL ")
                .text(Tag.SERIES_DESCRIPTION, "LO", " Head 5.0 ")
                .text(Tag.CONTRAST_AGENT, "LO", "")
                .text(Tag.CONVOLUTION_KERNEL, "SH", "J30s\\3")
                .text(Tag.SERIES_NUMBER, "IS", "2")
                .text(Tag.ACQUISITION_NUMBER, "IS", "two")
                .text(Tag.SLICE_LOCATION, "DS", "-12.5"));
    assertThat(header.acquisition())
        .isEqualTo(
            new Acquisition("ORIGINAL\\PRIMARY\\AXIAL", "Head 5.0", "", "J30s\\3", 2, null, -12.5));

    String tooLong = "x".repeat(5000);
    DicomHeader useless =
        read(
            image()
                .text(Tag.IMAGE_TYPE, "CS", tooLong)
                .text(Tag.SERIES_DESCRIPTION, "LO", tooLong)
                .text(Tag.SLICE_LOCATION, "DS", tooLong));
    assertThat(useless.acquisition()).isEqualTo(Acquisition.NONE);
  }

  @Test
  void malformedOptionalNumbersAreAbsent() throws DicomDefectException {
    DicomHeader header =
        read(
            image()
                .text(Tag.SLICE_THICKNESS, "DS", "5 mm")
                .text(Tag.GANTRY_TILT, "DS", "NaN")
                .text(Tag.INSTANCE_NUMBER, "IS", "99999999999")
                .text(Tag.IMAGE_POSITION, "DS", "1\\2")
                .text(Tag.IMAGE_ORIENTATION, "DS", "1\\0\\0\\0\\1\\x")
                .text(Tag.PIXEL_SPACING, "DS", "0\\0.5")
                .text(Tag.WINDOW_CENTER, "DS", "40\\")
                .text(Tag.WINDOW_WIDTH, "DS", "")
                .text(Tag.RESCALE_SLOPE, "DS", ""));

    assertThat(header.sliceThicknessMm()).isNull();
    assertThat(header.gantryTiltDegrees()).isNull();
    assertThat(header.instanceNumber()).isNull();
    assertThat(header.imagePositionMm()).isNull();
    assertThat(header.imageOrientation()).isNull();
    assertThat(header.pixelSpacingMm()).isNull();
    assertThat(header.windowCenters()).isEmpty();
    assertThat(header.windowWidths()).isEmpty();
    assertThat(header.rescaleSlope()).isNull();
  }

  @Test
  void paddingValueIsReadByThePixelRepresentation() throws DicomDefectException {
    assertThat(read(image().us(Tag.PIXEL_PADDING_VALUE, 0xF830)).pixelPaddingValue())
        .isEqualTo(-2000);
    assertThat(
            read(image().us(Tag.PIXEL_REPRESENTATION, 0).us(Tag.PIXEL_PADDING_VALUE, 0xF830))
                .pixelPaddingValue())
        .isEqualTo(63536);
  }

  @Test
  void highBitDefaultsToTheTopOfTheStoredBits() throws DicomDefectException {
    RawObject object =
        RawObject.explicitLittle()
            .text(Tag.MODALITY, "CS", "CT")
            .us(Tag.ROWS, 1)
            .us(Tag.COLUMNS, 1)
            .us(Tag.BITS_ALLOCATED, 16)
            .us(Tag.BITS_STORED, 12)
            .us(Tag.PIXEL_REPRESENTATION, 0);
    assertThat(read(object).highBit()).isEqualTo(11);
    assertThat(read(object).samplesPerPixel()).isEqualTo(1);
  }

  @Test
  void aBareDataSetTellsItsSyntaxByItsFirstElement() throws DicomDefectException {
    for (RawObject object :
        List.of(RawObject.implicitLittle(), RawObject.explicitLittle(), RawObject.explicitBig())) {
      byte[] bytes = object.image().pixels(1, 2, 3, 4, 5, 6).dataSet();
      DicomHeader header = reader.header(bytes);
      assertThat(reader.pixels(bytes, header, 0).values()).containsExactly(1, 2, 3, 4, 5, 6);
    }
    assertThat(read(RawObject.explicitBig().image()).transferSyntaxUid())
        .isEqualTo("1.2.840.10008.1.2.2");
  }

  @Test
  void elementsWinOverTheSyntaxThatIsDeclared() throws DicomDefectException {
    byte[] dataSet = image().pixels(1, 2, 3, 4, 5, 6).dataSet();
    byte[] implicit = RawObject.implicitLittle().image().pixels(1, 2, 3, 4, 5, 6).dataSet();
    for (byte[] object :
        List.of(
            RawObject.file("1.2.840.10008.1.2", dataSet),
            RawObject.file("1.2.840.10008.1.2.1", implicit))) {
      DicomHeader header = reader.header(object);
      assertThat(reader.pixels(object, header, 0).at(5)).isEqualTo(6);
      assertThat(header.departures()).containsOnlyKeys(Departure.OTHER_VR);
    }
  }

  @Test
  void metaGroupWithoutPreambleIsRead() throws DicomDefectException {
    byte[] file = image().pixels(1, 2, 3, 4, 5, 6).file("1.2.840.10008.1.2.1");
    byte[] bare = java.util.Arrays.copyOfRange(file, 132, file.length);
    assertThat(reader.header(bare).transferSyntaxUid()).isEqualTo("1.2.840.10008.1.2.1");
    assertThat(reader.pixels(bare, reader.header(bare), 0).at(5)).isEqualTo(6);
  }
}
