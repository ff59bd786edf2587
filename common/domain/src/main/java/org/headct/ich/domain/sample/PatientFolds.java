package org.headct.ich.domain.sample;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Folds of a cross-validation for one label: all images of a patient are in one fold, and each fold
 * has images with the label and without, for without either nothing can be measured there. Which
 * fold a patient is in hangs on seed and ids alone.
 *
 * @param folds how many, ≥ 2
 * @param foldOf 0 to {@code folds} − 1, by patient
 */
public record PatientFolds(int folds, Map<String, Integer> foldOf) {
  public PatientFolds {
    foldOf = Map.copyOf(foldOf);
  }

  /**
   * One patient's images.
   *
   * @param positives images with the label
   * @param negatives images without
   */
  public record Patient(String id, long positives, long negatives) {}

  /**
   * Deals patients in the order of {@link StableHash}, those who show the label first, one a fold
   * in turn.
   *
   * @param most folds that are wanted; fewer where there are too few patients for so many
   * @return empty where not even two folds have both
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
