package org.headct.ich.jobs.modelstore;

import org.headct.ich.jobs.file.Json;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;

/** The whole configuration that a run kept, key by key. */
public record KeptSettings(JsonNode all) {
  /**
   * @throws JsonProcessingException if the settings that the run kept are no JSON
   */
  public static KeptSettings of(RunInfo run) throws JsonProcessingException {
    return new KeptSettings(Json.MAPPER.readTree(run.configuration().getOrDefault("settings", "{}")));
  }

  /** Whether there is anything under a key, such as {@code split}. */
  boolean has(String key) {
    return !node(all, key).isMissingNode();
  }

  /** The value of a key; empty where the run's release did not have it. */
  public String text(String key) {
    return node(all, key).asText();
  }

  /** The same as a dataset sees it: its own value, or that of all. */
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
