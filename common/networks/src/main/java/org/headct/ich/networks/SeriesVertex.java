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
 * A vertex that converts between rows of slices and steps of series. Its first input holds the
 * features of the slices of all series of a batch. Its second input holds the places of the slices:
 * N×1×T for N series, with 1 for a slice and 0 after the last slice of a shorter series. M is the
 * number of slices, the sum of the places. Rows are ordered series by series, each in slice order.
 *
 * <p>Model files name this class, so loading one outside this project needs this project's jar.
 */
public final class SeriesVertex extends GraphVertex {
  private static final long serialVersionUID = 1L;

  /** The conversion that the vertex does. */
  public enum Direction {
    /** Rows M×F to steps N×F×T, 0 where there is no slice; passes the mask of the places on. */
    STEPS,
    /** Steps N×F×T to rows M×F. */
    ROWS,
    /** Rows M×F to the maxima over each series, repeated in each of its rows: M×F. */
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

  /** Compares the direction, because DL4J compares configurations. */
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
        String.format(Locale.ROOT, "a SeriesVertex cannot make %s of %s", way, inputs[0]));
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
