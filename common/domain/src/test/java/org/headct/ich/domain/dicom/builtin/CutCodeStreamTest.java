package org.headct.ich.domain.dicom.builtin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.Arrays;
import org.headct.ich.domain.dicom.DicomDefect;
import org.headct.ich.domain.dicom.DicomDefectException;
import org.headct.ich.domain.dicom.DicomHeader;
import org.headct.ich.domain.dicom.DicomLimits;
import org.headct.ich.domain.dicom.DicomReader;
import org.headct.ich.domain.dicom.codec.Span;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Code streams cut inside a complete fragment, which must give a defect and never made-up pixels.
 */
class CutCodeStreamTest {
  private final DicomReader reader = new BuiltinDicomReader();

  @ParameterizedTest
  @CsvSource({
    "j2k-90-16u.dcm, 2, 0",
    "j2k-90-16u.dcm, 2, 2",
    "jpeg-70-16u.dcm, 2, 0",
    "jpeg-70-16u.dcm, 2, 2",
    "jpeg-57-predictor-7-12u.dcm, 2, 2",
    "rle-16u.dcm, 1, 0"
  })
  void isADefectAtEveryLength(String member, int end, int keptEnd) throws DicomDefectException {
    byte[] object = Golden.bytes("synthetic/" + member);
    DicomLimits limits = DicomLimits.defaults();
    PixelElement pixels =
        PixelElement.locate(Part10.open(object, object.length, limits), object.length, limits);
    Span frame = Fragments.of(pixels, limits).frame(0, 1);
    byte[] stream = Arrays.copyOfRange(frame.bytes(), frame.offset(), frame.end());
    int length = stream.length;
    while (stream[length - 1] == 0 && end == 2) {
      length--; // padding to an even length
    }
    DicomHeader header = reader.header(object);
    int last = length - end - 8; // the last bytes may hold bits that no pixel needs
    for (int cut = 0; cut < last; cut += 7) {
      byte[] kept = Arrays.copyOf(stream, cut + keptEnd);
      System.arraycopy(stream, length - keptEnd, kept, cut, keptEnd);
      byte[] damaged =
          RawObject.explicitLittle()
              .raw(Arrays.copyOf(object, pixels.offset()))
              .bytes(Tag.ITEM, "")
              .bytes(Tag.ITEM, "", kept)
              .head(Tag.SEQUENCE_DELIMITER, "", 0)
              .dataSet();
      DicomDefectException thrown =
          catchThrowableOfType(DicomDefectException.class, () -> reader.pixels(damaged, header, 0));
      assertThat(thrown).as("cut at %d of %d", cut, length).isNotNull();
      assertThat(thrown.defect()).isEqualTo(DicomDefect.CODEC_ERROR);
    }
  }
}
