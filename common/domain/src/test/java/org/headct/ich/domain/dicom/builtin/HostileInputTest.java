package org.headct.ich.domain.dicom.builtin;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.headct.ich.domain.dicom.DicomDefect;
import org.headct.ich.domain.dicom.DicomDefectException;
import org.headct.ich.domain.dicom.DicomLimits;
import org.headct.ich.domain.dicom.DicomReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Objects that are made to break a reader. Each must end in its defect, quickly and with little
 * memory.
 */
class HostileInputTest {
  private static final String EXPLICIT = "1.2.840.10008.1.2.1";
  private static final String RLE = "1.2.840.10008.1.2.5";

  private final DicomReader reader = reader(DicomLimits.defaults());

  /** Returns the reader under test. Tests of other readers override it. */
  DicomReader reader(DicomLimits limits) {
    return new BuiltinDicomReader(limits);
  }

  /**
   * Returns the expected defect of the reader under test, if the built-in reader gives {@code
   * usual}.
   */
  DicomDefect counted(String situation, DicomDefect usual) {
    return usual;
  }

  private DicomDefect defect(byte[] object) {
    return defect(reader, object);
  }

  private static DicomDefect defect(DicomReader reader, byte[] object) {
    return catchThrowableOfType(
            DicomDefectException.class, () -> reader.pixels(object, reader.header(object), 0))
        .defect();
  }

  private static RawObject image() {
    return RawObject.explicitLittle().image();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 7, 8, 127, 131, 132, 1000})
  void zerosAreNoDicom(int length) {
    assertThat(defect(new byte[length])).isEqualTo(DicomDefect.NOT_DICOM);
  }

  @Test
  void aPrefixAloneHasNoPixels() {
    byte[] object = RawObject.explicitLittle().file(EXPLICIT);
    assertThat(defect(object))
        .isEqualTo(counted("nothing behind the meta group", DicomDefect.NO_PIXELS));
    assertThat(defect(Arrays.copyOf(object, 135)))
        .isEqualTo(counted("three bytes behind the prefix", DicomDefect.TRUNCATED));
  }

  @ParameterizedTest
  @ValueSource(strings = {"1.2.840.10008.1.2.\u00B1", EXPLICIT + "\b"})
  void aDamagedTransferSyntaxIsGivenAsItStandsAndUnsupported(String uid)
      throws DicomDefectException {
    byte[] object = image().pixels(1, 2, 3, 4, 5, 6).file(uid);
    assertThat(reader.header(object).transferSyntaxUid()).isEqualTo(uid);
    assertThat(defect(object)).isEqualTo(DicomDefect.UNSUPPORTED_SYNTAX);
  }

  @Test
  void aMetaGroupLongerThanItSaysIsNotReadInAnotherTransferSyntax() {
    byte[] object =
        RawObject.explicitLittle()
            .raw(new byte[128])
            .raw("DICM".getBytes(US_ASCII))
            .bytes(0x0002_0000, "UL", (byte) 0, (byte) 0, (byte) 0, (byte) 0)
            .text(0x0002_0010, "UI", "1.2.840.10008.1.2.4.50")
            .image()
            .pixels(1, 2, 3, 4, 5, 6)
            .dataSet();
    assertThat(defect(object))
        .isEqualTo(counted("a meta group of no length", DicomDefect.UNSUPPORTED_SYNTAX));
  }

  @Test
  void aLengthOfFourGigabytesIsTruncation() {
    byte[] object = image().head(0x0029_0010, "OB", 0xFFFF_FFFEL).file(EXPLICIT);
    assertThat(defect(object)).isEqualTo(DicomDefect.TRUNCATED);
  }

  /** If the VR's bytes were read as the length, each value would be that of two cells before. */
  @Test
  void pixelsOfADamagedRepresentationAreReadAtTheirPlaceOrNotAtAll() {
    byte[] whole = image().pixels(1, 2, 3, 4, 5, 6).file(EXPLICIT);
    byte[] damaged = Arrays.copyOf(whole, whole.length + 8);
    damaged[whole.length - 12 - 8] = 0x15;
    try {
      assertThat(reader.pixels(damaged, reader.header(damaged), 0).values())
          .containsExactly(1, 2, 3, 4, 5, 6);
    } catch (DicomDefectException e) {
      assertThat(e.defect()).isEqualTo(DicomDefect.BAD_HEADER);
    }
  }

  @Test
  void pixelsOfFourGigabytesAreShort() {
    byte[] object =
        image().head(Tag.PIXEL_DATA, "OW", 0xFFFF_FFFEL).raw(new byte[4]).file(EXPLICIT);
    assertThat(defect(object)).isEqualTo(DicomDefect.SHORT_PIXEL_DATA);
  }

  @Test
  void aFileThatEndsInsidePixelsIsShortAndStillTellsItsHeader() throws DicomDefectException {
    byte[] whole = image().pixels(1, 2, 3, 4, 5, 6).file(EXPLICIT);
    byte[] cut = Arrays.copyOf(whole, whole.length - 1);

    assertThat(reader.pixels(whole, reader.header(whole), 0).values())
        .containsExactly(1, 2, 3, 4, 5, 6);
    assertThat(reader.header(cut).rows()).isEqualTo(2);
    assertThat(defect(cut)).isEqualTo(DicomDefect.SHORT_PIXEL_DATA);
  }

  @Test
  void fewerPixelsThanTheHeaderAsksForAreShortThoughMoreBytesFollow() {
    byte[] object =
        image().pixels(1, 2, 3, 4, 5).us(0xFFFC_FFFC, 0).us(0xFFFC_FFFC, 0).file(EXPLICIT);
    assertThat(defect(object)).isEqualTo(DicomDefect.SHORT_PIXEL_DATA);
  }

  @Test
  void aFileThatEndsInTheHeadOfPixelDataIsTruncated() {
    byte[] object = image().head(Tag.PIXEL_DATA, "OW", 12).file(EXPLICIT);
    assertThat(defect(Arrays.copyOf(object, object.length - 5))).isEqualTo(DicomDefect.TRUNCATED);
  }

  @ParameterizedTest
  @ValueSource(strings = {"SQ", "UN"})
  void nestingOfTenThousandIsALimit(String vr) {
    RawObject object = RawObject.implicitLittle();
    if (vr.equals("SQ")) {
      object = RawObject.explicitLittle();
    }
    object.image();
    for (int i = 0; i < 10_000; i++) {
      object.head(0x0040_A730, vr, RawObject.UNDEFINED).head(Tag.ITEM, "", RawObject.UNDEFINED);
    }
    assertThat(defect(object.dataSet())).isEqualTo(DicomDefect.LIMIT_EXCEEDED);
  }

  @Test
  void nestingWithinTheLimitIsSteppedOver() throws DicomDefectException {
    RawObject object = image();
    for (int i = 0; i < 64; i++) {
      object.head(0x0029_1010, "SQ", RawObject.UNDEFINED).head(Tag.ITEM, "", RawObject.UNDEFINED);
    }
    for (int i = 0; i < 64; i++) {
      object.head(Tag.ITEM_DELIMITER, "", 0).head(Tag.SEQUENCE_DELIMITER, "", 0);
    }
    byte[] file = object.pixels(1, 2, 3, 4, 5, 6).file(EXPLICIT);
    assertThat(reader.pixels(file, reader.header(file), 0).at(5)).isEqualTo(6);
  }

  @Test
  void anUnknownElementOfUndefinedLengthHoldsImplicitElements() throws DicomDefectException {
    byte[] inner =
        RawObject.implicitLittle()
            .head(Tag.ITEM, "", RawObject.UNDEFINED)
            .us(0x0028_0010, 999)
            .head(Tag.ITEM_DELIMITER, "", 0)
            .head(Tag.SEQUENCE_DELIMITER, "", 0)
            .dataSet();
    byte[] file =
        image()
            .head(0x0029_1010, "UN", RawObject.UNDEFINED)
            .raw(inner)
            .pixels(1, 2, 3, 4, 5, 6)
            .file(EXPLICIT);
    assertThat(reader.header(file).rows()).isEqualTo(2);
    assertThat(reader.pixels(file, reader.header(file), 0).at(0)).isEqualTo(1);
  }

  @Test
  void aSequenceThatNeverEndsIsTruncated() {
    byte[] object =
        image().head(0x0029_1010, "SQ", RawObject.UNDEFINED).head(Tag.ITEM, "", 0).file(EXPLICIT);
    assertThat(defect(object)).isEqualTo(DicomDefect.TRUNCATED);
  }

  @Test
  void noItemInASequenceIsADefect() {
    byte[] object =
        image().head(0x0029_1010, "SQ", RawObject.UNDEFINED).us(0x0028_0010, 1).file(EXPLICIT);
    assertThat(defect(object)).isEqualTo(counted("no item in a sequence", DicomDefect.BAD_HEADER));
  }

  @Test
  void zerosBeforeALastByteAreReadOnceNotOnceAnElement() {
    byte[] zeros = new byte[64 << 20];
    zeros[zeros.length - 1] = 1;
    byte[] object = RawObject.file("1.2.840.10008.1.2", zeros);
    assertThat(defect(object)).isEqualTo(DicomDefect.TRUNCATED);
  }

  @Test
  void aDeflateBombIsALimit() {
    byte[] object =
        image().head(Tag.PIXEL_DATA, "OW", 4 << 20).raw(new byte[4 << 20]).deflatedFile();
    assertThat(object.length).isLessThan(10_000);
    DicomReader small = reader(new DicomLimits(64, 1 << 20, 1 << 24, 10));

    assertThat(defect(small, object)).isEqualTo(DicomDefect.LIMIT_EXCEEDED);
  }

  @Test
  void aDeflatedDataSetThatBreaksOffIsShort() throws DicomDefectException {
    byte[] object = image().pixels(11, 222, 3333, 44444, 55, 66).deflatedFile();
    assertThat(reader.pixels(object, reader.header(object), 0).at(2)).isEqualTo(3333);
    assertThat(defect(Arrays.copyOf(object, object.length - 6)))
        .isEqualTo(DicomDefect.SHORT_PIXEL_DATA);
  }

  @ParameterizedTest
  @CsvSource({
    "0028_0010, 0, BAD_HEADER",
    "0028_0011, 0, BAD_HEADER",
    "0028_0100, 0, BAD_HEADER",
    "0028_0100, 32, UNSUPPORTED_PIXELS",
    "0028_0101, 0, BAD_HEADER",
    "0028_0101, 17, BAD_HEADER",
    "0028_0103, 2, BAD_HEADER",
    "0028_0002, 0, BAD_HEADER",
    "0028_0002, 3, UNSUPPORTED_PIXELS"
  })
  void nonsenseInTheImageDescription(String tag, int value, DicomDefect expected) {
    int number = Integer.parseUnsignedInt(tag.replace("_", ""), 16);
    byte[] object = image().us(number, value).pixels(1, 2, 3, 4, 5, 6).file(EXPLICIT);
    assertThat(defect(object)).isEqualTo(expected);
  }

  @Test
  void packedTwelveBitsAreNotRead() {
    byte[] object =
        image()
            .us(0x0028_0100, 12)
            .us(0x0028_0101, 12)
            .us(0x0028_0102, 11)
            .pixels(1, 2, 3, 4, 5)
            .file(EXPLICIT);
    assertThat(defect(object)).isEqualTo(DicomDefect.UNSUPPORTED_PIXELS);
  }

  @ParameterizedTest
  @CsvSource({
    "0028_1053, 0",
    "0028_1053, -0.0",
    "0028_1053, NaN",
    "0028_1053, 1e999",
    "0028_1053, one",
    "0028_1052, Infinity",
    "0028_1052, 0x10",
    "0028_1052, '-1,024'",
    "0028_1052, '-1,024,0'",
    "0028_1053, '1,0 0'"
  })
  void numbersThatWouldChangeTheImageAreNeverGuessed(String tag, String value) {
    int number = Integer.parseUnsignedInt(tag.replace("_", ""), 16);
    byte[] object = image().text(number, "DS", value).pixels(1, 2, 3, 4, 5, 6).file(EXPLICIT);
    assertThat(defect(object)).isEqualTo(DicomDefect.BAD_HEADER);
  }

  @Test
  void rowsTimesColumnsBeyondTheLimitAllocateNothing() {
    byte[] object =
        image().us(0x0028_0010, 65_535).us(0x0028_0011, 65_535).pixels(1).file(EXPLICIT);
    assertThat(defect(object)).isEqualTo(DicomDefect.LIMIT_EXCEEDED);
  }

  @Test
  void frameCountsThatOverflowAreLimitedOrShort() {
    assertThat(
            defect(image().text(Tag.NUMBER_OF_FRAMES, "IS", "2147483647").pixels(1).file(EXPLICIT)))
        .isEqualTo(DicomDefect.LIMIT_EXCEEDED);
    assertThat(
            defect(
                image()
                    .us(0x0028_0010, 4096)
                    .us(0x0028_0011, 4096)
                    .text(Tag.NUMBER_OF_FRAMES, "IS", "65536")
                    .pixels(1)
                    .file(EXPLICIT)))
        .isEqualTo(DicomDefect.SHORT_PIXEL_DATA);
  }

  @Test
  void textOfMegabytesIsALimit() {
    byte[] object =
        image()
            .head(Tag.WINDOW_CENTER, "UT", 1 << 20)
            .raw("1\\".repeat(1 << 19).getBytes(java.nio.charset.StandardCharsets.US_ASCII))
            .file(EXPLICIT);
    assertThat(defect(object)).isEqualTo(DicomDefect.LIMIT_EXCEEDED);
  }

  @Test
  void anRleBombFillsNoMoreThanTheFrame() throws DicomDefectException {
    byte[] runs = new byte[1 << 20];
    for (int i = 0; i < runs.length; i += 2) {
      runs[i] = -127; // 128 times the byte that follows
      runs[i + 1] = 7;
    }
    byte[] object = rle(2, 64, 64 + runs.length / 2, runs);
    assertThat(reader.pixels(object, reader.header(object), 0).values())
        .containsOnly(0x0707)
        .hasSize(6);
  }

  @ParameterizedTest
  @CsvSource({
    "0, 64, 70",
    "3, 64, 70",
    "2, 63, 70",
    "2, 64, 4096",
    "2, 70, 64",
    "2, -1, 70",
    "2, 64, -1"
  })
  void rleHeadsThatPointAstrayAreCodecErrors(int segments, int first, int second) {
    byte[] segment = {5, 0, 0, 0, 0, 0, 5, 1, 2, 3, 4, 5, 6, 0};
    assertThat(defect(rle(segments, first, second, segment))).isEqualTo(DicomDefect.CODEC_ERROR);
  }

  @Test
  void rleSegmentsThatEndEarlyAreCodecErrors() {
    assertThat(defect(rle(2, 64, 66, new byte[] {-3, 0, -3, 0})))
        .isEqualTo(DicomDefect.CODEC_ERROR);
    assertThat(defect(rle(2, 64, 66, new byte[] {5, 0, 5, 0}))).isEqualTo(DicomDefect.CODEC_ERROR);
    assertThat(defect(rle(2, 64, 66, new byte[] {-128, -128, -128, -128})))
        .isEqualTo(DicomDefect.CODEC_ERROR);
  }

  private static byte[] rle(int segments, int first, int second, byte[] data) {
    byte[] head =
        ByteBuffer.allocate(64)
            .order(ByteOrder.LITTLE_ENDIAN)
            .putInt(segments)
            .putInt(first)
            .putInt(second)
            .array();
    ByteArrayOutputStream frame = new ByteArrayOutputStream();
    frame.writeBytes(head);
    frame.writeBytes(data);
    return image()
        .head(Tag.PIXEL_DATA, "OB", RawObject.UNDEFINED)
        .bytes(Tag.ITEM, "")
        .bytes(Tag.ITEM, "", frame.toByteArray())
        .head(Tag.SEQUENCE_DELIMITER, "", 0)
        .file(RLE);
  }

  @Test
  void encapsulationMustFitTheSyntax() {
    byte[] bare = image().pixels(1, 2, 3, 4, 5, 6).file(RLE);
    assertThat(defect(bare)).isEqualTo(DicomDefect.BAD_HEADER);
    byte[] wrapped =
        image().head(Tag.PIXEL_DATA, "OB", RawObject.UNDEFINED).bytes(Tag.ITEM, "").file(EXPLICIT);
    assertThat(defect(wrapped)).isEqualTo(DicomDefect.BAD_HEADER);
  }

  @Test
  void fragmentsThatEndEarlyAreShort() {
    byte[] object =
        image()
            .head(Tag.PIXEL_DATA, "OB", RawObject.UNDEFINED)
            .bytes(Tag.ITEM, "")
            .head(Tag.ITEM, "", 1000)
            .raw(new byte[10])
            .file(RLE);
    assertThat(defect(object)).isEqualTo(DicomDefect.SHORT_PIXEL_DATA);
  }

  @Test
  void anOverlongTransferSyntaxIsNotQuoted() {
    byte[] object = image().pixels(1, 2, 3, 4, 5, 6).file("Doe^Jane");
    DicomDefectException thrown =
        catchThrowableOfType(
            DicomDefectException.class, () -> reader.pixels(object, reader.header(object), 0));
    assertThat(thrown.defect()).isEqualTo(DicomDefect.UNSUPPORTED_SYNTAX);
    assertThat(thrown.getMessage()).doesNotContain("Doe");
  }
}
