package org.headct.ich.domain.label;

import static org.assertj.core.api.Assertions.assertThat;

import org.headct.ich.domain.dicom.Pseudonyms;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LabelIdsTest {
  private static final String UID = "1.2.840.113619.2.5.17628";

  private final Pseudonyms pseudonyms = new Pseudonyms("secret");
  private final LabelIds ids = new LabelIds(pseudonyms::of);

  @ParameterizedTest
  @ValueSource(
      strings = {
        UID,
        " " + UID + "\t",
        UID + ".dcm",
        UID + ".DCM",
        UID + ".dcm.gz",
        "dump/" + UID,
        "C:\\dump\\" + UID + ".dcm",
        "'" + UID + "'"
      })
  void aUidBecomesThePseudonymOfTheAudit(String written) {
    assertThat(ids.image(written)).isEqualTo(pseudonyms.of(UID));
    assertThat(ids.image(String.valueOf(ids.image(written))))
        .as("the tables' own id names the same image")
        .isEqualTo(pseudonyms.of(UID));
  }

  @ParameterizedTest
  @CsvSource({
    "ID_000012eaf, ID_000012eaf",
    "ID_000012eaf.dcm, ID_000012eaf",
    "ID_000012eaf.IMA, ID_000012eaf",
    "train/ID_000012eaf.dcm, ID_000012eaf",
    "train\\ID_000012eaf.png, ID_000012eaf",
    "ID_000012eaf-f1, ID_000012eaf-f1",
    "ID_000012eaf-f12.dcm, ID_000012eaf-f12"
  })
  void rsnasIdsStay(String written, String id) {
    assertThat(ids.image(written)).isEqualTo(id);
  }

  @Test
  void laterFramesAreNamedAsInTheTables() {
    assertThat(ids.image(UID + "-f3")).isEqualTo(pseudonyms.of(UID) + "-f3");
    assertThat(ids.image(pseudonyms.of(UID) + "-f3")).isEqualTo(pseudonyms.of(UID) + "-f3");
    assertThat(ids.image(UID + "-f0")).as("no frame").isEqualTo(pseudonyms.of(UID + "-f0"));
  }

  @ParameterizedTest
  @CsvSource({
    "IM0001.dcm, IM0001",
    "ID_0a, ID_0a",
    "ID_MEIER, ID_MEIER",
    "ID_000012EAF, ID_000012EAF",
    "ID_1.2.840, ID_1.2.840",
    "Schädel 1.dcm, Schädel 1"
  })
  void everyOtherNameIsHidden(String written, String name) {
    assertThat(ids.image(written)).isEqualTo(pseudonyms.of(name)).matches("ID_[0-9a-f]{24}");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "ID", "ID_", ".dcm", "a/", "a\u0000b", "a\uFFFD", "''"})
  void whatNamesNoImage(String written) {
    assertThat(ids.image(written)).isNull();
    assertThat(ids.image(written)).as("second call").isNull();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "0/1|0/1",
        "0.5|0.5",
        "1.0e+00|1.0e+00",
        "x=2.25.17, y|x=(a UID), y",
        "born 12.05.1960|born (a UID)",
        ".1.2.3|.(a UID)",
        "/a/b/c,/d/ef/g.dcm;1|…/c,…/g.dcm;1",
        "a\\bc\\d|…/d"
      })
  void messagesTellNoPatient(String text, String shown) {
    assertThat(LabelIds.withoutUids(text)).isEqualTo(shown);
  }

  @Test
  void aHostileTextIsShortened() {
    assertThat(LabelIds.withoutUids("1.".repeat(1 << 15))).hasSizeLessThan(600);
    assertThat(ids.hidden("/".repeat(1 << 16))).hasSizeLessThan(600);
  }
}
