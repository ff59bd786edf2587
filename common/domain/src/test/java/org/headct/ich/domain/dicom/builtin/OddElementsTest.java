package org.headct.ich.domain.dicom.builtin;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import org.headct.ich.domain.dicom.Departure;
import org.headct.ich.domain.dicom.DicomDefectException;
import org.headct.ich.domain.dicom.DicomHeader;
import org.headct.ich.domain.dicom.DicomReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Elements that other readers, GDCM above all, read in spite of their heads or numbers. */
class OddElementsTest {
  private static final String EXPLICIT = "1.2.840.10008.1.2.1";
  private static final String IMPLICIT = "1.2.840.10008.1.2";
  private static final int[] VALUES = {0, 24, 1064, 1100, 4095, 7};

  private final DicomReader reader = new BuiltinDicomReader();

  private static RawObject image() {
    return RawObject.explicitLittle().image();
  }

  private static byte[] head(int tag, String vr, int length, ElementHead head) {
    ByteBuffer bytes = ByteBuffer.allocate(head.bytes()).order(ByteOrder.LITTLE_ENDIAN);
    bytes.putShort((short) (tag >>> 16)).putShort((short) tag).put(vr.getBytes(ISO_8859_1));
    if (head == ElementHead.SHORT) {
      bytes.putShort((short) length);
    } else {
      bytes.putShort((short) 0).putInt(length);
    }
    return bytes.array();
  }

  /** Reads the values, and checks that a start never contradicts the whole. */
  private DicomHeader readWell(byte[] object) throws DicomDefectException {
    DicomHeader header = reader.header(object);
    var pixels = reader.pixels(object, header, 0);
    for (int i = 0; i < VALUES.length; i++) {
      assertThat(pixels.at(i)).isEqualTo(VALUES[i]);
    }
    StartAgreement agreement = new StartAgreement(reader, object);
    for (int bytes = 0; bytes <= object.length; bytes++) {
      agreement.holdsFor(bytes);
    }
    return header;
  }

  static List<String> vrs() {
    return List.of("--", "  ", "\0\0", "??", "ow", "-\0", "XX", "\u0015W");
  }

  @ParameterizedTest
  @MethodSource("vrs")
  void lengthsOfUnknownRepresentationsFollowFromWhatIsBehind(String vr)
      throws DicomDefectException {
    byte[] spacing = "0.5\\0.5 ".getBytes(ISO_8859_1);
    for (ElementHead head : new ElementHead[] {ElementHead.SHORT, ElementHead.LONG}) {
      byte[] own = head(0x0029_1001, vr, 2, head);
      byte[] last = head(0x0029_1002, vr, 4, head);
      byte[] object =
          RawObject.explicitLittle()
              .image()
              .raw(own)
              .raw(new byte[] {'a', 'b'})
              .raw(last)
              .raw(new byte[] {'a', 'b', 'c', 'd'})
              .pixels(VALUES)
              .file(EXPLICIT);
      assertThat(readWell(object).departures()).containsOnlyKeys(Departure.UNKNOWN_VR);

      DicomHeader header =
          readWell(
              image()
                  .raw(head(0x0028_0030, vr, 8, head))
                  .raw(spacing)
                  .us(0x0028_1050, 1)
                  .pixels(VALUES)
                  .file(EXPLICIT));
      assertThat(header.pixelSpacingMm()).containsExactly(0.5, 0.5);

      ByteBuffer pixels = ByteBuffer.allocate(12).order(ByteOrder.LITTLE_ENDIAN);
      for (int value : VALUES) {
        pixels.putShort((short) value);
      }
      byte[] end = image().raw(head(Tag.PIXEL_DATA, vr, 12, head)).raw(pixels.array()).dataSet();
      assertThat(readWell(RawObject.file(EXPLICIT, end)).departures())
          .containsOnlyKeys(Departure.UNKNOWN_VR);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"UN", "OB", "OW"})
  void longRepresentationsWithAShortLengthAreRead(String vr) throws DicomDefectException {
    byte[] object =
        image()
            .raw(head(0x0029_1001, vr, 4, ElementHead.SHORT))
            .raw(new byte[] {1, 2, 3, 4})
            .pixels(VALUES)
            .file(EXPLICIT);
    assertThat(readWell(object).departures()).containsOnlyKeys(Departure.UNKNOWN_VR);
  }

  private static RawObject inItem(RawObject sequence, byte[] elements) {
    return sequence
        .head(Tag.ITEM, "", RawObject.UNDEFINED)
        .raw(elements)
        .head(Tag.ITEM_DELIMITER, "", 0)
        .head(Tag.SEQUENCE_DELIMITER, "", 0);
  }

  private static byte[] explicitElements() {
    return RawObject.explicitLittle()
        .text(0x0029_0011, "LO", "abcd")
        .text(0x0029_0012, "UI", "1.2.3.4.")
        .dataSet();
  }

  @Test
  void explicitItemsInAnUnknownElementAreRead() throws DicomDefectException {
    RawObject object = image().head(0x0029_1010, "UN", RawObject.UNDEFINED);
    byte[] file = inItem(object, explicitElements()).pixels(VALUES).file(EXPLICIT);
    assertThat(readWell(file).departures()).containsOnlyKeys(Departure.OTHER_VR);
  }

  @Test
  void explicitSequencesInAnUnknownElementAreRead() throws DicomDefectException {
    byte[] inner =
        inItem(
                RawObject.explicitLittle().head(0x0029_0020, "SQ", RawObject.UNDEFINED),
                explicitElements())
            .dataSet();
    RawObject object = image().head(0x0029_1010, "UN", RawObject.UNDEFINED);
    byte[] file = inItem(object, inner).pixels(VALUES).file(EXPLICIT);
    assertThat(readWell(file).departures()).containsOnlyKeys(Departure.OTHER_VR);
  }

  @Test
  void explicitItemsInAnImplicitDataSetAreRead() throws DicomDefectException {
    RawObject object =
        RawObject.implicitLittle().image().head(0x0029_1010, "SQ", RawObject.UNDEFINED);
    byte[] file = inItem(object, explicitElements()).pixels(VALUES).file(IMPLICIT);
    assertThat(readWell(file).departures()).containsOnlyKeys(Departure.OTHER_VR);
  }

  @Test
  void bigEndianItemsInAnUnknownElementAreRead() throws DicomDefectException {
    byte[] inner = RawObject.explicitBig().text(0x0029_0011, "LO", "abcd").dataSet();
    RawObject object = RawObject.explicitBig().image().head(0x0029_1010, "UN", RawObject.UNDEFINED);
    byte[] file = inItem(object, inner).pixels(VALUES).file("1.2.840.10008.1.2.2");
    assertThat(readWell(file).departures()).containsOnlyKeys(Departure.OTHER_VR);
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "", " ", "\0\0", "-1", "1A", "1.5", "one", "99999999999"})
  void aNumberOfFramesThatIsNoneCountsAsOne(String frames) throws DicomDefectException {
    DicomHeader header =
        readWell(image().text(Tag.NUMBER_OF_FRAMES, "IS", frames).pixels(VALUES).file(EXPLICIT));
    assertThat(header.frames()).isEqualTo(1);
    assertThat(header.departures()).containsOnlyKeys(Departure.FRAME_COUNT);
  }

  @Test
  void decimalCommasAreReadAsPoints() throws DicomDefectException {
    DicomHeader header =
        readWell(
            image()
                .text(Tag.SLICE_THICKNESS, "DS", "1,250")
                .text(Tag.IMAGE_POSITION, "DS", "-125,5\\ 0,25\\12")
                .text(Tag.PIXEL_SPACING, "DS", "0,488\\0,488")
                .text(Tag.WINDOW_CENTER, "DS", "40,0")
                .text(Tag.RESCALE_INTERCEPT, "DS", "-1024,0")
                .text(Tag.RESCALE_SLOPE, "DS", "1,0")
                .pixels(VALUES)
                .file(EXPLICIT));
    assertThat(header.pixelSpacingMm()).containsExactly(0.488, 0.488);
    assertThat(header.imagePositionMm()).containsExactly(-125.5, 0.25, 12);
    assertThat(header.sliceThicknessMm()).isEqualTo(1.25);
    assertThat(header.windowCenters()).containsExactly(40.0);
    assertThat(header.rescaleIntercept()).isEqualTo(-1024);
    assertThat(header.rescaleSlope()).isEqualTo(1);
    assertThat(header.departures()).containsOnlyKeys(Departure.DECIMAL_COMMA);
    assertThat(header.departures().get(Departure.DECIMAL_COMMA).split(", "))
        .containsExactly(
            "SliceThickness",
            "ImagePositionPatient",
            "PixelSpacing",
            "WindowCenter",
            "RescaleIntercept",
            "RescaleSlope");
  }

  @ParameterizedTest
  @CsvSource({
    "0028_0030, '0.5,0.5', PixelSpacing",
    "0028_0030, '0\\0', PixelSpacing",
    "0028_0030, '-0.5\\0.5', PixelSpacing",
    "0028_0030, 'NaN\\NaN', PixelSpacing",
    "0028_0030, '0.5', PixelSpacing",
    "0028_0030, '1,5,0\\2', PixelSpacing",
    "0028_0034, '0\\1', PixelAspectRatio",
    "0020_0013, 'x1', InstanceNumber",
    "0020_0032, '1\\2', ImagePositionPatient",
    "0018_0050, '5 mm', SliceThickness",
    "0028_1051, 'wide', WindowWidth",
  })
  void numbersThatCannotBeUsedAreNamed(String tag, String value, String name)
      throws DicomDefectException {
    int number = Integer.parseUnsignedInt(tag.replace("_", ""), 16);
    DicomHeader header = readWell(image().text(number, "DS", value).pixels(VALUES).file(EXPLICIT));
    assertThat(header.departures())
        .containsExactly(java.util.Map.entry(Departure.UNUSABLE_NUMBER, name));
  }

  @Test
  void blankNumbersAreAbsent() throws DicomDefectException {
    RawObject object = image();
    for (int tag :
        new ArrayList<>(List.of(Tag.PIXEL_SPACING, Tag.RESCALE_SLOPE, Tag.WINDOW_WIDTH))) {
      object.text(tag, "DS", "  ");
    }
    assertThat(readWell(object.pixels(VALUES).file(EXPLICIT)).departures()).isEmpty();
  }
}
