package org.headct.ich.networks.weights;

import java.io.IOException;
import java.util.function.Function;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.headct.ich.domain.config.TrainConfig.WeightsInput;
import org.headct.ich.domain.error.UserException;
import org.headct.ich.networks.BottleneckStride;
import org.headct.ich.networks.Freezing;

/**
 * A network of this project with the parameters of a file and new heads.
 *
 * @param network the network to train
 * @param from the weights that it started from
 */
public record InitialNetwork(ComputationGraph network, StartingWeights from) {

  /**
   * The settings for reading a file.
   *
   * @param input the input that the file's network took
   * @param freeze none, backbone or a stage, {@link Freezing}
   */
  public record Request(WeightsInput input, String freeze) {}

  /**
   * Reads the file and copies the parameters that it has.
   *
   * @param file a Keras model or a DL4J zip
   * @param fresh factory of the network to train, with random weights and the given bottleneck
   *     stride of the file
   * @throws UserException if the file holds another network; the message names the layer, and the
   *     wanted and found shapes
   */
  public static InitialNetwork of(
      WeightsFile file, Request request, Function<BottleneckStride, ComputationGraph> fresh)
      throws IOException {
    SourceNetwork source = SourceNetwork.read(file.path(), file.name());
    InputScale scale = scale(request.input(), source.form());
    ComputationGraph network = fresh.apply(source.stride());
    new ParameterCopy(source, network, scale).run();
    ComputationGraph frozen = Freezing.freeze(network, request.freeze());
    return new InitialNetwork(
        frozen,
        new StartingWeights(
            file.name(),
            file.lengthBytes(),
            file.sha256(),
            scale.key(),
            request.freeze(),
            Freezing.frozen(frozen)));
  }

  private static InputScale scale(WeightsInput input, SourceNetwork.Form form) {
    return switch (input) {
      case AUTO -> form == SourceNetwork.Form.KERAS ? InputScale.CAFFE : InputScale.SAME;
      case SAME -> InputScale.SAME;
      case CAFFE -> InputScale.CAFFE;
      case TORCH -> InputScale.TORCH;
    };
  }
}
