package org.headct.ich.domain.dicom;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.headct.ich.domain.dicom.builtin.BuiltinDicomReader;
import org.headct.ich.domain.dicom.builtin.RawObject;
import org.junit.jupiter.api.Test;

/** Header text passes only if it is a term of the standard. */
class PublicTermsTest {
  @Test
  void termsOfTheStandardComeThrough() {
    assertThat(PublicTerms.modality("MR")).isEqualTo("MR");
    assertThat(PublicTerms.modality("")).isEqualTo("none");
    assertThat(PublicTerms.uid("1.2.840.10008.1.2.4.80")).isEqualTo("1.2.840.10008.1.2.4.80");
    assertThat(PublicTerms.uid("")).isEqualTo("none");
    assertThat(PublicTerms.photometricInterpretation("MONOCHROME1")).isEqualTo("MONOCHROME1");
    assertThat(PublicTerms.photometricInterpretation("")).isEmpty();
  }

  @Test
  void otherTextDoesNot() {
    assertThat(PublicTerms.modality("DOE")).isEqualTo("unknown");
    assertThat(PublicTerms.uid("19470223.4711")).isEqualTo("private");
    assertThat(PublicTerms.uid("1.2.840.10008.JANE")).isEqualTo("private");
    assertThat(PublicTerms.uid("1.2.840.10008." + "1".repeat(47))).isEqualTo("private");
    assertThat(PublicTerms.photometricInterpretation("JANE DOE")).isEqualTo("OTHER");
  }

  @Test
  void equipmentIsNamedAtItsLength() {
    DicomHeader header =
        DicomHeader.builder()
            .manufacturer("M".repeat(64) + "JANE")
            .model("N".repeat(70))
            .implementation("I".repeat(16) + "JANE")
            .build();

    assertThat(PublicTerms.scanner(header)).isEqualTo("M".repeat(64) + " " + "N".repeat(64));
    assertThat(PublicTerms.implementation(header)).isEqualTo("I".repeat(16));
  }

  @Test
  void lettersOfASpiltNameAreNoTagInAMessage() {
    byte[] object =
        RawObject.explicitLittle()
            .image()
            .head(0x0010_0010, "PN", 4)
            .raw("Doe^Janewilhelmina".getBytes(StandardCharsets.US_ASCII))
            .file("1.2.840.10008.1.2.1");

    assertThatThrownBy(() -> new BuiltinDicomReader().header(object))
        .isInstanceOfSatisfying(
            DicomDefectException.class,
            e -> assertThat(e.defect()).isEqualTo(DicomDefect.TRUNCATED))
        // "Jane" read as a little-endian tag, "wilh" as a length.
        .hasMessageNotContaining("614A")
        .hasMessageNotContaining("1751935351");
  }
}
