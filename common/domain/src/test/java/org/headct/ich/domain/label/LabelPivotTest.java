package org.headct.ich.domain.label;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.headct.ich.domain.label.LabelPivot.Outcome;
import org.junit.jupiter.api.Test;

/** The rules, one by one. Rows are written {@code epidural=0}; their line is their place. */
class LabelPivotTest {
  private static final List<String> NEGATIVE =
      List.of(
          "epidural=0",
          "intraparenchymal=0",
          "intraventricular=0",
          "subarachnoid=0",
          "subdural=0",
          "any=0");

  private static LabelPartial rows(List<String> rows) {
    LabelPartial all = null;
    long line = 2;
    for (String row : rows) {
      int equals = row.indexOf('=');
      Annotation annotation =
          switch (row.substring(equals + 1)) {
            case "0" -> Annotation.NEGATIVE;
            case "1" -> Annotation.POSITIVE;
            default -> Annotation.BLANK;
          };
      LabelPartial one =
          LabelPartial.of(Subtype.ofColumn(row.substring(0, equals)), annotation, 3, line++);
      all = all == null ? one : all.merge(one);
    }
    if (all == null) {
      throw new IllegalArgumentException("no rows");
    }
    return all;
  }

  private static Outcome finish(List<String> rows) {
    return LabelPivot.finish("ID_a", rows(rows));
  }

  private static List<String> with(String... more) {
    List<String> rows = new ArrayList<>(NEGATIVE);
    rows.addAll(List.of(more));
    return rows;
  }

  private static List<String> replaced(String... changes) {
    List<String> rows = new ArrayList<>(NEGATIVE);
    for (String change : changes) {
      String column = change.substring(0, change.indexOf('=') + 1);
      rows.replaceAll(row -> row.startsWith(column) ? change : row);
    }
    return rows;
  }

  @Test
  void sixRowsAreAnImage() {
    Outcome outcome = finish(replaced("subdural=1", "any=1"));
    assertThat(outcome.labels())
        .contains(new ImageLabels("ID_a", Subtype.SUBDURAL.bit() | Subtype.ANY.bit()));
    assertThat(outcome.findings()).isEmpty();
  }

  @Test
  void equalDuplicatesCollapseWithAFindingEach() {
    Outcome outcome = finish(with("any=0", "epidural=0", "any=0"));
    assertThat(outcome.labels()).contains(new ImageLabels("ID_a", 0));
    assertThat(outcome.findings())
        .containsExactly(
            new LabelFinding(LabelReason.DUPLICATE_ROW, "ID_a", 3, 8, 1, "any 0"),
            new LabelFinding(LabelReason.DUPLICATE_ROW, "ID_a", 3, 9, 1, "epidural 0"),
            new LabelFinding(LabelReason.DUPLICATE_ROW, "ID_a", 3, 10, 1, "any 0"));
  }

  @Test
  void conflictDropsTheImageAndPointsAtTheContradiction() {
    Outcome outcome = finish(with("any=1", "any=0"));
    assertThat(outcome.labels()).isEmpty();
    assertThat(outcome.findings())
        .containsExactly(
            new LabelFinding(LabelReason.CONFLICTING_LABEL, "ID_a", 3, 8, 7, "0 and 1: any"),
            new LabelFinding(LabelReason.DUPLICATE_ROW, "ID_a", 3, 9, 1, "any 0"));
  }

  @Test
  void missingClassDropsTheImage() {
    assertThat(finish(NEGATIVE.subList(1, 5)).findings())
        .containsExactly(
            new LabelFinding(
                LabelReason.INCOMPLETE_IMAGE, "ID_a", 3, 2, 4, "missing: epidural, any"));
  }

  @Test
  void blankDropsTheImageEvenBesideAValue() {
    Outcome outcome = finish(with("subdural="));
    assertThat(outcome.labels()).isEmpty();
    assertThat(outcome.findings())
        .containsExactly(
            new LabelFinding(LabelReason.UNANNOTATED, "ID_a", 3, 8, 7, "blank: subdural"));
  }

  @Test
  void anyMustBeTheOr() {
    assertThat(finish(replaced("any=1")).findings())
        .containsExactly(
            new LabelFinding(LabelReason.ANY_MISMATCH, "ID_a", 3, 7, 6, "any 1, no subtype"));
    assertThat(finish(replaced("subdural=1", "epidural=1")).findings())
        .containsExactly(
            new LabelFinding(
                LabelReason.ANY_MISMATCH, "ID_a", 3, 7, 6, "any 0, but 1: epidural, subdural"));
  }

  @Test
  void everyDefectIsTold() {
    Outcome outcome = finish(List.of("epidural=0", "epidural=1", "subdural=", "any=1"));
    assertThat(outcome.findings())
        .containsExactly(
            new LabelFinding(
                LabelReason.CONFLICTING_LABEL,
                "ID_a",
                3,
                3,
                4,
                "0 and 1: epidural; blank: subdural;"
                    + " missing: intraparenchymal, intraventricular, subarachnoid"));
  }

  @Test
  void manyRepeatedRowsAreCountedBeyondTheLocatedOnes() {
    List<String> rows = new ArrayList<>(NEGATIVE);
    for (int i = 0; i < 1000; i++) {
      rows.add("any=0");
    }
    Outcome outcome = finish(rows);
    assertThat(outcome.findings()).hasSize(LabelPartial.LOCATED_EXTRAS + 1);
    assertThat(outcome.rows()).isEqualTo(1006);
    assertThat(outcome.findings().get(LabelPartial.LOCATED_EXTRAS).rows())
        .isEqualTo(1000 - LabelPartial.LOCATED_EXTRAS);
  }

  @Test
  void largestPlacesSurvive() {
    LabelPartial row =
        LabelPartial.of(
            Subtype.ANY, Annotation.BLANK, LabelPartial.MAX_FILE, LabelPartial.MAX_LINE);
    LabelFinding finding = LabelPivot.finish("ID_a", row).findings().get(0);
    assertThat(finding.file()).isEqualTo(LabelPartial.MAX_FILE);
    assertThat(finding.line()).isEqualTo(LabelPartial.MAX_LINE);
    assertThatThrownBy(
            () -> LabelPartial.of(Subtype.ANY, Annotation.BLANK, 0, LabelPartial.MAX_LINE + 1))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void bitsAloneKnowTheCleanImages() {
    LabelPartial clean = rows(replaced("subdural=1", "any=1"));
    assertThat(LabelBits.clean(clean.bits(), (int) clean.rows()))
        .isEqualTo(LabelPivot.finish("ID_a", clean).labels().orElseThrow().bits());
    LabelPartial repeated = rows(with("any=0"));
    assertThat(LabelBits.clean(repeated.bits(), (int) repeated.rows())).isEqualTo(-1);
  }
}
