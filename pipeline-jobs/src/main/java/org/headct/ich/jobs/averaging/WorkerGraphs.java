package org.headct.ich.jobs.averaging;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.jspecify.annotations.Nullable;

/**
 * The idle networks of this JVM. Creating a network takes longer than copying parameters into it,
 * and its memory is as large as the transferred arrays. So an executor keeps as many networks as it
 * had concurrent tasks. Networks of an earlier epoch have another learning rate; they are freed
 * when a task of a later epoch needs one.
 */
final class WorkerGraphs {
  private record Idle(String key, TrainedGraph graph) {}

  private static final Deque<Idle> IDLE = new ArrayDeque<>();

  private WorkerGraphs() {}

  /**
   * Returns a network for one task, with the parameters at the start of the round.
   *
   * @param key key of run and epoch: networks under one key have the same configuration
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

  /** Keeps a network for the next round; a network whose task failed must be freed instead. */
  static synchronized void giveBack(String key, TrainedGraph graph) {
    IDLE.push(new Idle(key, graph));
  }

  /** Frees all networks, at the end of a run. */
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
