package org.headct.ich.domain.sample;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import org.headct.ich.domain.sample.PatientFolds.Patient;
import org.junit.jupiter.api.Test;

class PatientFoldsTest {
  /** Returns patients with the label and patients without it. */
  private static List<Patient> patients(int with, int without) {
    List<Patient> patients = new ArrayList<>();
    for (int i = 0; i < with + without; i++) {
      patients.add(new Patient("patient-" + i, i < with ? 2 : 0, 3));
    }
    return patients;
  }

  @Test
  void eachFoldHasItsShareOfThoseWhoShowTheLabel() {
    List<Patient> patients = patients(13, 40);
    PatientFolds folds = PatientFolds.deal(patients, 5, 2019).orElseThrow();
    assertThat(folds.folds()).isEqualTo(5);
    assertThat(folds.foldOf())
        .hasSize(53)
        .containsOnlyKeys(patients.stream().map(Patient::id).toList());
    Map<Integer, Long> with =
        patients.stream()
            .filter(one -> one.positives() > 0)
            .collect(
                Collectors.groupingBy(one -> folds.foldOf().get(one.id()), Collectors.counting()));
    assertThat(with).containsOnlyKeys(0, 1, 2, 3, 4);
    assertThat(with.values()).allSatisfy(count -> assertThat(count).isBetween(2L, 3L));
  }

  @Test
  void seedAndIdsDecideAndNotTheOrder() {
    List<Patient> patients = patients(6, 20);
    PatientFolds folds = PatientFolds.deal(patients, 3, 1).orElseThrow();
    List<Patient> shuffled = new ArrayList<>(patients);
    Collections.shuffle(shuffled, new Random(5));
    assertThat(PatientFolds.deal(shuffled, 3, 1)).contains(folds);
    assertThat(PatientFolds.deal(patients, 3, 2).orElseThrow()).isNotEqualTo(folds);
  }

  @Test
  void fewerPatientsMakeFewerFolds() {
    assertThat(PatientFolds.deal(patients(3, 20), 5, 1).orElseThrow().folds()).isEqualTo(3);
  }

  @Test
  void nothingIsDealtWhereAClassStandsInOneFoldAlone() {
    assertThat(PatientFolds.deal(patients(1, 20), 5, 1)).isEmpty();
    assertThat(PatientFolds.deal(patients(0, 20), 5, 1)).isEmpty();
    assertThat(PatientFolds.deal(List.of(), 5, 1)).isEmpty();
    // Every image of every patient has the label.
    assertThat(PatientFolds.deal(List.of(new Patient("a", 4, 0), new Patient("b", 4, 0)), 5, 1))
        .isEmpty();
  }
}
