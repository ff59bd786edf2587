package org.headct.ich.jobs.modelstore;

import com.fasterxml.jackson.core.JsonProcessingException;

/**
 * The split of a run's dataset into training, validation and test. It comes from the settings that
 * the run kept: the dataset's own value or the common one.
 *
 * @param unit unit that stays together, such as {@code patient} or {@code slice}; empty if the run
 *     kept no settings
 * @param text description for users
 */
public record RunSplit(String unit, String text) {
  /**
   * Reads the split from the settings of a run.
   *
   * @throws JsonProcessingException if the run's settings are not JSON
   */
  public static RunSplit of(RunInfo run) throws JsonProcessingException {
    KeptSettings settings = KeptSettings.of(run);
    if (!settings.has("split")) {
      return new RunSplit("", "not known");
    }
    String dataset = run.dataset();
    String unit = settings.text(dataset, "split.unit");
    return new RunSplit(
        unit,
        "by %s, %s, test %s, validation %s of the rest, seed %s"
            .formatted(
                unit,
                settings.text(dataset, "split.mode"),
                settings.text(dataset, "split.test"),
                settings.text(dataset, "split.validation"),
                settings.text(dataset, "split.seed")));
  }
}
