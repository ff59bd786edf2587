package org.headct.ich.jobs.averaging;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.jspecify.annotations.Nullable;

/**
 * The networks of this JVM that wait for their next round. Making one takes longer than copying the
 * parameters into it, and its memory is as large as what travels; so an executor keeps as many as
 * it had tasks at a time. Those of an earlier epoch, which know another learning rate, are freed
 * when a task of a later one asks.
 */
final class WorkerGraphs {
  private record Idle(String key, TrainedGraph graph) {}

  private static final Deque<Idle> IDLE = new ArrayDeque<>();

  private WorkerGraphs() {}

  /**
   * A network for one task, with the parameters of the round's start.
   *
   * @param key of run and epoch: networks under one key have one configuration
   */
  static TrainedGraph take(
      String key, ComputationGraphConfiguration configuration, ModelArrays start) {
    TrainedGraph graph = idle(key);
    if (graph == null) {
      graph = TrainedGraph.of(configuration, start);
    }
    graph.arrays().assign(start);
    return graph;
  }

  /** For the next round; a network whose task failed is freed instead. */
  static synchronized void giveBack(String key, TrainedGraph graph) {
    IDLE.push(new Idle(key, graph));
  }

  /** Frees them all, at the end of a run. */
  static synchronized void clear() {
    IDLE.forEach(idle -> idle.graph().close());
    IDLE.clear();
  }

  private static synchronized @Nullable TrainedGraph idle(String key) {
    Iterator<Idle> all = IDLE.iterator();
    while (all.hasNext()) {
      Idle idle = all.next();
      if (!idle.key().equals(key)) {
        idle.graph().close();
        all.remove();
      }
    }
    Idle first = IDLE.poll();
    return first == null ? null : first.graph();
  }
}
