package org.headct.ich.networks;

import java.util.Locale;
import org.deeplearning4j.nn.conf.graph.GraphVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.inputs.InvalidInputTypeException;
import org.deeplearning4j.nn.conf.memory.LayerMemoryReport;
import org.deeplearning4j.nn.conf.memory.MemoryReport;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * Between slices and their series. Its first input holds what there is of the slices of all series
 * of a batch, its second the places of the slices: N×1×T for N series, 1 where a slice stands and 0
 * behind the last one of a shorter series. M is the number of slices, the sum of the places; rows
 * of slices stand series by series, each in its order.
 *
 * <p>A model file names this class, so whoever loads one outside this project needs its jar.
 */
public final class SeriesVertex extends GraphVertex {
  private static final long serialVersionUID = 1L;

  /** What it makes. */
  public enum Direction {
    /** Of rows M×F the steps N×F×T, 0 where no slice stands; the places' mask goes with them. */
    STEPS,
    /** Of steps N×F×T the rows M×F. */
    ROWS,
    /** Of rows M×F the maxima over each series, given to each of its rows: M×F. */
    MAXIMA
  }

  private final Direction way;

  public SeriesVertex(@JsonProperty("way") Direction way) {
    this.way = way;
  }

  @JsonProperty("way")
  public Direction way() {
    return way;
  }

  @Override
  public SeriesVertex clone() {
    return new SeriesVertex(way);
  }

  /** DL4J compares configurations. */
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof SeriesVertex vertex && vertex.way == way;
  }

  @Override
  public int hashCode() {
    return way.name().hashCode();
  }

  @Override
  public long numParams(boolean backprop) {
    return 0;
  }

  @Override
  public int minVertexInputs() {
    return 2;
  }

  @Override
  public int maxVertexInputs() {
    return 2;
  }

  @Override
  public org.deeplearning4j.nn.graph.vertex.GraphVertex instantiate(
      ComputationGraph graph,
      String name,
      int index,
      INDArray parameters,
      boolean initialise,
      DataType type) {
    return new SeriesSteps(graph, name, index, type, way);
  }

  @Override
  public InputType getOutputType(int index, InputType... inputs) {
    if (way == Direction.ROWS && inputs[0] instanceof InputType.InputTypeRecurrent steps) {
      return InputType.feedForward(steps.getSize());
    }
    if (way != Direction.ROWS && inputs[0] instanceof InputType.InputTypeFeedForward rows) {
      return way == Direction.STEPS ? InputType.recurrent(rows.getSize()) : rows;
    }
    throw new InvalidInputTypeException(
        String.format(Locale.ROOT, "%s of series can not be made of %s", way, inputs[0]));
  }

  @Override
  public MemoryReport getMemoryReport(InputType... inputs) {
    return new LayerMemoryReport.Builder(
            way.name(), SeriesVertex.class, inputs[0], getOutputType(0, inputs))
        .standardMemory(0, 0)
        .workingMemory(0, 0, 0, 0)
        .cacheMemory(0, 0)
        .build();
  }
}
