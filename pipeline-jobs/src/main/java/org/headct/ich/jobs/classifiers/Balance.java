package org.headct.ich.jobs.classifiers;

import com.fasterxml.jackson.core.JsonProcessingException;
import org.headct.ich.jobs.modelstore.KeptSettings;
import org.headct.ich.jobs.modelstore.RunInfo;

/**
 * What makes up for the rarer class: what did when the network was trained, {@code select.balance}.
 */
enum Balance {
  /** An image counts as often as an epoch sees it. */
  COPIES,
  /** The same, and both classes of the label weigh alike. */
  CLASS_WEIGHTS;

  /**
   * By the settings that the run kept: the dataset's own value, or that of all.
   *
   * @throws JsonProcessingException if they are no JSON
   */
  static Balance of(RunInfo run) throws JsonProcessingException {
    String kept = KeptSettings.of(run).text(run.dataset(), "select.balance");
    return kept.equals("class-weights") ? CLASS_WEIGHTS : COPIES;
  }
}
