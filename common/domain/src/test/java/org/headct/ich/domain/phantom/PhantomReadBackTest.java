package org.headct.ich.domain.phantom;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import org.headct.ich.domain.dicom.DicomDefect;
import org.headct.ich.domain.dicom.DicomDefectException;
import org.headct.ich.domain.dicom.DicomHeader;
import org.headct.ich.domain.dicom.DicomReader;
import org.headct.ich.domain.dicom.StoredPixels;
import org.headct.ich.domain.dicom.builtin.BuiltinDicomReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Comparison of the phantoms with the pipeline's own reader. */
class PhantomReadBackTest {
  private static final PhantomSettings SMALL =
      PhantomSettings.of(12, 21)
          .withSize(64)
          .withSlices(7)
          .withDefects(EnumSet.allOf(Defect.class));

  private final DicomReader reader = new BuiltinDicomReader();

  @Test
  void soundSlicesReadBackWhole() throws DicomDefectException {
    PhantomDump dump = new PhantomDump(SMALL);
    for (int p = 0; p < 12; p++) {
      PhantomSlice slice = dump.patient(p).slice(4);
      byte[] bytes = slice.bytes();
      DicomHeader read = reader.header(bytes);
      DicomHeader wrote = slice.header();
      assertThat(read).usingRecursiveComparison().isEqualTo(wrote);
      StoredPixels pixels = reader.pixels(bytes, read, 0);
      assertThat(pixels.values()).isEqualTo(slice.pixels().values());
    }
  }

  @ParameterizedTest
  @CsvSource({
    "NOT_DICOM, NOT_DICOM",
    "SHORT_PIXEL_DATA, SHORT_PIXEL_DATA",
    "TRUNCATED, TRUNCATED",
    "UNSUPPORTED_SYNTAX, UNSUPPORTED_SYNTAX"
  })
  void theReaderNamesTheDefect(Defect planted, DicomDefect found) {
    byte[] bytes = sites().get(planted).files().get(0).bytes();
    assertThatThrownBy(() -> reader.pixels(bytes, reader.header(bytes), 0))
        .isInstanceOfSatisfying(
            DicomDefectException.class, e -> assertThat(e.defect()).isEqualTo(found));
  }

  @Test
  void anMrImageIsNoCt() throws DicomDefectException {
    byte[] bytes = sites().get(Defect.NOT_CT).files().get(0).bytes();
    assertThat(reader.header(bytes).isCt()).isFalse();
  }

  private static Map<Defect, PhantomSlice> sites() {
    Map<Defect, PhantomSlice> sites = new EnumMap<>(Defect.class);
    PhantomDump dump = new PhantomDump(SMALL);
    for (int p = 0; p < SMALL.patients(); p++) {
      for (PhantomSlice slice : dump.patient(p).slices()) {
        Defect defect = slice.defect();
        if (defect != null) {
          sites.put(defect, slice);
        }
      }
    }
    return sites;
  }
}
