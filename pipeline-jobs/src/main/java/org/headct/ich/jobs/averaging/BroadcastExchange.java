package org.headct.ich.jobs.averaging;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.apache.spark.HashPartitioner;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.spark.api.worker.NetBroadcastTuple;
import scala.Tuple2;

/**
 * The transfer of arrays over the network. A broadcast sends them to the workers, and the workers'
 * arrays return in chunks. No task holds more than a few chunks. With depth 2 executors average
 * each chunk, and the driver gets one set of arrays. With depth 1 the driver gets the arrays of all
 * workers.
 */
final class BroadcastExchange implements Exchange<Tuple2<Integer, ParameterChunk>> {
  private static final long serialVersionUID = 1L;

  private final Broadcast<NetBroadcastTuple> broadcast;
  private final int depth;
  private final int chunkFloats;

  /**
   * Broadcasts the arrays.
   *
   * @param start arrays at the start of the round
   * @param workers number of workers in the round; there are about four chunks for each
   * @param depth 1 or 2
   * @param largestChunk largest chunk in floats
   */
  BroadcastExchange(
      JavaSparkContext spark, ModelArrays start, int workers, int depth, int largestChunk) {
    this.depth = depth;
    this.chunkFloats =
        (int)
            Math.max(1, Math.min(largestChunk, (start.length() + 4L * workers - 1) / 4 / workers));
    broadcast =
        spark.broadcast(
            new NetBroadcastTuple(
                (ComputationGraphConfiguration) null, start.params(), start.updaterState()));
  }

  @Override
  public ModelArrays start() {
    NetBroadcastTuple tuple = broadcast.value();
    return new ModelArrays(tuple.getParameters(), tuple.getUpdaterState());
  }

  /** Cuts chunks while Spark writes them, so that a task has one in memory. */
  @Override
  public Iterator<Tuple2<Integer, ParameterChunk>> finish(
      WorkerReport report, TrainedGraph graph, Runnable giveBack) {
    ModelArrays arrays = graph.arrays();
    List<FloatBuffer> memory = arrays.memory();
    List<Cut> cuts = cuts(memory);
    return new Iterator<>() {
      private int at;

      @Override
      public boolean hasNext() {
        return at < cuts.size();
      }

      @Override
      public Tuple2<Integer, ParameterChunk> next() {
        Cut cut = cuts.get(at);
        ByteBuffer bytes =
            ByteBuffer.allocate(cut.floats() * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(memory.get(cut.array()).slice(cut.from(), cut.floats()));
        Tuple2<Integer, ParameterChunk> chunk =
            new Tuple2<>(at, new ParameterChunk(report, bytes.array()));
        at++;
        if (!hasNext()) {
          giveBack.run();
        }
        return chunk;
      }
    };
  }

  @Override
  public List<WorkerReport> average(
      JavaRDD<Tuple2<Integer, ParameterChunk>> results, ModelArrays target) {
    JavaPairRDD<Integer, ParameterChunk> chunks = JavaPairRDD.fromJavaRDD(results);
    List<FloatBuffer> to = target.memory();
    List<Cut> cuts = cuts(to);
    List<WorkerReport> reports = new ArrayList<>();
    if (depth == 1) {
      Map<Integer, List<ParameterChunk>> all = new TreeMap<>();
      chunks
          .collect()
          .forEach(p -> all.computeIfAbsent(p._1(), i -> new ArrayList<>()).add(p._2()));
      all.forEach((i, parts) -> write(Averaged.of(i, parts), cuts.get(i), to, reports));
    } else {
      chunks
          .groupByKey(new HashPartitioner(cuts.size()))
          .map(
              group ->
                  Averaged.of(
                      group._1(),
                      StreamSupport.stream(group._2().spliterator(), false)
                          .collect(Collectors.toList())))
          .collect()
          .forEach(a -> write(a, cuts.get(a.index()), to, reports));
    }
    target.written();
    return reports;
  }

  private static void write(
      Averaged averaged, Cut cut, List<FloatBuffer> to, List<WorkerReport> reports) {
    to.get(cut.array()).slice(cut.from(), cut.floats()).put(averaged.floats());
    if (averaged.index() == 0) {
      reports.addAll(averaged.reports());
    }
  }

  @Override
  public void end() {
    broadcast.destroy();
  }

  /** The position of a chunk: index of the array, first float and number of floats. */
  private record Cut(int array, int from, int floats) {}

  private List<Cut> cuts(List<FloatBuffer> arrays) {
    List<Cut> cuts = new ArrayList<>();
    for (int i = 0; i < arrays.size(); i++) {
      int length = arrays.get(i).limit();
      for (int from = 0; from < length; from += chunkFloats) {
        cuts.add(new Cut(i, from, Math.min(chunkFloats, length - from)));
      }
    }
    return cuts;
  }

  /** The mean of one chunk. */
  private record Averaged(int index, List<WorkerReport> reports, byte[] bytes)
      implements java.io.Serializable {
    static Averaged of(int index, List<ParameterChunk> unordered) {
      List<ParameterChunk> parts =
          unordered.stream().sorted(Comparator.comparingInt(p -> p.report().worker())).toList();
      List<WorkerReport> reports = parts.stream().map(ParameterChunk::report).toList();
      byte[] mean = new byte[parts.get(0).bytes().length];
      new WeightedMean(reports)
          .of(
              parts.stream().map(p -> ParameterChunk.floats(p.bytes())).toList(),
              ParameterChunk.floats(mean));
      return new Averaged(index, new ArrayList<>(reports), mean);
    }

    FloatBuffer floats() {
      return ParameterChunk.floats(bytes);
    }
  }
}
