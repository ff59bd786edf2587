package org.headct.ich.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.commons.io.FileUtils;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.util.ModelSerializer;
import org.headct.ich.common.error.UserException;
import org.headct.ich.jobs.evaluatemodel.EvaluateModelJob;
import org.headct.ich.jobs.extractfeatures.ExtractFeaturesJob;
import org.headct.ich.jobs.makephantoms.MakePhantomsJob;
import org.headct.ich.jobs.run.JobReport;
import org.headct.ich.jobs.table.FeaturesTable;
import org.headct.ich.jobs.table.FeaturesTable.Feature;
import org.headct.ich.jobs.table.MetricsTable;
import org.headct.ich.jobs.table.MetricsTable.Metric;
import org.headct.ich.jobs.table.PredictionsTable;
import org.headct.ich.jobs.table.PredictionsTable.Prediction;
import org.headct.ich.jobs.table.TensorsTable;
import org.headct.ich.jobs.testing.Pipeline;
import org.headct.ich.jobs.testing.TestSpark;
import org.headct.ich.jobs.trainclassifiers.TrainClassifiersJob;
import org.headct.ich.jobs.trainmodel.TrainModelJob;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Two branches, their joined features, and MLlib's classifiers of them. */
@TestInstance(Lifecycle.PER_CLASS)
class ClassifiersIT {
  private static final String RUN = "double";

  @TempDir private static Path folder = Path.of("");
  private Pipeline pipeline = new Pipeline(TestSpark.session(), folder);

  @BeforeAll
  void aTrainedNetwork() {
    pipeline =
        Pipeline.overPhantoms(
            TestSpark.session(),
            folder,
            folder.resolve("dump"),
            "phantoms.patients=50",
            "phantoms.slices=8",
            "phantoms.spacing-mm=8",
            "phantoms.size=128",
            "split.test=0.3",
            "select.datasets=binary",
            "tensors.datasets=binary",
            "tensors.size=64",
            "tensors.windows=whole:1024/4096,brain,subdural",
            "train.batch-size=8",
            "train.workers=2",
            "train.crop=0.75",
            "evaluate.bootstrap=200",
            "evaluate.robustness=0",
            "evaluate.pictures=0",
            "classify.run=" + RUN,
            "classify.folds=3",
            "classify.svm-reg-params=0.01,1",
            "classify.svm-iterations=20",
            "classify.forest-trees=20",
            "classify.forest-depths=3,5");
    pipeline.run(new MakePhantomsJob());
    pipeline.run(Pipeline.refreshJob());
    pipeline.run(
        new TrainModelJob(), "train.network=double-resnet18", "train.run=" + RUN, "train.epochs=3");
    pipeline.run(new EvaluateModelJob(), "evaluate.run=" + RUN);
    pipeline.run(new ExtractFeaturesJob());
    pipeline.run(new TrainClassifiersJob());
  }

  /** The head's own arithmetic on them gives the scores of evaluate-model. */
  @Test
  void theTableHasWhatTheHeadTakesOfEachTensor() throws IOException {
    List<Feature> features = pipeline.rows(new FeaturesTable());
    assertThat(features)
        .hasSameSizeAs(pipeline.rows(new TensorsTable()))
        .allSatisfy(one -> assertThat(one.features()).hasSize(2 * 512))
        .extracting(Feature::split)
        .contains("train", "validation", "test");
    Map<String, Feature> byImage =
        features.stream().collect(Collectors.toMap(one -> one.labels().imageId(), one -> one));
    ComputationGraph network =
        ModelSerializer.restoreComputationGraph(
            folder.resolve("models/double/model.zip").toFile(), false);
    INDArray weights = network.getLayer("any").getParam("W");
    double bias = network.getLayer("any").getParam("b").getDouble(0);
    List<Prediction> scores = predictions(RUN);
    assertThat(scores).isNotEmpty();
    for (Prediction one : scores) {
      Feature feature = byImage.get(one.imageId());
      double logit = bias;
      for (int i = 0; i < feature.features().length; i++) {
        logit += weights.getDouble(i) * feature.features()[i];
      }
      assertThat(1 / (1 + Math.exp(-logit))).isCloseTo(one.score(), within(1e-4));
      assertThat(feature.split()).isEqualTo("test");
      assertThat(feature.patientId()).isEqualTo(one.patientId());
    }
  }

  @Test
  void bothClassifiersAreBetterThanChance() throws IOException {
    for (String run : List.of(RUN + "+svm", RUN + "+forest")) {
      Metric auc = metric(run, "roc_auc");
      assertThat(auc.low()).as(run + " " + auc).isGreaterThan(0.55);
      assertThat(metric(run, "recall").value()).isBetween(0.3, 1.0);
      assertThat(metric(run, "specificity").value()).isBetween(0.3, 1.0);
      assertThat(predictions(run))
          .hasSameSizeAs(predictions(RUN))
          .allSatisfy(one -> assertThat(one.score()).isBetween(0.0, 1.0));
    }
    assertThat(folder.resolve("models/double/classifiers/svm/any.json"))
        .content()
        .contains("regParam", "images of the validation part");
    assertThat(folder.resolve("reports/classifiers-double.html"))
        .content()
        .contains("network's own head", "linear SVM", "random forest", "maxDepth", "Sage");
  }

  /** What is there is taken; what a killed run left is done again; both give the same figures. */
  @Test
  void savedClassifiersGiveTheSameFiguresAndHalfSavedOnesAreTrainedAgain() throws IOException {
    List<Metric> before = metrics();
    Path saved = folder.resolve("models/double/classifiers");
    FileTime time = Files.getLastModifiedTime(saved.resolve("svm/any.json"));

    assertThat(pipeline.run(new TrainClassifiersJob()).facts())
        .containsEntry("classifiers", "0 trained, 2 were there");
    assertThat(metrics()).isEqualTo(before);

    Files.delete(saved.resolve("forest/any.json"));
    FileUtils.deleteDirectory(saved.resolve("forest/any/data").toFile());
    assertThat(pipeline.run(new TrainClassifiersJob()).facts())
        .containsEntry("classifiers", "1 trained, 1 were there");
    assertThat(Files.getLastModifiedTime(saved.resolve("svm/any.json"))).isEqualTo(time);
    assertThat(metrics()).isEqualTo(before);

    FileUtils.deleteDirectory(saved.toFile());
    pipeline.run(new TrainClassifiersJob());
    assertThat(metrics()).as("same seed").isEqualTo(before);

    JobReport spread = pipeline.run(new TrainClassifiersJob(), "classify.partition-size=256 KiB");
    assertThat(spread.facts()).containsEntry("classifiers", "2 trained, 0 were there");
    assertThat(metric(RUN + "+svm", "roc_auc").value())
        .isCloseTo(
            before.stream()
                .filter(m -> m.run().endsWith("+svm") && isOfAny(m, "roc_auc"))
                .findFirst()
                .orElseThrow()
                .value(),
            within(0.02));
    pipeline.run(new TrainClassifiersJob());
    assertThat(metrics()).isEqualTo(before);
  }

  @Test
  void mistakesAreToldInOneLine() throws IOException {
    assertThatThrownBy(() -> pipeline.run(new TrainClassifiersJob(), "classify.run=nothere"))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("nothere");
    Path other = folder.resolve("models/other");
    FileUtils.copyDirectory(folder.resolve("models/double").toFile(), other.toFile());
    assertThatThrownBy(() -> pipeline.run(new TrainClassifiersJob(), "classify.run=other"))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("extract-features --set classify.run=other");

    Path model = folder.resolve("models/double/model.zip");
    Path kept = folder.resolve("kept.zip");
    Files.copy(model, kept, StandardCopyOption.REPLACE_EXISTING);
    try {
      Files.writeString(model, "another one");
      assertThatThrownBy(() -> pipeline.run(new TrainClassifiersJob()))
          .isInstanceOf(UserException.class)
          .hasMessageContaining("an earlier model.zip");
    } finally {
      Files.move(kept, model, StandardCopyOption.REPLACE_EXISTING);
    }
    FileUtils.deleteDirectory(other.toFile());

    Pipeline narrow =
        Pipeline.overPhantoms(
            TestSpark.session(),
            folder.resolve("narrow"),
            folder.resolve("dump"),
            "select.datasets=binary",
            "tensors.datasets=binary",
            "tensors.size=64",
            "tensors.windows=brain");
    narrow.run(Pipeline.refreshJob());
    assertThatThrownBy(() -> narrow.run(new TrainModelJob(), "train.network=double-resnet50"))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("two or more in tensors.windows");
  }

  private List<Metric> metrics() {
    return pipeline.rows(new MetricsTable()).stream()
        .filter(m -> m.run().startsWith(RUN + "+"))
        .sorted(Comparator.comparing(Metric::toString))
        .toList();
  }

  private Metric metric(String run, String name) {
    return pipeline.rows(new MetricsTable()).stream()
        .filter(m -> m.run().equals(run) && isOfAny(m, name))
        .findFirst()
        .orElseThrow();
  }

  private static boolean isOfAny(Metric metric, String name) {
    return metric.isOfSlicesAsTheyAre()
        && metric.finding().equals("any")
        && metric.metric().equals(name);
  }

  private List<Prediction> predictions(String run) {
    return pipeline.rows(new PredictionsTable()).stream().filter(p -> p.run().equals(run)).toList();
  }
}
