package org.headct.ich.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.util.ModelSerializer;
import org.headct.ich.domain.error.UserException;
import org.headct.ich.jobs.auditdicom.AuditDicomJob;
import org.headct.ich.jobs.buildtensors.BuildTensorsJob;
import org.headct.ich.jobs.chains.RefreshJob;
import org.headct.ich.jobs.evaluatemodel.EvaluateModelJob;
import org.headct.ich.jobs.makephantoms.MakePhantomsJob;
import org.headct.ich.jobs.report.JobReport;
import org.headct.ich.jobs.reshapelabels.ReshapeLabelsJob;
import org.headct.ich.jobs.selectslices.SelectSlicesJob;
import org.headct.ich.jobs.testing.Pipeline;
import org.headct.ich.jobs.testing.TestSpark;
import org.headct.ich.jobs.trainmodel.TrainModelJob;
import org.headct.ich.networks.Freezing;
import org.headct.ich.networks.weights.KerasResNet;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Tests of {@code train-model} from the weights of a file: of an earlier run, and of a Keras model.
 */
@TestInstance(Lifecycle.PER_CLASS)
class StartingWeightsIT {
  @TempDir private static Path folder = Path.of("");
  private Pipeline pipeline = new Pipeline(TestSpark.session(), folder);

  @BeforeAll
  void tensors() {
    pipeline =
        Pipeline.overPhantoms(
            TestSpark.session(),
            folder,
            folder.resolve("dump"),
            "phantoms.patients=16",
            "phantoms.slices=6",
            "phantoms.size=64",
            "tensors.size=64",
            "train.network=cnn4-bn",
            "train.batch-size=8",
            "train.epochs=1");
    pipeline.run(new MakePhantomsJob());
    pipeline.run(
        new RefreshJob(
            List.of(
                new ReshapeLabelsJob(),
                new AuditDicomJob(),
                new SelectSlicesJob(),
                new BuildTensorsJob())));
  }

  private Path model(String run) {
    return folder.resolve("models").resolve(run).resolve("model.zip");
  }

  private ComputationGraph read(String run) throws IOException {
    return ModelSerializer.restoreComputationGraph(model(run).toFile(), false);
  }

  private JsonNode weights(String run) throws IOException {
    return new ObjectMapper()
        .readTree(folder.resolve("models").resolve(run).resolve("run.json").toFile())
        .get("weights");
  }

  private void refused(String message, String... settings) {
    assertThatThrownBy(() -> pipeline.run(new TrainModelJob(), settings))
        .isInstanceOf(UserException.class)
        .hasMessageContaining(message);
  }

  @Test
  void anEarlierRunBecomesFiveHeads() throws IOException {
    pipeline.run(new TrainModelJob(), "train.run=first", "train.label-smoothing=0.1");
    assertThat(weights("first").isNull()).isTrue();
    String file = model("first").toUri().toString();
    JobReport report =
        pipeline.run(
            new TrainModelJob(),
            "train.run=second",
            "train.dataset=multilabel",
            "train.weights=" + file,
            "train.freeze=backbone");
    assertThat(report.facts().get("started from"))
        .isEqualTo(file + " (input: same; frozen: backbone, 10 layers)");
    pipeline.run(
        new TrainModelJob(),
        "train.run=second",
        "train.dataset=multilabel",
        "train.resume=true",
        "train.epochs=2");

    ComputationGraph first = read("first");
    ComputationGraph second = read("second");
    assertThat(second.getConfiguration().getNetworkOutputs()).hasSize(5);
    for (String layer : Freezing.frozen(second)) {
      INDArray params = second.getLayer(layer).params();
      assertThat(params).as(layer).isEqualTo(first.getLayer(layer).params());
    }
    JsonNode weights = weights("second");
    assertThat(weights.get("path").asText()).isEqualTo(file);
    assertThat(weights.get("length").asLong()).isEqualTo(Files.size(model("first")));
    assertThat(weights.get("sha256").asText()).matches("[0-9a-f]{64}");
    assertThat(weights.get("freeze").asText()).isEqualTo("backbone");
    assertThat(weights.get("frozen")).hasSize(10);
    pipeline.run(new EvaluateModelJob(), "evaluate.run=second", "evaluate.bootstrap=100");

    refused("conv1-norm", "train.run=third", "train.network=cnn4", "train.weights=" + file);
  }

  @Test
  @Tag("nightly")
  void aKerasResNetIsTrained() throws IOException {
    Path file = folder.resolve("resnet18.h5");
    KerasResNet.write(file, KerasResNet.Kind.BASIC, 3, 224, 5, 2, 2, 2, 2);
    pipeline.run(
        new TrainModelJob(),
        "train.run=keras",
        "train.network=resnet18",
        "train.weights=" + file,
        "train.freeze=s3");
    assertThat(weights("keras").get("input").asText()).isEqualTo("caffe");
    assertThat(weights("keras").get("frozen")).hasSize(30);
    ComputationGraph trained = read("keras");
    assertThat(trained.getLayer("s3-b2-b-norm").getParam("gamma").meanNumber().doubleValue())
        .isBetween(0.9, 1.1);
    refused(
        "has no layer s1-b3-a-conv; train.network wants one of shape [64, 64, 3, 3]",
        "train.run=other",
        "train.network=resnet34",
        "train.weights=" + file);
    assertThat(folder.resolve("models/other/run.json")).doesNotExist();
  }

  @Test
  void mistakesAreToldBeforeATableIsRead() {
    refused("there is no file", "train.run=m", "train.weights=" + folder.resolve("no.h5"));
    refused("train.freeze is s1 without train.weights", "train.run=m", "train.freeze=s1");
    assertThat(folder.resolve("models/m")).doesNotExist();
  }
}
