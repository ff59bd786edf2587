package org.headct.ich.networks.weights;

import java.io.IOException;
import java.util.function.Function;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.headct.ich.domain.error.UserException;
import org.headct.ich.domain.training.InputScale;
import org.headct.ich.domain.training.WeightsSettings;
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
   * Reads the file and copies the parameters that it has.
   *
   * @param file a Keras model or a DL4J zip
   * @param asked the file's input, and the layers that keep its weights, {@link Freezing}
   * @param fresh factory of the network to train, with random weights and the given bottleneck
   *     stride of the file
   * @throws UserException if the file holds another network; the message names the layer, and the
   *     wanted and found shapes
   */
  public static InitialNetwork of(
      WeightsFile file, WeightsSettings asked, Function<BottleneckStride, ComputationGraph> fresh)
      throws IOException {
    SourceNetwork source = SourceNetwork.read(file.path(), file.name());
    InputScale scale = asked.input().orElse(usual(source.form()));
    ComputationGraph network = fresh.apply(source.stride());
    new ParameterCopy(source, network, scale).run();
    ComputationGraph frozen = Freezing.freeze(network, asked.freeze());
    return new InitialNetwork(
        frozen,
        new StartingWeights(
            file.name(),
            file.lengthBytes(),
            file.sha256(),
            scale.key(),
            asked.freeze(),
            Freezing.frozen(frozen)));
  }

  private static InputScale usual(SourceNetwork.Form form) {
    return form == SourceNetwork.Form.KERAS ? InputScale.CAFFE : InputScale.SAME;
  }
}
