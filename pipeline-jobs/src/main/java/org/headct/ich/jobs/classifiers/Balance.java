package org.headct.ich.jobs.classifiers;

import com.fasterxml.jackson.core.JsonProcessingException;
import org.headct.ich.jobs.modelstore.KeptSettings;
import org.headct.ich.jobs.modelstore.RunInfo;

/** The balance of the classes, taken from the training of the network ({@code select.balance}). */
enum Balance {
  /** An image counts as often as an epoch uses it. */
  COPIES,
  /**
   * An image counts as with {@link #COPIES}, and both classes of the label have the same total
   * weight.
   */
  CLASS_WEIGHTS;

  /**
   * Returns the balance from the settings that the run kept: the dataset's own value, or the
   * general one.
   *
   * @throws JsonProcessingException if the settings are not valid JSON
   */
  static Balance of(RunInfo run) throws JsonProcessingException {
    String kept = KeptSettings.of(run).text(run.dataset(), "select.balance");
    return kept.equals("class-weights") ? CLASS_WEIGHTS : COPIES;
  }
}
