package org.headct.ich.jobs.modelstore;

import com.fasterxml.jackson.core.JsonProcessingException;

/**
 * How the dataset of a run was dealt to training, validation and test, by the settings that the run
 * kept: the dataset's own value, or that of all.
 *
 * @param unit what stays together, such as {@code patient} or {@code slice}; empty where the run
 *     kept no settings
 * @param text for people
 */
public record RunSplit(String unit, String text) {
  /**
   * @throws JsonProcessingException if the settings that the run kept are no JSON
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
