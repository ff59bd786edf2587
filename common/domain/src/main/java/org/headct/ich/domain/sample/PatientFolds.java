package org.headct.ich.domain.sample;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The folds of a cross-validation for one label. All images of a patient are in one fold. Each fold
 * has images with the label and images without, because otherwise nothing could be measured there.
 * Only the seed and the ids decide the fold of a patient.
 *
 * @param folds number of folds, ≥ 2
 * @param foldOf fold of each patient, 0 to {@code folds} − 1
 */
public record PatientFolds(int folds, Map<String, Integer> foldOf) {
  public PatientFolds {
    foldOf = Map.copyOf(foldOf);
  }

  /**
   * One patient's images.
   *
   * @param id id of the patient
   * @param positives number of images with the label
   * @param negatives number of images without the label
   */
  public record Patient(String id, long positives, long negatives) {}

  /**
   * Deals patients to the folds in turn, in the order of {@link StableHash}. Patients with the
   * label come first.
   *
   * @param patients patients to deal
   * @param most largest number of folds; with too few patients there are fewer folds
   * @param seed random seed
   * @return the folds, or empty if not even two folds have images with and without the label
   */
  public static Optional<PatientFolds> deal(Collection<Patient> patients, int most, long seed) {
    List<Patient> order = new ArrayList<>(patients);
    order.sort(
        Comparator.comparing((Patient one) -> one.positives() == 0)
            .thenComparing(
                (a, b) ->
                    Long.compareUnsigned(StableHash.of(seed, a.id()), StableHash.of(seed, b.id())))
            .thenComparing(Patient::id));
    for (int folds = Math.min(most, order.size()); folds >= 2; folds--) {
      long[] positives = new long[folds];
      long[] negatives = new long[folds];
      Map<String, Integer> foldOf = new HashMap<>();
      for (int i = 0; i < order.size(); i++) {
        Patient patient = order.get(i);
        int fold = i % folds;
        foldOf.put(patient.id(), fold);
        positives[fold] += patient.positives();
        negatives[fold] += patient.negatives();
      }
      if (isEverywhere(positives) && isEverywhere(negatives)) {
        return Optional.of(new PatientFolds(folds, foldOf));
      }
    }
    return Optional.empty();
  }

  private static boolean isEverywhere(long[] counts) {
    for (long count : counts) {
      if (count == 0) {
        return false;
      }
    }
    return true;
  }
}
