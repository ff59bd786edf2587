package org.headct.ich.jobs.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Server with the part of MLflow's REST API 2.0 that a run needs, by its documentation and with its
 * rules: unknown runs are refused, parameters never change, a call has at most 100 parameters and
 * 1000 rows.
 */
public final class TrackingServer implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String BASE = "/api/2.0/mlflow/";

  /** Data of a run on the server. */
  public static final class Run {
    public String status = "RUNNING";
    public String name = "";
    public final Map<String, String> params = new TreeMap<>();
    public final Map<String, String> tags = new TreeMap<>();

    /** Values of each metric by step. */
    public final Map<String, Map<Long, Double>> metrics = new TreeMap<>();
  }

  private final HttpServer http;
  private final List<String> experiments = new ArrayList<>();
  private final Map<String, Run> runs = new LinkedHashMap<>();
  private volatile boolean broken;

  /** Serves on a free port of the loopback interface. */
  public TrackingServer() {
    try {
      http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    http.createContext("/", this::answer);
    http.start();
  }

  public String address() {
    return "http://127.0.0.1:" + http.getAddress().getPort();
  }

  /** Answers every call with 500 from now on, or stops doing so. */
  public void breakDown(boolean yes) {
    broken = yes;
  }

  public List<String> experiments() {
    return experiments;
  }

  /** Returns the runs by id, in the order of their creation. */
  public Map<String, Run> runs() {
    return runs;
  }

  @Override
  public void close() {
    http.stop(0);
  }

  private synchronized void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      String path = exchange.getRequestURI().getPath();
      byte[] body = exchange.getRequestBody().readAllBytes();
      if (broken) {
        reply(exchange, 500, error("INTERNAL_ERROR", "out of order"));
      } else if (!path.startsWith(BASE)) {
        reply(exchange, 404, error("ENDPOINT_NOT_FOUND", path));
      } else {
        JsonNode request = body.length == 0 ? JSON.createObjectNode() : JSON.readTree(body);
        call(exchange, exchange.getRequestMethod() + " " + path.substring(BASE.length()), request);
      }
    }
  }

  private void call(HttpExchange exchange, String what, JsonNode request) throws IOException {
    switch (what) {
      case "GET experiments/get-by-name" -> {
        String name = exchange.getRequestURI().getQuery().replaceFirst("experiment_name=", "");
        if (experiments.contains(name)) {
          reply(
              exchange,
              200,
              "{\"experiment\":{\"experiment_id\":\"%d\",\"name\":\"%s\"}}"
                  .formatted(1 + experiments.indexOf(name), name));
        } else {
          reply(exchange, 404, error("RESOURCE_DOES_NOT_EXIST", name));
        }
      }
      case "POST experiments/create" -> {
        experiments.add(request.get("name").textValue());
        reply(exchange, 200, "{\"experiment_id\":\"%d\"}".formatted(experiments.size()));
      }
      case "POST runs/create" -> {
        String id = "%032x".formatted(runs.size() + 1);
        Run run = new Run();
        run.name = request.get("run_name").textValue();
        request.path("tags").forEach(t -> run.tags.put(text(t, "key"), text(t, "value")));
        runs.put(id, run);
        reply(
            exchange,
            200,
            "{\"run\":{\"info\":{\"run_id\":\"%s\",\"experiment_id\":\"1\"}}}".formatted(id));
      }
      case "POST runs/log-batch" -> log(exchange, request);
      case "POST runs/update" -> {
        Run run = runs.get(text(request, "run_id"));
        if (run == null) {
          reply(exchange, 404, error("RESOURCE_DOES_NOT_EXIST", request.toString()));
        } else {
          run.status = text(request, "status");
          reply(exchange, 200, "{\"run_info\":{\"run_id\":" + request.get("run_id") + "}}");
        }
      }
      default -> reply(exchange, 404, error("ENDPOINT_NOT_FOUND", what));
    }
  }

  private void log(HttpExchange exchange, JsonNode request) throws IOException {
    Run run = runs.get(text(request, "run_id"));
    JsonNode params = request.path("params");
    if (run == null || params.size() > 100 || request.path("metrics").size() > 1000) {
      reply(exchange, 400, error("INVALID_PARAMETER_VALUE", "no such run, or too many rows"));
      return;
    }
    for (JsonNode p : params) {
      String before = run.params.putIfAbsent(text(p, "key"), text(p, "value"));
      if (!text(p, "key").matches("[A-Za-z0-9_./ -]{1,250}")
          || text(p, "value").length() > 500
          || before != null && !before.equals(text(p, "value"))) {
        reply(exchange, 400, error("INVALID_PARAMETER_VALUE", p.toString()));
        return;
      }
    }
    for (JsonNode m : request.path("metrics")) {
      run.metrics
          .computeIfAbsent(text(m, "key"), k -> new TreeMap<>())
          .merge(
              m.get("step").asLong(),
              m.get("value").doubleValue(),
              (a, b) -> {
                throw new IllegalStateException("told twice: " + m);
              });
    }
    reply(exchange, 200, "{}");
  }

  private static String text(JsonNode node, String name) {
    return node.get(name).textValue();
  }

  private static String error(String code, String message) {
    return JSON.createObjectNode().put("error_code", code).put("message", message).toString();
  }

  private static void reply(HttpExchange exchange, int status, String json) throws IOException {
    byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().add("Content-Type", "application/json");
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
  }
}
