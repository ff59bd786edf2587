package org.headct.ich.jobs.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.headct.ich.domain.config.Settings;
import org.headct.ich.domain.config.SettingsLoader;
import org.headct.ich.domain.config.TrainConfig;
import org.headct.ich.domain.training.Head;
import org.headct.ich.domain.training.NetworkName;
import org.headct.ich.networks.Networks;
import org.headct.ich.networks.onednn.OneDnn;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.MultiDataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Nesterovs;

/**
 * Measurement of the steps of one network in a JVM of its own. It prints the same JSON as
 * training-peer.py.
 */
final class TrainingStep {
  private static final int WARM_UPS = 2;

  private TrainingStep() {}

  private static NetworkName network(String name) {
    Settings settings = SettingsLoader.load(List.of(), List.of("train.network=" + name));
    return TrainConfig.from(settings).settings().network();
  }

  /**
   * Runs the steps. The arguments are network, side, batch, steps, and {@code ours} or {@code
   * dl4j}.
   */
  public static void main(String[] args) throws IOException {
    int side = Integer.parseInt(args[1]);
    int batch = Integer.parseInt(args[2]);
    ComputationGraph network =
        Networks.create(
            new Networks.Form(network(args[0]), Head.BINARY, 3, side),
            new Nesterovs(0.01, 0.9),
            1e-4,
            0,
            1);
    if (args[4].equals("ours")) {
      network = OneDnn.graph(network.getConfiguration(), network.params());
    }
    INDArray labels = Nd4j.rand(DataType.FLOAT, batch, 1).gt(0.5).castTo(DataType.FLOAT);
    MultiDataSet data =
        new MultiDataSet(Nd4j.rand(DataType.FLOAT, batch, 3, side, side), labels.mul(2).sub(1));
    double[] seconds = new double[WARM_UPS + Integer.parseInt(args[3])];
    for (int step = 0; step < seconds.length; step++) {
      long start = System.nanoTime();
      network.fit(data);
      seconds[step] = (System.nanoTime() - start) / 1e9;
    }
    List<Double> timed =
        IntStream.range(WARM_UPS, seconds.length).mapToObj(i -> seconds[i]).toList();
    System.out.println(
        new ObjectMapper()
            .writeValueAsString(Map.of("seconds", timed, "peakBytes", MemoryProbe.peakBytes())));
  }
}
