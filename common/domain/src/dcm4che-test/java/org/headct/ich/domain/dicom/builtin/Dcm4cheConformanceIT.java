package org.headct.ich.domain.dicom.builtin;

import org.headct.ich.domain.dicom.DicomReader;

import java.util.Set;
import org.headct.ich.domain.dicom.dcm4che.Dcm4cheReader;

/** Test of dcm4che on the conformance objects. */
class Dcm4cheConformanceIT extends ConformanceIT {

  /**
   * The differences between dcm4che and the built-in reader: every JPEG 2000, and two damaged
   * headers.
   */
  private static final String DIFFERENCES =
      """
      UNSUPPORTED_SYNTAX  693_J2KI pydicom-data/693_J2KR J2K_pixelrep_mismatch JPEG2000
      UNSUPPORTED_SYNTAX  JPEG2000-embedded-sequence-delimiter MR_small_jp2klossless examples_jpeg2k
      UNSUPPORTED_SYNTAX  GDCMJ2K_TextGBR SC_rgb_gdcm_KY SC_rgb_jpeg_gdcm
      TRUNCATED           SC_rgb_jpeg meta_missing_tsyntax
      """;

  @Override
  DicomReader reader() {
    return new Dcm4cheReader();
  }

  @Override
  String defectTable() {
    return super.defectTable() + DIFFERENCES;
  }

  @Override
  Set<String> refusedHeaders() {
    return Set.of("SC_rgb_jpeg");
  }
}
