package org.headct.ich.jobs.testing;

import java.util.List;
import org.headct.ich.jobs.modelstore.EpochMetrics;

/** Epochs without their times, which are all that differs between two runs with the same seed. */
public final class Timeless {
  private Timeless() {}

  /** Returns copies of the epochs with all times set to 0. */
  public static List<EpochMetrics> of(List<EpochMetrics> epochs) {
    return epochs.stream()
        .map(
            e ->
                new EpochMetrics(
                    e.epoch(),
                    e.learningRate(),
                    e.trainLoss(),
                    e.validationLoss(),
                    e.validationAuc(),
                    e.images(),
                    e.rounds(),
                    0,
                    0,
                    null))
        .toList();
  }
}
