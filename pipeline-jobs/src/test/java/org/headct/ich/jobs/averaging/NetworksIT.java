package org.headct.ich.jobs.averaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.headct.ich.domain.training.Head;
import org.headct.ich.domain.training.NetworkName;
import org.headct.ich.domain.training.TrainSettings;
import org.headct.ich.jobs.batch.PixelBatches;
import org.headct.ich.jobs.batch.TensorRow;
import org.headct.ich.jobs.batch.TensorShape;
import org.headct.ich.jobs.testing.TestTraining;
import org.headct.ich.networks.SignedWeightLoss;
import org.headct.ich.networks.nd4j.Backend;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.activations.impl.ActivationSigmoid;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.MultiDataSet;
import org.nd4j.linalg.factory.Nd4j;

class NetworksIT {
  private static final TensorShape SHAPE = new TensorShape(2, 16, 16, "w", "uint8");

  private static TensorRow row(int seed, int label) {
    byte[] pixels = new byte[SHAPE.bytes()];
    new Random(seed).nextBytes(pixels);
    byte l = (byte) label;
    return new TensorRow("i" + seed, 1, "p", "s", new byte[] {l, l, 0, 0, l, l}, pixels);
  }

  private static INDArray gradient(TrainSettings settings, List<TensorRow> rows) {
    ComputationGraph network = SparkTrainer.newNetwork(settings, SHAPE);
    MultiDataSet batch = PixelBatches.of(settings, SHAPE).evaluation(rows);
    network.setInputs(batch.getFeatures());
    network.setLabels(batch.getLabels());
    network.computeGradientAndScore();
    return network.gradient().gradient().dup();
  }

  private static double difference(INDArray a, INDArray b) {
    return a.sub(b).norm2Number().doubleValue() / a.norm2Number().doubleValue();
  }

  @Test
  void aRowOfAClassOfWeightTwoPullsTwiceAsMuch() {
    for (Head head : List.of(Head.BINARY, Head.MULTILABEL)) {
      TrainSettings even = TestTraining.of(head).build();
      TrainSettings weighted = TestTraining.of(head).classWeights(1, 2).build();
      INDArray once = gradient(even, List.of(row(1, 1)));
      assertThat(once.norm2Number().doubleValue()).isGreaterThan(1e-3);
      assertThat(difference(gradient(weighted, List.of(row(1, 1))), once.mul(2))).isLessThan(1e-4);
      assertThat(
              difference(
                  gradient(weighted, List.of(row(1, 0))), gradient(even, List.of(row(1, 0)))))
          .isLessThan(1e-4);
      // In a batch, weight 2 equals the row twice, because DL4J's gradient is the sum over the
      // rows.
      INDArray two = gradient(weighted, List.of(row(1, 1), row(2, 0)));
      INDArray doubled = gradient(even, List.of(row(1, 1), row(2, 0), row(1, 1)));
      assertThat(difference(two, doubled)).isLessThan(1e-4);
    }
  }

  @Test
  void gradientAndScoreBelongTogether() {
    // Central differences of the score by the logit. DL4J's own check needs a whole network.
    for (double smoothing : new double[] {0, 0.1, 0.9}) {
      gradientAndScoreBelongTogether(new SignedWeightLoss(smoothing));
    }
    double p = 1 / (1 + Math.exp(-0.7));
    ActivationSigmoid sigmoid = new ActivationSigmoid();
    assertThat(
            new SignedWeightLoss(0)
                .computeScore(column(2, -1), column(0.7, 0.7), sigmoid, null, true))
        .isCloseTo((-2 * Math.log(p) - Math.log(1 - p)) / 2, within(1e-6));
    // Smoothing of 0.1 gives targets 0.95 and 0.05.
    double positive = -0.95 * Math.log(p) - 0.05 * Math.log(1 - p);
    double negative = -0.05 * Math.log(p) - 0.95 * Math.log(1 - p);
    assertThat(
            new SignedWeightLoss(0.1)
                .computeScore(column(2, -1), column(0.7, 0.7), sigmoid, null, true))
        .isCloseTo((2 * positive + negative) / 2, within(1e-6));
  }

  private static void gradientAndScoreBelongTogether(SignedWeightLoss loss) {
    ActivationSigmoid sigmoid = new ActivationSigmoid();
    double h = 1e-2;
    for (double z : new double[] {-30, -2, -0.1, 0, 0.7, 5, 40}) {
      for (double label : new double[] {1, -1, 2.5, -0.5}) {
        INDArray l = column(label);
        double up = loss.computeScore(l, column(z + h), sigmoid, null, true);
        double down = loss.computeScore(l, column(z - h), sigmoid, null, true);
        INDArray gradient = loss.computeGradient(l, column(z), sigmoid, null);
        assertThat(gradient.getDouble(0)).isCloseTo((up - down) / (2 * h), within(1e-3));
      }
    }
  }

  @Test
  void smoothingIsPartOfTheNetwork() throws IOException {
    TrainSettings settings = TestTraining.binary().labelSmoothing(0.1).build();
    ComputationGraphConfiguration made =
        SparkTrainer.newNetwork(settings, SHAPE).getConfiguration();
    ComputationGraphConfiguration plain =
        SparkTrainer.newNetwork(TestTraining.binary().build(), SHAPE).getConfiguration();
    assertThat(made).isNotEqualTo(plain);
    String json = made.toJson();
    assertThat(ComputationGraphConfiguration.fromJson(json)).isEqualTo(made);
    // A model of an earlier release has no smoothing field.
    String old = json.replaceAll("(SignedWeightLoss\")\\s*,\\s*\"smoothing\"\\s*:\\s*0\\.1", "$1");
    assertThat(old).isNotEqualTo(json).doesNotContain("smoothing");
    assertThat(ComputationGraphConfiguration.fromJson(old)).isEqualTo(plain);
  }

  private static INDArray column(double... values) {
    return Nd4j.createFromArray(values).reshape(values.length, 1);
  }

  @Test
  void aPositiveWeightIsTheWeightOfPositiveRowsAlone() {
    TrainSettings plain = TestTraining.binary().build();
    TrainSettings weighted = TestTraining.binary().positiveWeights(3).build();
    INDArray expected = gradient(plain, List.of(row(1, 1), row(1, 1), row(1, 1), row(2, 0)));
    assertThat(difference(gradient(weighted, List.of(row(1, 1), row(2, 0))), expected))
        .isLessThan(1e-4);
  }

  @Test
  void initialisationIsTheSeeds() {
    TrainSettings s = TestTraining.multilabel().network(NetworkName.RESNET18).build();
    TensorShape shape = new TensorShape(3, 32, 32, "w", "uint8");
    ComputationGraph network = SparkTrainer.newNetwork(s, shape);
    assertThat(network.params()).isEqualTo(SparkTrainer.newNetwork(s, shape).params());
    INDArray[] out = network.output(Nd4j.rand(4, 3, 32, 32));
    assertThat(out).hasSize(5);
    for (INDArray o : out) {
      assertThat(o.shape()).containsExactly(4, 1);
      assertThat(o.minNumber().doubleValue()).isBetween(0.0, 1.0);
    }
  }

  @Test
  void trainingCropsAndFlipsAndEvaluationTakesTheCentre() {
    TensorShape shape = new TensorShape(1, 8, 8, "w", "uint8");
    byte[] pixels = new byte[64];
    for (int i = 0; i < 64; i++) {
      pixels[i] = (byte) (i * 4);
    }
    TensorRow row = new TensorRow("i", 1, "p", "s", new byte[6], pixels);
    PixelBatches batches = new PixelBatches(shape, Head.BINARY, 6, 6, List.of(), List.of(), false);
    INDArray centre = batches.evaluation(List.of(row)).getFeatures(0);
    assertThat(centre.getDouble(0, 0, 0, 0)).isCloseTo(9 * 4 / 255.0, within(1e-6));
    assertThat(centre.getDouble(0, 0, 5, 5)).isCloseTo(54 * 4 / 255.0, within(1e-6));
    List<Double> corners = new ArrayList<>();
    int flipped = 0;
    for (int seed = 0; seed < 200; seed++) {
      INDArray x = batches.training(List.of(row), seed).getFeatures(0);
      assertThat(x).isEqualTo(batches.training(List.of(row), seed).getFeatures(0));
      double left = x.getDouble(0, 0, 0, 0) * 255 / 4;
      double right = x.getDouble(0, 0, 0, 5) * 255 / 4;
      assertThat(Math.abs(right - left)).isCloseTo(5, within(1e-4));
      flipped += right < left ? 1 : 0;
      corners.add((double) Math.round(Math.min(left, right)));
    }
    assertThat(flipped).isBetween(60, 140);
    assertThat(corners.stream().distinct())
        .containsExactlyInAnyOrder(0.0, 1.0, 2.0, 8.0, 9.0, 10.0, 16.0, 17.0, 18.0);
  }

  @Test
  void convolutionsRunOnOneDnn() {
    Backend backend = Backend.describe();
    assertThat(backend.backend()).isEqualTo("CPU");
    assertThat(backend.convolutionHelper()).isEqualTo("MKLDNNConvHelper");
    assertThat(backend.accelerated()).isTrue();
    assertThat(backend.summary()).doesNotContain("slower");
  }
}
