package org.headct.ich.jobs.classifiers;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.headct.ich.jobs.modelstore.RunInfo;

/**
 * What makes up for the rarer class: what did when the network was trained, {@code select.balance}.
 */
enum Balance {
  /** An image counts as often as an epoch sees it. */
  COPIES,
  /** The same, and both classes of the label weigh alike. */
  CLASS_WEIGHTS;

  private static final ObjectMapper JSON = new ObjectMapper();

  /**
   * By the settings that the run kept: the dataset's own value, or that of all.
   *
   * @throws JsonProcessingException if they are no JSON
   */
  static Balance of(RunInfo run) throws JsonProcessingException {
    JsonNode settings = JSON.readTree(run.configuration().getOrDefault("settings", "{}"));
    JsonNode own = settings.path("datasets").path(run.dataset()).path("select").path("balance");
    JsonNode value = own.isMissingNode() ? settings.path("select").path("balance") : own;
    return value.asText().equals("class-weights") ? CLASS_WEIGHTS : COPIES;
  }
}
