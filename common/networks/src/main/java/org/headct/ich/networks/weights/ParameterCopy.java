package org.headct.ich.networks.weights;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.params.BatchNormalizationParamInitializer;
import org.headct.ich.domain.error.UserException;
import org.headct.ich.domain.training.InputScale;
import org.headct.ich.networks.Networks;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.nd4j.linalg.ops.transforms.Transforms;

/**
 * A copy of parameters from a file's network into a network of this project, layer by layer. It
 * skips heads and the layers that read series. Where the file's layers differ, it converts them
 * without changing the result:
 *
 * <ul>
 *   <li>a convolution's bias b before a batch norm goes into the norm: mean − b;
 *   <li>another epsilon of a batch norm goes into the variance: variance + theirs − ours, at least
 *       1e-12;
 *   <li>another scale of the input goes into the first convolution, {@link InputScale}.
 * </ul>
 */
final class ParameterCopy {
  private static final String WEIGHTS = "W";
  private static final String BIAS = "b";
  private static final double LEAST_VARIANCE = 1e-12;

  private final SourceNetwork source;
  private final ComputationGraph target;
  private final InputScale scale;

  /** The file's layer names by this project's names. */
  private final Map<String, String> theirs = new HashMap<>();

  ParameterCopy(SourceNetwork source, ComputationGraph target, InputScale scale) {
    this.source = source;
    this.target = target;
    this.scale = scale;
    // A layer that has the same name in both networks keeps it: CNN4's first layer has the name
    // that older Keras gave to ResNet's first layer.
    source
        .names()
        .forEach((their, our) -> theirs.put(target.getVertex(their) == null ? our : their, their));
  }

  /**
   * Copies all parameters.
   *
   * @throws UserException if a layer is missing on either side, or has another shape or stride
   */
  void run() {
    List<String> heads = target.getConfiguration().getNetworkOutputs();
    TreeSet<String> unused = new TreeSet<>(theirs.keySet());
    for (Layer layer : target.getLayers()) {
      String name = layer.conf().getLayer().getLayerName();
      if (layer.numParams() > 0 && !heads.contains(name) && !name.startsWith(Networks.SERIES)) {
        unused.remove(name);
        if (!theirs.containsKey(name)) {
          throw new UserException(
              "train.weights: %s has no layer %s; train.network wants one of shape %s"
                  .formatted(source.file(), name, shape(layer)));
        }
        copy(name, layer, layer(name));
      }
    }
    if (!unused.isEmpty()) {
      String first = unused.first();
      throw new UserException(
          "train.weights: %s has a layer %s of shape %s and %d more that train.network does not have: it holds another network, so use a file of this network"
              .formatted(source.file(), their(first), shape(layer(first)), unused.size() - 1));
    }
  }

  private void copy(String name, Layer ours, Layer theirs) {
    if (SourceNetwork.conf(ours) instanceof BatchNormalization norm
        && SourceNetwork.conf(theirs) instanceof BatchNormalization theirNorm) {
      copyNorm(name, norm, theirNorm);
      return;
    }
    INDArray weights = parameter(name, WEIGHTS);
    if (weights.rank() == 2 && source.form() == SourceNetwork.Form.KERAS) {
      // Keras flattens H×W×C, this project C×H×W: the rows would fit, but mean something else.
      throw new UserException(
          "train.weights: layer %s of %s is dense; dense layers can only be read from a DL4J zip: use a ResNet"
              .formatted(their(name), source.file()));
    }
    if (SourceNetwork.conf(ours) instanceof ConvolutionLayer convolution
        && SourceNetwork.conf(theirs) instanceof ConvolutionLayer theirConvolution) {
      checkStride(name, convolution, theirConvolution);
    }
    ours.getParam(WEIGHTS).assign(isScaled(name) ? scaled(weights) : weights);
    if (ours.getParam(BIAS) != null) {
      ours.getParam(BIAS).assign(bias(name));
    }
  }

  private void copyNorm(String name, BatchNormalization ours, BatchNormalization theirs) {
    Layer to = target.getLayer(name);
    for (String key :
        List.of(
            BatchNormalizationParamInitializer.GAMMA, BatchNormalizationParamInitializer.BETA)) {
      to.getParam(key).assign(parameter(name, key));
    }
    INDArray mean = parameter(name, BatchNormalizationParamInitializer.GLOBAL_MEAN);
    String before = inputs(name).get(0);
    if (target.getLayer(before).getParam(BIAS) == null) {
      mean = mean.sub(bias(before));
    }
    to.getParam(BatchNormalizationParamInitializer.GLOBAL_MEAN).assign(mean);
    String key = variance(theirs);
    INDArray stored = layer(name).getParam(key);
    if (ours.isUseLogStd() == theirs.isUseLogStd() && ours.getEps() == theirs.getEps()) {
      to.getParam(key).assign(stored);
      return;
    }
    INDArray variance =
        theirs.isUseLogStd() ? Transforms.exp(stored.mul(2 * Math.log(10))) : stored;
    variance = Transforms.max(variance.add(theirs.getEps() - ours.getEps()), LEAST_VARIANCE);
    to.getParam(variance(ours))
        .assign(ours.isUseLogStd() ? Transforms.log(variance).mul(0.5 / Math.log(10)) : variance);
  }

  private static String variance(BatchNormalization norm) {
    return norm.isUseLogStd()
        ? BatchNormalizationParamInitializer.GLOBAL_LOG_STD
        : BatchNormalizationParamInitializer.GLOBAL_VAR;
  }

  private boolean isScaled(String name) {
    return scale != InputScale.SAME && inputs(name).contains(Networks.INPUT);
  }

  private List<String> inputs(String name) {
    return Objects.requireNonNull(target.getConfiguration().getVertexInputs().get(name), name);
  }

  /** Returns weights O×C×h×w for tensors of 0 to 1. */
  private INDArray scaled(INDArray weights) {
    if (weights.size(1) != scale.channels()) {
      throw new UserException(
          "train.weights-input: %s needs %d channels, %s takes %d: set train.weights-input=same"
              .formatted(scale.key(), scale.channels(), source.file(), weights.size(1)));
    }
    INDArray scaled = weights.dup();
    for (int c = 0; c < scale.channels(); c++) {
      scaled.get(NDArrayIndex.all(), NDArrayIndex.point(c)).muli(scale.factor(c));
    }
    return scaled;
  }

  /** Returns 1×O: the bias that a layer of the file adds to W · x; 0 if it has none. */
  private INDArray bias(String name) {
    INDArray weights = layer(name).getParam(WEIGHTS);
    INDArray stored = layer(name).getParam(BIAS);
    long outputs = weights.rank() == 2 ? weights.size(1) : weights.size(0);
    INDArray bias =
        stored == null ? Nd4j.zeros(DataType.FLOAT, 1, outputs) : stored.dup().reshape(1, outputs);
    if (isScaled(name)) {
      INDArray sums = weights.sum(2, 3);
      for (int c = 0; c < scale.channels(); c++) {
        bias.subi(sums.getColumn(c).reshape(1, outputs).mul(scale.offset(c)));
      }
    }
    return bias;
  }

  private Layer layer(String name) {
    return source.graph().getLayer(their(name));
  }

  private String their(String name) {
    return Objects.requireNonNull(theirs.get(name), name);
  }

  /** Returns a parameter of the file, checked against the shape of the target's parameter. */
  private INDArray parameter(String name, String key) {
    INDArray found = layer(name).getParam(key);
    INDArray wanted = target.getLayer(name).getParam(key);
    if (found == null || !Arrays.equals(found.shape(), wanted.shape())) {
      throw new UserException(
          "train.weights: layer %s of %s%s: wanted %s %s, found %s"
              .formatted(
                  their(name),
                  source.file(),
                  their(name).equals(name) ? "" : " (" + name + " of train.network)",
                  key,
                  Arrays.toString(wanted.shape()),
                  found == null ? "none" : Arrays.toString(found.shape())));
    }
    return found;
  }

  /**
   * Checks the stride. Rejects Keras's "same" padding at a stride: it pads one side more and so
   * shifts the picture.
   */
  private void checkStride(String name, ConvolutionLayer ours, ConvolutionLayer theirs) {
    boolean lopsided =
        theirs.getConvolutionMode() == ConvolutionMode.Same
            && theirs.getStride()[0] > 1
            && theirs.getKernelSize()[0] > 1;
    if (lopsided || !Arrays.equals(ours.getStride(), theirs.getStride())) {
      throw new UserException(
          "train.weights: layer %s of %s: wanted stride %s with padding %s, found %s with %s"
              .formatted(
                  their(name),
                  source.file(),
                  Arrays.toString(ours.getStride()),
                  Arrays.toString(ours.getPadding()),
                  Arrays.toString(theirs.getStride()),
                  lopsided ? "'same'" : Arrays.toString(theirs.getPadding())));
    }
  }

  private static String shape(Layer layer) {
    INDArray weights = layer.getParam(WEIGHTS);
    return Arrays.toString((weights == null ? layer.params() : weights).shape());
  }
}
