package org.headct.ich.jobs.modelstore;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import org.headct.ich.jobs.file.Json;

/** The complete configuration that a run kept. */
public record KeptSettings(JsonNode all) {
  /**
   * Parses the settings of a run.
   *
   * @throws JsonProcessingException if the run's settings are not JSON
   */
  public static KeptSettings of(RunInfo run) throws JsonProcessingException {
    return new KeptSettings(
        Json.MAPPER.readTree(run.configuration().getOrDefault("settings", "{}")));
  }

  /** Returns whether there is a value or an object under a key, such as {@code split}. */
  boolean has(String key) {
    return !node(all, key).isMissingNode();
  }

  /** Returns the value of a key; empty if the run's release did not have the key. */
  public String text(String key) {
    return node(all, key).asText();
  }

  /** Returns the value of a key for a dataset: its own value or the common one. */
  public String text(String dataset, String key) {
    JsonNode own = node(all.path("datasets").path(dataset), key);
    return own.isMissingNode() ? text(key) : own.asText();
  }

  private static JsonNode node(JsonNode from, String key) {
    JsonNode node = from;
    for (String name : key.split("\\.")) {
      node = node.path(name);
    }
    return node;
  }
}
