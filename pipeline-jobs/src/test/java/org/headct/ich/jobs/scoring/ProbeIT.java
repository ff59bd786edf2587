package org.headct.ich.jobs.scoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.api.java.JavaSparkContext;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.headct.ich.domain.ct.Disturbance;
import org.headct.ich.domain.training.TrainSettings;
import org.headct.ich.jobs.averaging.LocalSpark;
import org.headct.ich.jobs.averaging.SparkTrainer;
import org.headct.ich.jobs.batch.PixelBatches;
import org.headct.ich.jobs.batch.TensorFiles;
import org.headct.ich.jobs.batch.TensorFixture;
import org.headct.ich.jobs.batch.TensorPlan;
import org.headct.ich.jobs.batch.TensorReader;
import org.headct.ich.jobs.batch.TensorRow;
import org.headct.ich.jobs.batch.TensorShape;
import org.headct.ich.jobs.modelstore.ModelFile;
import org.headct.ich.jobs.testing.TestTraining;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

class ProbeIT {
  private static final Set<String> IMAGES = Set.of("test-3", "test-11", "test-40", "not-there");

  private final JavaSparkContext spark = LocalSpark.context();
  @TempDir private Path directory;

  @Test
  void asksOfTheNamedImagesWhatTheNetworkWouldSay() throws IOException {
    Configuration conf = spark.hadoopConfiguration();
    String file = new TensorFixture(3, 32, 5).write(directory, "test", 48, 16 << 10);
    TensorPlan plan = TensorFiles.plan(conf, List.of(file), TensorFixture.DATASET, "test");
    assertThat(plan.rowGroups()).hasSizeGreaterThan(2);
    TrainSettings settings = TestTraining.binary().build();
    ComputationGraph network = SparkTrainer.newNetwork(settings, plan.shape());
    String model = directory.resolve("model.zip").toString();
    ModelFile.write(conf, new org.apache.hadoop.fs.Path(model), network, null);
    PixelBatches batches = PixelBatches.of(settings, plan.shape());
    Map<String, TensorRow> rows = new HashMap<>();
    for (TensorPlan.RowGroup group : plan.rowGroups()) {
      TensorReader.rowGroup(conf, group.file(), group.index())
          .forEach(row -> rows.put(row.imageId(), row));
    }

    Probe probe = new Probe(spark, model, settings, plan);
    Map<Disturbance, List<ScoredImage>> answers = probe.disturbed(IMAGES, Disturbance.all(), 9);
    assertThat(answers.keySet()).containsExactlyElementsOf(Disturbance.all());
    answers.forEach(
        (disturbance, scored) -> {
          assertThat(scored)
              .extracting(ScoredImage::imageId)
              .containsExactlyInAnyOrder("test-3", "test-11", "test-40");
          for (ScoredImage one : scored) {
            INDArray features =
                batches.disturbed(List.of(rows.get(one.imageId())), disturbance, 9).getFeatures(0);
            assertThat((double) one.scores()[0])
                .isCloseTo(network.output(features)[0].getDouble(0), within(1e-5));
          }
        });

    Map<String, Occlusion> seen = probe.occluded(IMAGES, 0);
    assertThat(seen).containsOnlyKeys("test-3", "test-11", "test-40");
    seen.forEach(
        (id, occlusion) -> {
          INDArray image = batches.evaluation(List.of(rows.get(id))).getFeatures(0);
          Occlusion direct = Occlusion.of(network, image, 0, 7);
          for (int i = 0; i < direct.losses().length; i++) {
            assertThat(occlusion.losses()[i]).isCloseTo(direct.losses()[i], within(1e-5f));
          }
        });
  }

  /** A disturbance of strength 0 gives the batch of the evaluation. */
  @Test
  void aStrengthOfZeroIsTheImage() throws IOException {
    TensorShape shape =
        new TensorShape(3, 32, 32, "brain:40/80@-1,brain:40/80,bone:600/2800", "uint8");
    byte[] pixels = new byte[shape.bytes()];
    new java.util.Random(4).nextBytes(pixels);
    TensorRow row = new TensorRow("i", 1, "p", "s", new byte[6], pixels);
    PixelBatches batches = PixelBatches.of(TestTraining.binary().build(), shape);
    for (Disturbance.Kind kind : Disturbance.Kind.values()) {
      assertThat(batches.disturbed(List.of(row), new Disturbance(kind, 0), 1).getFeatures(0))
          .isEqualTo(batches.evaluation(List.of(row)).getFeatures(0));
    }
    // Each slice has its own noise. This slice's two windows share theirs; the slice before
    // differs.
    Disturbance noise = new Disturbance(Disturbance.Kind.NOISE, 4);
    TensorRow grey = new TensorRow("i", 1, "p", "s", new byte[6], grey(shape));
    INDArray noisy = batches.disturbed(List.of(grey), noise, 1).getFeatures(0).sub(0x80 / 255f);
    double before = noisy.getDouble(0, 0, 5, 5) * 80;
    double brain = noisy.getDouble(0, 1, 5, 5) * 80;
    double bone = noisy.getDouble(0, 2, 5, 5) * 2800;
    assertThat(bone).isCloseTo(brain, within(1e-2));
    assertThat(Math.abs(before - brain)).isGreaterThan(0.1);
  }

  private static byte[] grey(TensorShape shape) {
    byte[] pixels = new byte[shape.bytes()];
    java.util.Arrays.fill(pixels, (byte) 0x80);
    return pixels;
  }

  /** A network with one weight, at one bright place of the image, looks at that place. */
  @Test
  void theHeatIsWhereTheScoreComesFrom() {
    int side = 48;
    ComputationGraph network =
        new ComputationGraph(
            new NeuralNetConfiguration.Builder()
                .graphBuilder()
                .addInputs("in")
                .setInputTypes(InputType.convolutional(side, side, 2))
                .addLayer(
                    "out",
                    new OutputLayer.Builder(LossFunction.XENT)
                        .activation(Activation.SIGMOID)
                        .nOut(1)
                        .build(),
                    "in")
                .setOutputs("out")
                .build());
    network.init();
    network.params().assign(0);
    int y = 14;
    int x = 34;
    network.params().putScalar(side * side + y * side + x, 3);
    INDArray image = Nd4j.zeros(1, 2, side, side);
    image.putScalar(new int[] {0, 1, y, x}, 1);
    Occlusion seen = Occlusion.of(network, image, 0, 50);
    assertThat(seen.side()).isEqualTo(12);
    double whole = 1 / (1 + Math.exp(-3));
    for (int row = 0; row < 12; row++) {
      for (int column = 0; column < 12; column++) {
        double loss = seen.losses()[row * 12 + column];
        if (row == y / 4 && column == x / 4) {
          // Each square over this place replaces the pixel by the mean, which is almost 0.
          assertThat(loss).isCloseTo(whole - 0.5, within(1e-3));
        } else if (Math.abs(row - y / 4) > 1 || Math.abs(column - x / 4) > 1) {
          assertThat(loss).isZero();
        } else {
          assertThat(loss).isBetween(0.0, whole - 0.6);
        }
      }
    }
  }
}
