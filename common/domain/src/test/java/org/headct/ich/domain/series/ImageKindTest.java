package org.headct.ich.domain.series;

import static org.assertj.core.api.Assertions.assertThat;

import org.headct.ich.domain.dicom.Acquisition;
import org.headct.ich.domain.dicom.DicomHeader;
import org.headct.ich.domain.dicom.DicomHeaderBuilder;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The kinds of images as scanners and workstations describe them. */
class ImageKindTest {
  private static final double[] AXIAL = {1, 0, 0, 0, 1, 0};

  private static DicomHeader header(
      String type, String description, double @Nullable [] orientation) {
    return DicomHeader.builder()
        .photometricInterpretation("MONOCHROME2")
        .bitsStored(16)
        .signed(true)
        .imageOrientation(orientation)
        .acquisition(Acquisition.NONE.withImageType(type).withSeriesDescription(description))
        .build();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        // Slices to read, among them thick ones that a workstation averaged.
        "''; ''; AXIAL",
        "ORIGINAL\\PRIMARY\\AXIAL; Head 5.0 H31s; AXIAL",
        "ORIGINAL\\PRIMARY\\AXIAL\\CT_SOM5 SPI; ''; AXIAL",
        "ORIGINAL\\PRIMARY\\AXIAL\\CT_SOM5 SEQ; ''; AXIAL",
        "DERIVED\\PRIMARY\\AXIAL\\CT_SOM7 SPI DUAL; ''; AXIAL",
        "DERIVED\\SECONDARY\\REFORMATTED\\AVERAGE; AX 5MM; AXIAL",
        "DERIVED\\SECONDARY\\AXIAL\\CT_SOM5 MPR; ''; AXIAL",
        "DERIVED\\SECONDARY; ''; AXIAL",
        "DERIVED\\PRIMARY\\AXIAL\\VMI; ''; AXIAL",
        "ORIGINAL\\PRIMARY\\AXIAL; CTA for MIP and CBF; AXIAL",
        "DERIVED\\SECONDARY\\REFORMATTED\\AVERAGE; LOW DOSE HEAD; AXIAL",
        "ORIGINAL\\PRIMARY\\LOCALIZER; ''; LOCALIZER",
        "ORIGINAL\\PRIMARY\\LOCALIZER\\CT_SOM5 TOP; ''; LOCALIZER",
        "original\\primary\\ localizer ; ''; LOCALIZER",
        "''; Topogram  0.6  T20s; LOCALIZER",
        "DERIVED\\SECONDARY\\REFORMATTED\\MIP; ''; PROJECTION",
        "DERIVED\\SECONDARY\\AXIAL\\CT_SOM5 MIP; ''; PROJECTION",
        "DERIVED\\SECONDARY\\MIN IP; ''; PROJECTION",
        "DERIVED\\SECONDARY\\PROJECTION IMAGE; ''; PROJECTION",
        "DERIVED\\SECONDARY\\AXIAL\\VOLUME_RENDERED; ''; PROJECTION",
        "DERIVED\\SECONDARY; AX MIP 10mm; PROJECTION",
        "DERIVED\\SECONDARY\\AXIAL\\CBF; ''; MAP",
        "DERIVED\\SECONDARY\\OTHER\\VPCT_TMAX; ''; MAP",
        "DERIVED\\PRIMARY\\PERFUSION\\NONE; ''; MAP",
        "ORIGINAL\\PRIMARY\\PERFUSION\\NONE; ''; AXIAL",
        "DERIVED\\SECONDARY; RAPID rCBV; MAP",
        "DERIVED\\SECONDARY\\AXIAL; Brain Perfusion; MAP",
        "DERIVED\\SECONDARY\\AXIAL; Cerebral_Blood_Flow; MAP",
        "DERIVED\\SECONDARY; Time to peak (s); MAP",
        "DERIVED\\PRIMARY\\AXIAL\\MAT_SPECIFIC; ''; MAP",
        "DERIVED\\PRIMARY\\AXIAL\\EFF_ATOMIC_NUM; ''; MAP",
        "DERIVED\\SECONDARY\\SCREEN SAVE; ''; CAPTURE",
        "DERIVED\\SECONDARY\\OTHER; Dose Report; CAPTURE",
        "ORIGINAL\\SECONDARY\\OTHER\\CT_SOM5 PROT; Patient Protocol; CAPTURE"
      })
  void theHeaderNamesTheKind(String type, String description, ImageKind kind) {
    assertThat(ImageKind.of(header(type, description, AXIAL))).isEqualTo(kind);
  }

  @ParameterizedTest
  @CsvSource({
    "0, AXIAL",
    "15, AXIAL",
    "-30, AXIAL",
    "30, AXIAL",
    "44, AXIAL",
    "46, REFORMAT",
    "90, REFORMAT"
  })
  void aTiltedGantryIsAxialAndASteeperPlaneIsNot(double degrees, ImageKind kind) {
    double cos = Math.cos(Math.toRadians(degrees));
    double sin = Math.sin(Math.toRadians(degrees));
    double[][] orientations = {
      {1, 0, 0, 0, cos, sin},
      {1, 0, 0, 0, -cos, sin},
      {-1, 0, 0, 0, cos, -sin},
      {cos, 0, sin, 0, 1, 0},
      {0, 1, 0, cos, 0, sin}
    };
    for (double[] orientation : orientations) {
      assertThat(ImageKind.ofPlane(orientation)).isEqualTo(kind);
      assertThat(ImageKind.of(header("ORIGINAL\\PRIMARY\\AXIAL", "", orientation)))
          .as("a scanner may call any plane axial")
          .isEqualTo(kind);
    }
  }

  @Test
  void bothOtherPlanesAreReformats() {
    double[] sagittal = {0, 1, 0, 0, 0, -1};
    double[] coronal = {1, 0, 0, 0, 0, -1};
    for (double[] orientation : new double[][] {sagittal, coronal}) {
      assertThat(ImageKind.of(header("DERIVED\\SECONDARY\\REFORMATTED\\AVERAGE", "", orientation)))
          .isEqualTo(ImageKind.REFORMAT);
      assertThat(ImageKind.of(header("", "", orientation))).isEqualTo(ImageKind.REFORMAT);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "''; ''; AXIAL",
        "''; COR 3mm; REFORMAT",
        "ORIGINAL\\PRIMARY\\AXIAL; COR and SAG to follow; AXIAL",
        "ORIGINAL\\PRIMARY; ''; AXIAL",
        "DERIVED\\SECONDARY\\AXIAL; ''; AXIAL",
        "DERIVED\\SECONDARY; ''; CAPTURE",
        "ORIGINAL\\SECONDARY; ''; CAPTURE",
        "DERIVED\\SECONDARY\\SAGITTAL; ''; REFORMAT",
        "DERIVED\\SECONDARY\\CURVED; ''; REFORMAT"
      })
  void withoutAPlaneTheTermsDecide(String type, String description, ImageKind kind) {
    assertThat(ImageKind.of(header(type, description, null))).isEqualTo(kind);
  }

  @Test
  void greyLevelsOfAScreenAndColoursAreNoHu() {
    DicomHeaderBuilder eight =
        DicomHeader.builder().bitsStored(8).imageOrientation(AXIAL).photometricInterpretation("");
    assertThat(ImageKind.of(eight.build())).isEqualTo(ImageKind.CAPTURE);
    assertThat(ImageKind.of(eight.rescaleIntercept(-1024.0).build())).isEqualTo(ImageKind.AXIAL);
    assertThat(
            ImageKind.of(
                DicomHeader.builder()
                    .bitsStored(16)
                    .photometricInterpretation("PALETTE COLOR")
                    .build()))
        .isEqualTo(ImageKind.CAPTURE);
  }
}
