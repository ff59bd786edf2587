package org.headct.ich.jobs.averaging;

import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.spark.api.java.JavaRDD;

/**
 * The transfer of arrays within one process, without serialisation. A worker copies from the
 * driver's network, and the driver averages directly from the workers' networks.
 */
final class SharedExchange implements Exchange<WorkerReport> {
  private static final long serialVersionUID = 1L;

  /** The open rounds of this process by id, because tasks get a copy of the exchange. */
  private static final Map<String, Round> ROUNDS = new ConcurrentHashMap<>();

  private record Held(TrainedGraph graph, Runnable giveBack) {}

  private record Round(ModelArrays start, Map<Integer, Held> results) {}

  private final String id = UUID.randomUUID().toString();

  SharedExchange(ModelArrays start) {
    ROUNDS.put(id, new Round(start, new ConcurrentHashMap<>()));
  }

  @Override
  public ModelArrays start() {
    return round().start();
  }

  @Override
  public Iterator<WorkerReport> finish(WorkerReport report, TrainedGraph graph, Runnable giveBack) {
    // A second attempt has computed the same result.
    if (round().results().putIfAbsent(report.worker(), new Held(graph, giveBack)) != null) {
      giveBack.run();
    }
    return List.of(report).iterator();
  }

  @Override
  public List<WorkerReport> average(JavaRDD<WorkerReport> results, ModelArrays target) {
    List<WorkerReport> reports = results.collect();
    WeightedMean mean = new WeightedMean(reports);
    List<Held> held = reports.stream().map(r -> result(r.worker())).toList();
    List<FloatBuffer> to = target.memory();
    for (int i = 0; i < to.size(); i++) {
      List<FloatBuffer> parts = new ArrayList<>();
      for (Held h : held) {
        parts.add(h.graph().arrays().memory().get(i));
      }
      mean.of(parts, to.get(i));
    }
    target.written();
    held.forEach(h -> h.giveBack().run());
    return reports;
  }

  private Held result(int worker) {
    Held held = round().results().get(worker);
    if (held == null) {
      throw new IllegalStateException("no result of worker " + worker);
    }
    return held;
  }

  @Override
  public void end() {
    ROUNDS.remove(id);
  }

  private Round round() {
    Round round = ROUNDS.get(id);
    if (round == null) {
      throw new IllegalStateException("the round has ended or belongs to another process");
    }
    return round;
  }
}
