package org.headct.ich.jobs.selectslices;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.headct.ich.domain.sample.Split;
import org.headct.ich.domain.sample.SplitRule;
import org.headct.ich.domain.sample.SplitUnit;
import org.headct.ich.jobs.selectslices.MiddleOfSeries.Middle;
import org.junit.jupiter.api.Test;

/** Patients that a study joins, leaks by study, and warnings about a split. */
class SplitChecksTest {
  private static final SplitRule RULE = new SplitRule(1, 0.2, 0.1);

  private static Middle middle(String patient, String study, String series) {
    return new Middle("i " + series, patient, study, series, 0, 1, null, null, null);
  }

  private static List<Middle> patients(int count) {
    List<Middle> middles = new ArrayList<>();
    for (int p = 0; p < count; p++) {
      middles.add(middle("P" + p, "T" + p, "S" + p));
    }
    return middles;
  }

  @Test
  void aStudyUnderTwoPatientsIsOneUnit() {
    List<Middle> middles =
        List.of(
            middle("A", "T1", "S1"),
            middle("B", "T1", "S2"),
            middle("B", "T2", "S3"),
            middle("C", "", "S4"),
            middle("D", "", "S5"));
    SplitUnits units = SplitUnits.of(SplitUnit.PATIENT, middles);
    assertThat(middles.stream().map(units::of)).containsExactly("A", "A", "A", "C", "D");
    assertThat(units.joined(middles)).isEqualTo(1);
  }

  @Test
  void aStudyOnTwoSidesIsALeak() {
    Map<Middle, Split> sides = new HashMap<>();
    sides.put(middle("A", "T1", "S1"), Split.TRAIN);
    sides.put(middle("B", "T1", "S2"), Split.TEST);
    sides.put(middle("C", "", "S3"), Split.TRAIN);
    sides.put(middle("D", "", "S4"), Split.TEST);
    SplitLeakage leakage = SplitLeakage.of(sides);
    assertThat(leakage.none()).isFalse();
    assertThat(leakage.toString()).startsWith("0 patients, 1 studies, 0 series, ");
  }

  private static List<String> warnings(List<Middle> middles, SplitUnit unit, SplitRule rule) {
    SplitUnits units = SplitUnits.of(unit, middles);
    Map<Split, Long> parts = new HashMap<>();
    middles.forEach(m -> parts.merge(rule.stable().of(units.of(m)), 1L, Long::sum));
    return new SplitWarnings(unit, rule, middles)
        .of(parts, (int) middles.stream().map(units::of).distinct().count());
  }

  @Test
  void manyPatientsInAllPartsNeedNoWarning() {
    assertThat(warnings(patients(100), SplitUnit.PATIENT, RULE)).isEmpty();
  }

  @Test
  void onePatientIsAWarningWithItsCause() {
    List<Middle> middles = new ArrayList<>();
    for (int p = 0; p < 12; p++) {
      middles.add(middle("ID_anon", "T" + p, "S" + p));
    }
    List<String> warnings = warnings(middles, SplitUnit.PATIENT, RULE);
    assertThat(warnings).anyMatch(w -> w.startsWith("only 1 patients in 12 series"));
    assertThat(warnings)
        .contains("patient ID_anon has 12 of 12 studies: PatientID may be a constant")
        .filteredOn(w -> w.startsWith("no images in "))
        .hasSize(2)
        .allMatch(w -> w.endsWith(": 1 units of split.unit = patient are too few for this split"));
    assertThat(warnings(middles, SplitUnit.SLICE, RULE))
        .as("a patient of all studies is odd whatever is split")
        .anyMatch(w -> w.contains("PatientID may be a constant"));
  }

  @Test
  void partsThatNobodyAskedForMayBeEmpty() {
    assertThat(warnings(patients(100), SplitUnit.PATIENT, new SplitRule(1, 0, 0))).isEmpty();
    assertThat(warnings(patients(4), SplitUnit.PATIENT, new SplitRule(1, 0, 0)))
        .containsExactly("only 4 patients in 4 series: results say little about other people");
  }

  @Test
  void aConstantStudyJoinsAllPatients() {
    List<Middle> middles = new ArrayList<>();
    for (int p = 0; p < 30; p++) {
      middles.add(middle("P" + p, "T", "S" + p));
    }
    assertThat(warnings(middles, SplitUnit.PATIENT, RULE))
        .contains(
            "30 patients form only 1 units, because they share studies, series or images",
            "study T has 30 of 30 patients: StudyInstanceUID may be a constant");
  }

  @Test
  void aSeriesOfSeveralStudiesIsAWarning() {
    List<Middle> middles = new ArrayList<>(patients(50));
    middles.add(middle("P0", "T0", "S"));
    middles.add(middle("P1", "T1", "S"));
    assertThat(warnings(middles, SplitUnit.PATIENT, RULE))
        .containsExactly("1 series belong to several studies: SeriesInstanceUID is not unique");
  }

  @Test
  void aDatasetWithoutImagesIsAWarning() {
    assertThat(warnings(List.of(), SplitUnit.PATIENT, RULE))
        .containsExactly("no images: no series has annotated middle slices for it");
  }
}
