package org.headct.ich.domain.dicom.builtin;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.headct.ich.domain.dicom.Departure;
import org.headct.ich.domain.dicom.DicomDefect;
import org.headct.ich.domain.dicom.DicomDefectException;
import org.headct.ich.domain.dicom.DicomReader;
import org.headct.ich.domain.dicom.DicomStart;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Tests of the header of an object of which only the first bytes are available. */
class StartTest {
  private static final String EXPLICIT = "1.2.840.10008.1.2.1";
  private static final String RLE = "1.2.840.10008.1.2.5";

  private final DicomReader reader = reader();

  /** Returns the reader under test. Tests of other readers override it. */
  DicomReader reader() {
    return new BuiltinDicomReader();
  }

  static Stream<byte[]> objects() {
    return FuzzLimits.objects();
  }

  @ParameterizedTest
  @MethodSource("objects")
  void everyCutIsJudgedAsTheWholeOrAsTooShort(byte[] object) {
    StartAgreement agreement = new StartAgreement(reader, object);
    for (int bytes = 0; bytes < Math.min(object.length, 1500); bytes++) {
      agreement.holdsFor(bytes);
    }
    assertThat(agreement.holdsFor(object.length)).isTrue();
  }

  @ParameterizedTest
  @MethodSource("objects")
  void damagedObjectsAreJudgedAlike(byte[] object) {
    SplittableRandom random = new SplittableRandom(41);
    for (int i = 0; i < 60; i++) {
      byte[] damaged = object.clone();
      for (int n = 0; n <= i % 3; n++) {
        damaged[128 + random.nextInt(damaged.length - 128)] = (byte) random.nextInt(256);
      }
      StartAgreement agreement = new StartAgreement(reader, damaged);
      for (int part = 1; part <= 8; part++) {
        agreement.holdsFor(damaged.length * part / 8);
      }
    }
  }

  @Test
  void shortPixelsShowWithoutThem() throws DicomDefectException {
    byte[] whole = RawObject.explicitLittle().image().pixels(1, 2, 3, 4, 5, 6).file(EXPLICIT);
    byte[] start = Arrays.copyOf(whole, whole.length - 12);

    assertThat(unreadable(start, whole.length)).isNull();
    assertThat(unreadable(start, whole.length - 1)).isEqualTo(DicomDefect.SHORT_PIXEL_DATA);
    byte[] declared = RawObject.explicitLittle().image().pixels(1, 2, 3).file(EXPLICIT);
    assertThat(unreadable(Arrays.copyOf(declared, declared.length - 6), declared.length))
        .isEqualTo(DicomDefect.SHORT_PIXEL_DATA);
  }

  /** Otherwise a kilobyte would become sixty thousand rows. */
  @Test
  void framesThatTheBytesCanNotHoldAreShort() throws DicomDefectException {
    byte[] object =
        RawObject.explicitLittle()
            .image(1, 1)
            .text(Tag.NUMBER_OF_FRAMES, "IS", "60000")
            .head(Tag.PIXEL_DATA, "OB", RawObject.UNDEFINED)
            .raw(new byte[2000])
            .file(RLE);

    assertThat(unreadable(object, object.length)).isEqualTo(DicomDefect.SHORT_PIXEL_DATA);
  }

  private @Nullable DicomDefect unreadable(byte[] start, long objectBytes)
      throws DicomDefectException {
    DicomDefectException unreadable = reader.start(start, objectBytes).orElseThrow().unreadable();
    return unreadable == null ? null : unreadable.defect();
  }

  /** Zeros after an element may be the end of the object, or not. */
  @Test
  void zerosAtTheCutAreNotTakenForTheEnd() throws DicomDefectException {
    byte[] whole =
        RawObject.explicitBig().image().pixels(1, 2, 3, 4, 5, 6).file("1.2.840.10008.1.2.2");
    StartAgreement agreement = new StartAgreement(reader, whole);
    int enough = 0;
    for (int bytes = 0; bytes <= whole.length; bytes++) {
      enough += agreement.holdsFor(bytes) ? 1 : 0;
    }
    assertThat(enough).isGreaterThanOrEqualTo(13);
  }

  @Test
  void departuresAreTold() throws DicomDefectException {
    RawObject image = RawObject.explicitLittle().image().pixels(1, 2, 3, 4, 5, 6);
    assertThat(reader.header(image.file(EXPLICIT)).departures()).isEmpty();
    assertThat(reader.header(image.dataSet()).departures())
        .containsOnlyKeys(Departure.NO_TRANSFER_SYNTAX);
  }

  @Test
  void deflatedObjectsAreJudgedWhole() throws DicomDefectException {
    byte[] object = RawObject.explicitLittle().image().pixels(1, 2, 3, 4, 5, 6).deflatedFile();
    Optional<DicomStart> cut =
        reader.start(Arrays.copyOf(object, object.length - 1), object.length);

    assertThat(cut).isEmpty();
    assertThat(unreadable(object, object.length)).isNull();
  }
}
