package org.headct.ich.domain.dicom.builtin;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.Arrays;
import java.util.HexFormat;
import org.headct.ich.domain.dicom.DicomDefect;
import org.headct.ich.domain.dicom.DicomDefectException;
import org.headct.ich.domain.dicom.DicomHeader;
import org.headct.ich.domain.dicom.DicomLimits;
import org.headct.ich.domain.dicom.DicomReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Objects whose cost is out of proportion to their size, or that pretend to be another format. */
@Timeout(60)
class HostileCostTest {
  private static final String EXPLICIT = "1.2.840.10008.1.2.1";
  private static final String JPEG = "1.2.840.10008.1.2.4.70";
  private static final String JPEG_2000 = "1.2.840.10008.1.2.4.90";

  private final DicomReader reader = new BuiltinDicomReader();

  private DicomDefect defect(byte[] object) {
    return catchThrowableOfType(
            DicomDefectException.class,
            () -> {
              DicomHeader header = reader.header(object);
              DicomReader.Frames frames = reader.frames(object, header);
              for (int frame = 0; frame < header.frames(); frame++) {
                frames.frame(frame);
              }
            })
        .defect();
  }

  @Test
  void aDeflateBombIsALimitInAnyHeap() {
    byte[] object =
        RawObject.explicitLittle()
            .image()
            .head(Tag.PIXEL_DATA, "OB", 30 << 20)
            .raw(new byte[30 << 20])
            .deflatedFile();
    DicomLimits limits = DicomLimits.defaults();
    assertThat((long) limits.maxInflatedBytes())
        .isLessThanOrEqualTo(Runtime.getRuntime().maxMemory() / 8);
    DicomReader small = new BuiltinDicomReader(new DicomLimits(64, 16 << 20, 1 << 24, 10));
    assertThat(
            catchThrowableOfType(DicomDefectException.class, () -> small.header(object)).defect())
        .isEqualTo(DicomDefect.LIMIT_EXCEEDED);
  }

  /** Opening per frame would inflate 16 MiB 65,536 times. */
  @Test
  void manyFramesOfADeflatedObjectAreInflatedOnce() {
    byte[] object =
        RawObject.explicitLittle()
            .image(1, 1)
            .text(Tag.NUMBER_OF_FRAMES, "IS", "65536")
            .head(0x0029_1010, "OB", 16 << 20)
            .raw(new byte[16 << 20])
            .head(Tag.PIXEL_DATA, "OW", 2 << 16)
            .raw(new byte[2 << 16])
            .deflatedFile();
    assertThat(object.length).isLessThan(20_000);
    FuzzLimits.pixelsOrADefect(object);
  }

  /** Opening per frame would walk over 65,537 fragments 65,536 times. */
  @Test
  void manyFragmentsAreWalkedOnce() {
    byte[] rle = new byte[66];
    rle[0] = 1;
    rle[4] = 64;
    RawObject object =
        RawObject.explicitLittle()
            .image(1, 1)
            .us(0x0028_0100, 8)
            .us(0x0028_0101, 8)
            .us(0x0028_0102, 7)
            .text(Tag.NUMBER_OF_FRAMES, "IS", "65536")
            .head(Tag.PIXEL_DATA, "OB", RawObject.UNDEFINED)
            .bytes(Tag.ITEM, "");
    for (int i = 0; i < 65_536; i++) {
      object.bytes(Tag.ITEM, "", rle);
    }
    FuzzLimits.pixelsOrADefect(
        object.head(Tag.SEQUENCE_DELIMITER, "", 0).file("1.2.840.10008.1.2.5"));
  }

  @Test
  void blankFramesOfSixteenMillionPixelsEachAreALimit() {
    byte[] stream = FuzzLimits.streams("j2k-90-16u").findFirst().orElseThrow();
    RawObject object =
        RawObject.explicitLittle()
            .image(4096, 4096)
            .text(Tag.NUMBER_OF_FRAMES, "IS", "1000")
            .head(Tag.PIXEL_DATA, "OB", RawObject.UNDEFINED)
            .bytes(Tag.ITEM, "");
    for (int i = 0; i < 1000; i++) {
      object.bytes(Tag.ITEM, "", stream);
    }
    assertThat(defect(object.head(Tag.SEQUENCE_DELIMITER, "", 0).file(JPEG_2000)))
        .isEqualTo(DicomDefect.LIMIT_EXCEEDED);
  }

  @ParameterizedTest
  @ValueSource(strings = {"FF", "FFC4", "FFD8", "FFC300", "00"})
  void aJpegThatOnlyGoesOnIsACodecError(String again) {
    byte[] unit = HexFormat.of().parseHex(again);
    byte[] stream = new byte[8 << 20];
    for (int i = 2; i < stream.length; i++) {
      stream[i] = unit[(i - 2) % unit.length];
    }
    stream[0] = (byte) 0xFF;
    stream[1] = (byte) 0xD8;
    assertThat(defect(encapsulated(JPEG, new byte[0], stream))).isEqualTo(DicomDefect.CODEC_ERROR);
  }

  /**
   * Covers offsets that go back, overlap or lie outside. No frame may use bytes of another frame.
   */
  @ParameterizedTest
  @ValueSource(strings = {"0000000000000000", "0E00000000000000", "00000000FFFFFFFF"})
  void anOffsetTableInCirclesIsABadHeader(String table) {
    byte[] fragment = {1, 2, 3, 4, 5, 6};
    byte[] object =
        encapsulated(JPEG, HexFormat.of().parseHex(table), fragment, fragment, fragment);
    assertThat(defect(object)).isEqualTo(DicomDefect.BAD_HEADER);
  }

  private static byte[] encapsulated(String syntax, byte[] table, byte[]... fragments) {
    RawObject object =
        RawObject.explicitLittle()
            .image()
            .text(Tag.NUMBER_OF_FRAMES, "IS", fragments.length == 1 ? "1" : "2")
            .head(Tag.PIXEL_DATA, "OB", RawObject.UNDEFINED)
            .bytes(Tag.ITEM, "", table);
    Arrays.stream(fragments).forEach(fragment -> object.bytes(Tag.ITEM, "", fragment));
    return object.head(Tag.SEQUENCE_DELIMITER, "", 0).file(syntax);
  }

  /**
   * Covers preambles that make the file a program, an archive or another image. The reader ignores
   * them.
   */
  @ParameterizedTest
  @ValueSource(strings = {"MZ", "PK\3\4", "II*\0", "%PDF-1.7", "#!/bin/sh\n", "\b\0\5\0CS\4\0"})
  void aPolyglotPreambleChangesNothing(String magic) throws DicomDefectException {
    byte[] object = RawObject.explicitLittle().image().pixels(1, 2, 3, 4, 5, 6).file(EXPLICIT);
    byte[] start = magic.getBytes(ISO_8859_1);
    System.arraycopy(start, 0, object, 0, start.length);

    assertThat(reader.pixels(object, reader.header(object), 0).values())
        .containsExactly(1, 2, 3, 4, 5, 6);
  }

  @Test
  void aMetaGroupOfAMillionElementsIsReadOnce() {
    RawObject meta = RawObject.explicitLittle();
    for (int i = 0; i < 1_000_000; i++) {
      meta.text(0x0002_0016, "AE", "X ");
    }
    byte[] object = RawObject.file(EXPLICIT, meta.dataSet());
    assertThat(defect(object)).isEqualTo(DicomDefect.NO_PIXELS);
  }
}
