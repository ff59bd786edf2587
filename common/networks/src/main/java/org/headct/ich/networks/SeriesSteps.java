package org.headct.ich.networks;

import static org.nd4j.linalg.indexing.NDArrayIndex.all;
import static org.nd4j.linalg.indexing.NDArrayIndex.interval;

import java.util.Locale;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.api.MaskState;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.graph.vertex.BaseGraphVertex;
import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.headct.ich.networks.SeriesVertex.Direction;
import org.jspecify.annotations.Nullable;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The computation of a {@link SeriesVertex}. The places get no gradient. */
final class SeriesSteps extends BaseGraphVertex {
  private static final long serialVersionUID = 1L;

  private final Direction direction;

  SeriesSteps(ComputationGraph graph, String name, int index, DataType type, Direction direction) {
    super(graph, name, index, null, null, type);
    this.direction = direction;
  }

  @Override
  public INDArray doForward(boolean training, LayerWorkspaceMgr workspaces) {
    return switch (direction) {
      case STEPS -> steps(inputs[0], workspaces, ArrayType.ACTIVATIONS);
      case ROWS -> rows(inputs[0], workspaces, ArrayType.ACTIVATIONS);
      case MAXIMA -> maxima(inputs[0], workspaces);
    };
  }

  @Override
  public Pair<Gradient, INDArray[]> doBackward(boolean tbptt, LayerWorkspaceMgr workspaces) {
    INDArray below =
        switch (direction) {
          case STEPS -> rows(epsilon, workspaces, ArrayType.ACTIVATION_GRAD);
          case ROWS -> steps(epsilon, workspaces, ArrayType.ACTIVATION_GRAD);
          case MAXIMA -> gradientOfMaxima(inputs[0], epsilon, workspaces);
        };
    return new Pair<>(null, new INDArray[] {below, null});
  }

  /** Returns the number of slices in each series. */
  private int[] lengths() {
    return inputs[1].sum(1, 2).toIntVector();
  }

  private INDArray steps(INDArray rows, LayerWorkspaceMgr workspaces, ArrayType type) {
    int[] lengths = lengths();
    check(rows.size(0), lengths);
    long[] shape = {lengths.length, rows.size(1), inputs[1].size(2)};
    INDArray steps = workspaces.create(type, rows.dataType(), shape, 'c');
    int at = 0;
    for (int n = 0; n < lengths.length; n++) {
      filled(steps, n, lengths[n])
          .assign(rows.get(interval(at, at + lengths[n]), all()).transpose());
      at += lengths[n];
    }
    return steps;
  }

  private INDArray rows(INDArray steps, LayerWorkspaceMgr workspaces, ArrayType type) {
    int[] lengths = lengths();
    long[] shape = {sum(lengths), steps.size(1)};
    INDArray rows = workspaces.create(type, steps.dataType(), shape, 'c');
    int at = 0;
    for (int n = 0; n < lengths.length; n++) {
      rows.get(interval(at, at + lengths[n]), all())
          .assign(filled(steps, n, lengths[n]).transpose());
      at += lengths[n];
    }
    return rows;
  }

  private INDArray maxima(INDArray rows, LayerWorkspaceMgr workspaces) {
    int[] lengths = lengths();
    check(rows.size(0), lengths);
    INDArray maxima =
        workspaces.create(ArrayType.ACTIVATIONS, rows.dataType(), rows.shape(), 'c').assign(0);
    int at = 0;
    for (int length : lengths) {
      INDArray series = rows.get(interval(at, at + length), all());
      maxima
          .get(interval(at, at + length), all())
          .addiRowVector(series.max(0).reshape(1, rows.size(1)));
      at += length;
    }
    return maxima;
  }

  /** Gives the row that had the maximum the summed gradients of all rows of its series. */
  private INDArray gradientOfMaxima(
      INDArray rows, INDArray gradient, LayerWorkspaceMgr workspaces) {
    INDArray below =
        workspaces.create(ArrayType.ACTIVATION_GRAD, rows.dataType(), rows.shape(), 'c').assign(0);
    int at = 0;
    for (int length : lengths()) {
      long[] highest = rows.get(interval(at, at + length), all()).argMax(0).toLongVector();
      double[] sums = gradient.get(interval(at, at + length), all()).sum(0).toDoubleVector();
      for (int f = 0; f < sums.length; f++) {
        below.putScalar(at + highest[f], f, sums[f]);
      }
      at += length;
    }
    return below;
  }

  /** Returns a view, F×length, of the steps that hold slices. */
  private static INDArray filled(INDArray steps, int series, int length) {
    return steps.slice(series).get(all(), interval(0, length));
  }

  private static void check(long rows, int[] lengths) {
    if (sum(lengths) != rows) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "got %d slices but %d places: they must be equal in number",
              rows,
              sum(lengths)));
    }
  }

  private static int sum(int[] lengths) {
    int sum = 0;
    for (int length : lengths) {
      sum += length;
    }
    return sum;
  }

  /** Passes the mask of the places on to steps; rows need no mask. */
  @Override
  public @Nullable Pair<INDArray, MaskState> feedForwardMaskArrays(
      INDArray @Nullable [] masks, @Nullable MaskState state, int batch) {
    return direction == Direction.STEPS && masks != null && masks[1] != null
        ? new Pair<>(masks[1], MaskState.Active)
        : null;
  }

  @Override
  public void setBackpropGradientsViewArray(@Nullable INDArray gradients) {
    if (gradients != null) {
      throw new IllegalStateException(
          "%s has no parameters, but got gradients of length %d"
              .formatted(this, gradients.length()));
    }
  }

  @Override
  public boolean hasLayer() {
    return false;
  }

  @Override
  @SuppressWarnings("NullAway") // as DL4J's own vertices without a layer
  public Layer getLayer() {
    return null;
  }

  @Override
  public String toString() {
    return "SeriesSteps(%s, %s)".formatted(vertexName, direction);
  }
}
