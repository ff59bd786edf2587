package org.headct.ich.domain.dicom;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PseudonymsTest {
  /** The first 24 digits of {@code printf %s 1.2.3 | openssl dgst -sha256 -hmac ksecret}. */
  private static final String UID_UNDER_SECRET = "ID_87932f1d46c1cefb666514af";

  private final Pseudonyms pseudonyms = new Pseudonyms("secret");

  @Test
  void isTheKeyedHashThatOpensslGives() {
    assertThat(pseudonyms.of("1.2.3")).isEqualTo(UID_UNDER_SECRET);
    assertThat(pseudonyms.of("1.2.3")).as("second call").isEqualTo(UID_UNDER_SECRET);
  }

  @Test
  void rsnaIdsAndTheEmptyIdStay() {
    assertThat(pseudonyms.of("ID_000012eaf")).isEqualTo("ID_000012eaf");
    assertThat(pseudonyms.of("")).isEmpty();
  }

  /** CQ500's own pseudonyms name scans, never images. */
  @Test
  void cq500IdsStay() {
    for (String id : new String[] {"CQ500-CT-0", "CQ500-CT-490", "CQ500-CT-99999"}) {
      assertThat(Pseudonyms.isPseudonym(id)).as(id).isTrue();
      assertThat(Pseudonyms.isImagePseudonym(id)).as(id).isFalse();
      assertThat(pseudonyms.of(id)).isEqualTo(id);
    }
    assertThat(Pseudonyms.isImagePseudonym("ID_000012eaf")).isTrue();
  }

  @Test
  void everyOtherIdIsHidden() {
    for (String id :
        new String[] {
          "MEIER^ANNA",
          "ID_MEIER",
          "ID_12345",
          " ID_000012eaf",
          "ID_",
          "CQ500-CT-",
          "CQ500-CT-123456",
          "CQ500-CT-1 MEIER",
          "cq500-ct-1",
          "CQ500CT1"
        }) {
      assertThat(Pseudonyms.isPseudonym(id)).as(id).isFalse();
      assertThat(pseudonyms.of(id)).as(id).matches("ID_[0-9a-f]{24}").isNotEqualTo(id);
    }
  }

  @Test
  void aPseudonymIsItsOwnPseudonym() {
    String once = pseudonyms.of("MEIER^ANNA");

    assertThat(Pseudonyms.isPseudonym(once)).isTrue();
    assertThat(pseudonyms.of(once)).isEqualTo(once);
  }

  @Test
  void anotherKeyOrIdGivesAnother() {
    assertThat(new Pseudonyms("secre").of("1.2.3")).isNotEqualTo(UID_UNDER_SECRET);
    assertThat(new Pseudonyms("").of("1.2.3"))
        .matches("ID_[0-9a-f]{24}")
        .isNotEqualTo(UID_UNDER_SECRET);
    assertThat(pseudonyms.of("1.2.4")).isNotEqualTo(UID_UNDER_SECRET);
  }
}
