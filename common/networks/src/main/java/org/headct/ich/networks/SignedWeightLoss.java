package org.headct.ich.networks;

import java.util.Locale;
import java.util.function.DoubleBinaryOperator;
import org.jspecify.annotations.Nullable;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.activations.impl.ActivationSigmoid;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.lossfunctions.ILossFunction;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * Binary cross-entropy of one sigmoid output with a weight for every row. The label array (N×1)
 * holds +w for a positive row and −w for a negative one, w ≥ 0.
 *
 * <p>DL4J's own method, a label mask that holds the weights, gives wrong results: the output layer
 * multiplies its logits by the mask, and the loss multiplies the gradient by it twice. Also, DL4J's
 * clipping makes the gradient of a confident wrong prediction vanish. Here the gradient by the
 * logit z is w · (sigmoid(z) − target).
 *
 * <p>With label smoothing s the target of label y is y · (1 − s) + s / 2 [Szegedy et al. 2016,
 * "Rethinking the Inception Architecture", section 7, for two classes]. The network's configuration
 * contains s, so workers and resumed runs have it. In a model file without it, s is 0.
 *
 * <p>Model files name this class, so loading one outside this project needs this project's jar.
 */
public final class SignedWeightLoss implements ILossFunction {
  private static final long serialVersionUID = 1L;

  private final double smoothing;

  /**
   * Creates the loss.
   *
   * @param smoothing label smoothing, in [0, 1); 0 for none
   */
  public SignedWeightLoss(@JsonProperty("smoothing") double smoothing) {
    if (!(smoothing >= 0 && smoothing < 1)) {
      throw new IllegalArgumentException(
          "label smoothing must be 0 or more and below 1, got " + smoothing);
    }
    this.smoothing = smoothing;
  }

  /** Returns the label smoothing, in [0, 1); 0 for none. */
  @JsonProperty("smoothing")
  public double smoothing() {
    return smoothing;
  }

  /** Returns the label array's element for a row. */
  public static float encode(int label, double weight) {
    return (float) (label > 0 ? weight : -weight);
  }

  @Override
  public double computeScore(
      INDArray labels,
      INDArray preOutput,
      IActivation activation,
      @Nullable INDArray mask,
      boolean average) {
    double sum = computeScoreArray(labels, preOutput, activation, mask).sumNumber().doubleValue();
    return average ? sum / preOutput.size(0) : sum;
  }

  /** Returns N×1: w · (t · ln(1 + exp(−z)) + (1 − t) · ln(1 + exp(z))), where t is the target. */
  @Override
  public INDArray computeScoreArray(
      INDArray labels, INDArray preOutput, IActivation activation, @Nullable INDArray mask) {
    check(labels, preOutput, activation, mask);
    return rows(
        labels,
        preOutput,
        (target, z) -> {
          // The larger of ln(1 + exp(±z)) is the smaller one plus |z|.
          double other = z > 0 ? 1 - target : target;
          return Math.log1p(Math.exp(-Math.abs(z))) + other * Math.abs(z);
        });
  }

  @Override
  public INDArray computeGradient(
      INDArray labels, INDArray preOutput, IActivation activation, @Nullable INDArray mask) {
    check(labels, preOutput, activation, mask);
    return rows(labels, preOutput, (target, z) -> 1 / (1 + Math.exp(-z)) - target);
  }

  /** Returns N×1: a function of each row's target and logit, times the row's weight. */
  private INDArray rows(
      INDArray labels, INDArray preOutput, DoubleBinaryOperator ofTargetAndLogit) {
    int n = Math.toIntExact(preOutput.length());
    double[] values = new double[n];
    for (int i = 0; i < n; i++) {
      double label = labels.getDouble(i);
      values[i] =
          Math.abs(label) * ofTargetAndLogit.applyAsDouble(target(label), preOutput.getDouble(i));
    }
    return Nd4j.create(values, new long[] {n, 1}, 'c').castTo(preOutput.dataType());
  }

  @Override
  public Pair<Double, INDArray> computeGradientAndScore(
      INDArray labels,
      INDArray preOutput,
      IActivation activation,
      @Nullable INDArray mask,
      boolean average) {
    return new Pair<>(
        computeScore(labels, preOutput, activation, mask, average),
        computeGradient(labels, preOutput, activation, mask));
  }

  @Override
  public String name() {
    return getClass().getSimpleName();
  }

  /** Compares the smoothing, because DL4J compares configurations. */
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof SignedWeightLoss loss && loss.smoothing == smoothing;
  }

  @Override
  public int hashCode() {
    return Double.hashCode(smoothing);
  }

  private double target(double label) {
    return label > 0 ? 1 - smoothing / 2 : smoothing / 2;
  }

  private static void check(
      INDArray labels, INDArray preOutput, IActivation activation, @Nullable INDArray mask) {
    if (!(activation instanceof ActivationSigmoid)
        || mask != null
        || preOutput.size(1) != 1
        || labels.length() != preOutput.length()) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "needs one sigmoid output without a label mask, got %s, %d outputs, mask: %s",
              activation,
              preOutput.size(1),
              mask != null));
    }
  }
}
