package org.headct.ich.jobs.model;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

/**
 * How the dataset of a run was dealt to training, validation and test, by the settings that the run
 * kept: the dataset's own value, or that of all.
 *
 * @param unit what stays together, such as {@code patient} or {@code slice}; empty where the run
 *     kept no settings
 * @param text for people
 */
public record RunSplit(String unit, String text) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /**
   * @throws JsonProcessingException if the settings that the run kept are no JSON
   */
  public static RunSplit of(RunInfo run) throws JsonProcessingException {
    JsonNode settings = JSON.readTree(run.configuration().getOrDefault("settings", "{}"));
    JsonNode own = settings.path("datasets").path(run.dataset()).path("split");
    JsonNode all = settings.path("split");
    if (all.isMissingNode()) {
      return new RunSplit("", "not known");
    }
    String unit = value(own, all, "unit");
    return new RunSplit(
        unit,
        "by %s, %s, test %s, validation %s of the rest, seed %s"
            .formatted(
                unit,
                value(own, all, "mode"),
                value(own, all, "test"),
                value(own, all, "validation"),
                value(own, all, "seed")));
  }

  private static String value(JsonNode own, JsonNode all, String key) {
    return (own.has(key) ? own : all).path(key).asText();
  }
}
