package org.headct.ich.domain.ct;

import static org.assertj.core.api.Assertions.assertThat;

import org.headct.ich.domain.dicom.Acquisition;
import org.headct.ich.domain.dicom.DicomHeader;
import org.headct.ich.domain.series.Contrast;
import org.headct.ich.domain.series.Kernel;
import org.headct.ich.domain.series.SeriesFolder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The kernels and descriptions of common scanners, and the folders of CQ500. */
class KernelAndContrastTest {
  private static DicomHeader header(Acquisition acquisition) {
    return DicomHeader.builder().acquisition(acquisition).build();
  }

  @ParameterizedTest
  @CsvSource({
    "H30s, SOFT",
    "H31s, SOFT",
    "J40s\\3, SOFT",
    "Hr40f\\3, SOFT",
    "STANDARD, SOFT",
    "SOFT, SOFT",
    "BRAIN, SOFT",
    "UB, SOFT",
    "FC21, SOFT",
    "FC64, SOFT",
    "H60s, SHARP",
    "H70h, SHARP",
    "B60f, SHARP",
    "Hr68h\\2, SHARP",
    "BONE, SHARP",
    "BONEPLUS, SHARP",
    "EDGE, SHARP",
    "LUNG, SHARP",
    "FC30, SHARP",
    "FC81, SHARP",
    "B50f, UNKNOWN",
    "DETAIL, UNKNOWN",
    "'', UNKNOWN",
    "MUELLER^ANNA, UNKNOWN"
  })
  void kernels(String name, Kernel kernel) {
    assertThat(Kernel.of(header(Acquisition.NONE.withConvolutionKernel(name)), ""))
        .isEqualTo(kernel);
  }

  @Test
  void theKernelWinsOverTheDescriptionAndThatOverTheFolder() {
    Acquisition described = Acquisition.NONE.withSeriesDescription("BRAIN BONE 1.0");
    assertThat(Kernel.of(header(described), "CT Thin Stnd")).isEqualTo(Kernel.SHARP);
    assertThat(Kernel.of(header(described.withConvolutionKernel("H31s")), ""))
        .isEqualTo(Kernel.SOFT);
    assertThat(Kernel.of(header(Acquisition.NONE), "CT BONE")).isEqualTo(Kernel.SHARP);
    assertThat(Kernel.of(header(Acquisition.NONE), "CT Thin Stnd")).isEqualTo(Kernel.SOFT);
  }

  @ParameterizedTest
  @CsvSource({
    "CT Plain, WITHOUT",
    "CT PLAIN THIN, WITHOUT",
    "CT PRE CONTRAST 5MM STD, WITHOUT",
    "HEAD W/O CONTRAST, WITHOUT",
    "HEAD WO, WITHOUT",
    "NON-CON HEAD, WITHOUT",
    "NON ENHANCED HEAD, WITHOUT",
    "NCCT 5mm, WITHOUT",
    "KOPF NATIV, WITHOUT",
    "CT POST CONTRAST, WITH",
    "CT 5mm POST CONTRAST, WITH",
    "CT 4cc sec 150cc D3D on, WITH",
    "CTA HEAD, WITH",
    "HEAD +C, WITH",
    "HEAD C+, WITH",
    "HEAD POST, WITH",
    "Angio 0.6, WITH",
    "CT HEAD W/WO CONTRAST, UNKNOWN",
    "HEAD W AND W/O, UNKNOWN",
    "WITH AND WITHOUT CONTRAST, UNKNOWN",
    "POST FOSSA 2.5, UNKNOWN",
    "HEAD POST OP, UNKNOWN",
    "C-SPINE, UNKNOWN",
    "CT 5mm, UNKNOWN",
    "'', UNKNOWN"
  })
  void contrastByName(String name, Contrast contrast) {
    assertThat(Contrast.of(header(Acquisition.NONE), name)).isEqualTo(contrast);
    assertThat(Contrast.of(header(Acquisition.NONE.withSeriesDescription(name)), ""))
        .isEqualTo(contrast);
  }

  @Test
  void theAgentDecidesUnlessTheSeriesSaysOtherwise() {
    Acquisition agent = Acquisition.NONE.withContrastAgent("OMNIPAQUE 350");
    assertThat(Contrast.of(header(agent), "")).isEqualTo(Contrast.WITH);
    assertThat(Contrast.of(header(agent.withSeriesDescription("NCCT")), ""))
        .as("scanners keep the agent for all series of a study")
        .isEqualTo(Contrast.UNKNOWN);
    assertThat(Contrast.of(header(Acquisition.NONE.withContrastAgent("NONE")), ""))
        .isEqualTo(Contrast.WITHOUT);
    assertThat(Contrast.of(header(Acquisition.NONE.withContrastAgent("NONE")), "CTA"))
        .isEqualTo(Contrast.WITH);
  }

  @ParameterizedTest
  @CsvSource({
    "file:/d/CQ500CT0 CQ500CT0/Unknown Study/CT Plain/CT000000.dcm, CT Plain",
    "file:/d/CQ500CT0%20CQ500CT0/Unknown%20Study/CT%20BONE/CT000000.dcm, CT BONE",
    "file:/d/CQ500CT12.zip!CQ500CT12 CQ500CT12/Unknown Study/CT 5mm/CT000000.dcm, CT 5mm",
    "file:/d/CQ500CT12/Unknown Study/CT Plain/CT000000.dcm, CT Plain",
    "file:/patients/Bone^Anna/plain/1.dcm, ''",
    "file:/d/ID_000012eaf.dcm, ''"
  })
  void foldersOfCq500(String path, String name) {
    assertThat(SeriesFolder.of(path)).isEqualTo(name);
  }
}
