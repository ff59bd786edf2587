package org.headct.ich.jobs.weights;

import java.io.IOException;
import java.util.function.Function;
import org.apache.hadoop.conf.Configuration;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.headct.ich.common.config.TrainConfig.WeightsInput;
import org.headct.ich.common.error.UserException;
import org.headct.ich.jobs.network.BottleneckStride;
import org.headct.ich.jobs.network.Freezing;

/**
 * A network of ours with the parameters of a file and new heads.
 *
 * @param network to train
 * @param from what it started from
 */
public record InitialNetwork(ComputationGraph network, StartingWeights from) {

  /**
   * What to start from.
   *
   * @param file a Keras model or a DL4J zip on any Hadoop file system
   * @param input what the file's network took
   * @param freeze none, backbone or a stage, {@link Freezing}
   */
  public record Request(String file, WeightsInput input, String freeze) {}

  /**
   * Reads the file and copies what it has.
   *
   * @param fresh makes the network to train with random weights, its bottlenecks like the file's
   * @throws UserException if there is no such file, or if it is of another network: says which
   *     layer, and which shape was wanted and found
   */
  public static InitialNetwork of(
      Configuration conf, Request request, Function<BottleneckStride, ComputationGraph> fresh)
      throws IOException {
    try (LocalFile file = LocalFile.of(conf, request.file())) {
      SourceNetwork source = SourceNetwork.read(file.path(), request.file());
      InputScale scale = scale(request.input(), source.form());
      ComputationGraph network = fresh.apply(source.stride());
      new ParameterCopy(source, network, scale).run();
      ComputationGraph frozen = Freezing.freeze(network, request.freeze());
      return new InitialNetwork(
          frozen,
          new StartingWeights(
              request.file(),
              file.length(),
              file.sha256(),
              scale.key(),
              request.freeze(),
              Freezing.frozen(frozen)));
    }
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
