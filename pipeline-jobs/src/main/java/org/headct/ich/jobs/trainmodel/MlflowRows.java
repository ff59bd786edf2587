package org.headct.ich.jobs.trainmodel;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.headct.ich.jobs.file.Json;
import org.headct.ich.jobs.modelstore.EpochMetrics;
import org.headct.ich.jobs.modelstore.RunInfo;
import org.mlflow.api.proto.Service.Metric;
import org.mlflow.api.proto.Service.Param;
import org.mlflow.api.proto.Service.RunTag;

/** Rows of MLflow's REST API 2.0 for a run (runs/create, runs/log-batch, runs/update). */
final class MlflowRows {
  /**
   * Sections of the settings that decide a model. Paths and properties of the catalog are not sent:
   * they may name people and hold passwords.
   */
  private static final List<String> SECTIONS =
      List.of("datasets", "select", "split", "tensors", "train");

  /** Longest value of a parameter that every release of MLflow takes. */
  private static final int MOST_LETTERS = 250;

  private MlflowRows() {}

  /** Returns the settings as typed and, below "run.", as the run resolved them. */
  static List<Param> params(RunInfo run) {
    Map<String, String> values = new TreeMap<>();
    JsonNode settings = parsed(run.configuration().getOrDefault("settings", "{}"));
    SECTIONS.forEach(section -> flatten(section, settings.path(section), values));
    flatten("run", Json.MAPPER.valueToTree(run.settings()), values);
    values.put("run.dataset", run.dataset());
    values.put("run.parameters", Long.toString(run.parameters()));
    List<Param> params = new ArrayList<>();
    values.forEach(
        (key, value) ->
            params.add(
                Param.newBuilder()
                    .setKey(key)
                    .setValue(value.substring(0, Math.min(MOST_LETTERS, value.length())))
                    .build()));
    return params;
  }

  /** Returns the tags that say where the run comes from. */
  static List<RunTag> tags(RunInfo run) {
    Map<String, String> tags =
        Map.of(
            "code_version", run.codeVersion(),
            "tensor_snapshot", Long.toString(run.tensorSnapshot()),
            "dataset", run.dataset(),
            "backend", run.backend(),
            "mlflow.source.name", "ich train-model");
    return new TreeMap<>(tags)
        .entrySet().stream()
            .map(e -> RunTag.newBuilder().setKey(e.getKey()).setValue(e.getValue()).build())
            .toList();
  }

  /** Returns the figures of an epoch; its number is the step. */
  static List<Metric> metrics(EpochMetrics epoch) {
    Map<String, Double> values = new TreeMap<>();
    values.put("loss", epoch.trainLoss());
    if (epoch.validationLoss() != null) {
      values.put("validation_loss", epoch.validationLoss());
    }
    epoch.validationAuc().forEach((name, auc) -> values.put("validation_auc_" + name, auc));
    values.put("learning_rate", epoch.learningRate());
    values.put("images_per_second", epoch.imagesPerSecond());
    values.put("epoch_seconds", epoch.seconds());
    long now = System.currentTimeMillis();
    return values.entrySet().stream()
        .map(
            e ->
                Metric.newBuilder()
                    .setKey(e.getKey())
                    .setValue(e.getValue())
                    .setTimestamp(now)
                    .setStep(epoch.epoch())
                    .build())
        .toList();
  }

  /** Returns the request that opens a run again. */
  static String running(String runId) {
    return Json.MAPPER.createObjectNode().put("run_id", runId).put("status", "RUNNING").toString();
  }

  private static JsonNode parsed(String json) {
    try {
      return Json.MAPPER.readTree(json);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("run.json holds settings that are no JSON", e);
    }
  }

  private static void flatten(String key, JsonNode node, Map<String, String> values) {
    if (node.isObject()) {
      node.fields().forEachRemaining(e -> flatten(key + "." + e.getKey(), e.getValue(), values));
    } else if (!node.isMissingNode()) {
      values.put(key, node.isTextual() ? node.textValue() : node.toString());
    }
  }
}
