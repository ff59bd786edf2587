package org.headct.ich.domain.label;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.headct.ich.domain.label.LabelLine.Accepted;
import org.headct.ich.domain.label.LabelLine.Rejected;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LabelLineTest {
  private static final Accepted POSITIVE =
      new Accepted("ID_000012eaf", Subtype.EPIDURAL, Annotation.POSITIVE);

  private static LabelLine parse(String line) {
    return LabelLine.parse(line, LabelHeader.LongForm.ID_FIRST, LabelTexts.plainIds());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ID_000012eaf_epidural,1",
        "ID_000012eaf_epidural,1\r",
        "\uFEFFID_000012eaf_epidural,1",
        "  ID_000012eaf_epidural ,\t1 ",
        "\"ID_000012eaf_epidural\",\"1\"",
        " \"ID_000012eaf_epidural\" , \" 1 \"\r",
        "ID_000012eaf_epidural,1.0",
        "ID_000012eaf_epidural,1.0e+00",
        "ID_000012eaf_epidural,True",
        "ID_000012eaf.dcm_epidural,1",
        "ID_000012eaf.DCM.gz_epidural,1",
        "train/ID_000012eaf.dcm_epidural,1",
        "C:\\train data\\ID_000012eaf.dcm_epidural,1",
        "'ID_000012eaf'_epidural,1",
        "\"/train, new/ID_000012eaf.dcm_epidural\",1",
        " \"train,\"\"x\"\"/ID_000012eaf_epidural\" , \"1,0\"\r"
      })
  void spellingsOfOneRow(String line) {
    assertThat(parse(line)).isEqualTo(POSITIVE);
  }

  @Test
  void columnsMayChangePlaces() {
    assertThat(
            LabelLine.parse(
                "1,ID_000012eaf_epidural", LabelHeader.LongForm.LABEL_FIRST, LabelTexts.plainIds()))
        .isEqualTo(POSITIVE);
    assertThat(parse("1,ID_000012eaf_epidural"))
        .isEqualTo(new Rejected(LabelReason.MALFORMED_ROW, "1,ID_000012eaf_epidural"));
  }

  @Test
  void imageIdEndsAtTheLastUnderscore() {
    assertThat(parse("ID_a_b-1.2_any,0"))
        .isEqualTo(new Accepted("ID_a_b-1.2", Subtype.ANY, Annotation.NEGATIVE));
  }

  @ParameterizedTest
  @ValueSource(strings = {"ID_a_any,", "ID_a_any,  ", "ID_a_any,\"\"", "ID_a_any,\r"})
  void blankMeansUnannotated(String line) {
    assertThat(parse(line)).isEqualTo(new Accepted("ID_a", Subtype.ANY, Annotation.BLANK));
  }

  @ParameterizedTest
  @ValueSource(strings = {"2", "-1", "0.5", "1e1", "1e-1", "t", "x", "1 0", "1e", "０", "."})
  void otherValuesAreBad(String value) {
    assertThat(parse("ID_a_any," + value)).isEqualTo(new Rejected(LabelReason.BAD_VALUE, value));
  }

  @ParameterizedTest
  @CsvSource({"ID_a_Any,Any", "ID_a_extradural,extradural", "ID_a_,''", "ID_ab_c,c"})
  void unknownSubtypes(String id, String shown) {
    assertThat(parse(id + ",1")).isEqualTo(new Rejected(LabelReason.UNKNOWN_SUBTYPE, shown));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        ",",
        ",1",
        "ID_a_any",
        "ID_a_any,1,",
        "ID_a_any;1",
        "ID_any,1",
        "ID__any,1",
        "\"ID_a_any,1",
        "ID_a_any,\"1",
        "ID_a_any,\"",
        "ID,Label",
        "_,1",
        "_any,1",
        ".dcm_any,1",
        "data/_any,1",
        "a\u0000b_any,1"
      })
  void malformedRows(String line) {
    assertThat(parse(line))
        .isInstanceOfSatisfying(
            Rejected.class,
            rejected -> assertThat(rejected.reason()).isEqualTo(LabelReason.MALFORMED_ROW));
  }

  /** A finding names an object by its pseudonym, and no folder, which may be a patient's name. */
  @Test
  void aFindingShowsNoUid() {
    String uid = "1.2.840.113619.2.5.17628";
    LabelIds ids = LabelTexts.hashedIds();
    String hashed = ids.image(uid);
    LabelHeader.LongForm header = LabelHeader.LongForm.ID_FIRST;
    assertThat(LabelLine.parse(uid + "_any,1", header, ids))
        .isEqualTo(new Accepted(String.valueOf(hashed), Subtype.ANY, Annotation.POSITIVE));
    assertThat(LabelLine.parse(uid + "_any", header, ids))
        .isEqualTo(new Rejected(LabelReason.MALFORMED_ROW, hashed + "_any"));
    assertThat(LabelLine.parse("a_" + uid + ",1", header, ids))
        .isEqualTo(new Rejected(LabelReason.UNKNOWN_SUBTYPE, String.valueOf(hashed)));
    assertThat(LabelLine.parse("/dump/ANNA MEIER/" + uid + ".dcm,1", header, ids))
        .isEqualTo(new Rejected(LabelReason.MALFORMED_ROW, "…/" + hashed + ".dcm,1"));
    assertThat(LabelLine.parse("x_any," + uid, header, ids))
        .isEqualTo(new Rejected(LabelReason.BAD_VALUE, String.valueOf(hashed)));
  }

  @Test
  void whatAFindingShowsIsOneShortLine() {
    Rejected rejected = (Rejected) parse("a\u0000b\nc" + "x".repeat(1000));
    assertThat(rejected.shown()).startsWith("a·b·cx").endsWith("…").hasSize(40);
    assertThat(rejected.finding(2, 7))
        .isEqualTo(new LabelFinding(LabelReason.MALFORMED_ROW, "", 2, 7, 1, rejected.shown()));
  }

  /** Any line is one row with one outcome, and an accepted id is a valid id. */
  @Test
  void neverThrowsOnNoise() {
    Random random = new Random(7);
    String alphabet = "ID_any01,.\" \r\t\uFEFF_epidural";
    int accepted = 0;
    for (int i = 0; i < 20_000; i++) {
      StringBuilder line = new StringBuilder(i % 2 == 0 ? "ID_a_any,1" : "");
      for (int edits = random.nextInt(8); edits >= 0; edits--) {
        char c = alphabet.charAt(random.nextInt(alphabet.length()));
        line.insert(random.nextInt(line.length() + 1), c);
      }
      if (parse(line.toString()) instanceof Accepted row) {
        assertThat(row.imageId()).isNotBlank().doesNotContain(",", "\n");
        accepted++;
      }
    }
    assertThat(accepted).isPositive();
  }
}
