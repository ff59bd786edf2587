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
import java.util.Random;
import java.util.stream.Collectors;
import org.apache.commons.io.FileUtils;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.util.ModelSerializer;
import org.headct.ich.domain.error.UserException;
import org.headct.ich.domain.label.Subtype;
import org.headct.ich.domain.sample.StableHash;
import org.headct.ich.jobs.classifiers.ExtractFeaturesJob;
import org.headct.ich.jobs.classifiers.TrainClassifiersJob;
import org.headct.ich.jobs.evaluatemodel.EvaluateModelJob;
import org.headct.ich.jobs.makephantoms.MakePhantomsJob;
import org.headct.ich.jobs.run.JobContext;
import org.headct.ich.jobs.table.FeaturesTable;
import org.headct.ich.jobs.table.FeaturesTable.Feature;
import org.headct.ich.jobs.table.MetricsTable;
import org.headct.ich.jobs.table.MetricsTable.Metric;
import org.headct.ich.jobs.table.PredictionsTable;
import org.headct.ich.jobs.table.PredictionsTable.Prediction;
import org.headct.ich.jobs.table.TensorsTable;
import org.headct.ich.jobs.testing.Pipeline;
import org.headct.ich.jobs.testing.TestSpark;
import org.headct.ich.jobs.trainmodel.TrainModelJob;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Tests of a network with two branches, their joined features, and MLlib's classifiers on them. */
@TestInstance(Lifecycle.PER_CLASS)
class ClassifiersIT {
  private static final String RUN = "double";

  /** Run with the same model, whose features contain the label. */
  private static final String PLANTED = "planted";

  @TempDir private static Path folder = Path.of("");
  private Pipeline pipeline = new Pipeline(TestSpark.session(), folder);

  @BeforeAll
  void aTrainedNetworkAndItsFeatures() throws IOException {
    pipeline =
        Pipeline.overPhantoms(
            TestSpark.session(),
            folder,
            folder.resolve("dump"),
            "phantoms.patients=24",
            "phantoms.slices=6",
            "phantoms.spacing-mm=10",
            "phantoms.size=128",
            "split.test=0.4",
            "split.validation=0.25",
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
            "classify.run=" + PLANTED,
            "classify.folds=2",
            "classify.svm-reg-params=0.01,1",
            "classify.svm-iterations=10",
            "classify.forest-trees=10",
            "classify.forest-depths=2,3");
    pipeline.run(new MakePhantomsJob());
    pipeline.run(Pipeline.refreshJob());
    pipeline.run(
        new TrainModelJob(), "train.network=double-resnet18", "train.run=" + RUN, "train.epochs=1");
    pipeline.run(new EvaluateModelJob(), "evaluate.run=" + RUN);
    pipeline.run(new ExtractFeaturesJob(), "classify.run=" + RUN);
    plant();
    pipeline.run(new TrainClassifiersJob());
  }

  /**
   * Writes sixteen random numbers for each image. Two of them contain the label, one of these by
   * being near 0.
   */
  private void plant() throws IOException {
    Path run = folder.resolve("models").resolve(PLANTED);
    FileUtils.copyDirectory(folder.resolve("models").resolve(RUN).toFile(), run.toFile());
    Path info = run.resolve("run.json");
    Files.writeString(info, Files.readString(info).replace('"' + RUN + '"', '"' + PLANTED + '"'));
    List<Feature> planted =
        pipeline.rows(new FeaturesTable()).stream().map(ClassifiersIT::planted).toList();
    JobContext context = pipeline.context();
    context
        .warehouse()
        .replaceWhere(
            new FeaturesTable(),
            FeaturesTable.of(PLANTED),
            context.warehouse().rows(new FeaturesTable(), planted),
            planted.size(),
            context.warehouse().snapshot(new FeaturesTable()),
            context.note(new ExtractFeaturesJob(), new String[] {}, Map.of()));
  }

  private static Feature planted(Feature one) {
    Random random = new Random(StableHash.of(1, one.labels().imageId()));
    float[] numbers = new float[16];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = (float) random.nextGaussian();
    }
    int any = one.labels().value(Subtype.ANY);
    numbers[3] += 2 * any;
    numbers[7] *= any > 0 ? 0.3f : 1;
    return new Feature(
        PLANTED,
        one.model(),
        one.dataset(),
        one.split(),
        one.patientId(),
        one.seriesId(),
        one.copies(),
        one.labels(),
        numbers);
  }

  /** Feeding the features to the head gives the scores of evaluate-model. */
  @Test
  void theTableHasWhatTheHeadTakesOfEachTensor() throws IOException {
    List<Feature> features =
        pipeline.rows(new FeaturesTable()).stream().filter(f -> f.run().equals(RUN)).toList();
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
    for (String run : List.of(PLANTED + "+svm", PLANTED + "+forest")) {
      Metric auc = metric(run, "roc_auc");
      assertThat(auc.low()).as(run + " " + auc).isGreaterThan(0.6);
      assertThat(metric(run, "recall").value()).isBetween(0.4, 1.0);
      assertThat(metric(run, "specificity").value()).isBetween(0.4, 1.0);
      assertThat(predictions(run))
          .hasSameSizeAs(predictions(RUN))
          .allSatisfy(one -> assertThat(one.score()).isBetween(0.0, 1.0));
    }
    assertThat(folder.resolve("models/planted/classifiers/svm/any.json"))
        .content()
        .contains("regParam", "slope");
    assertThat(folder.resolve("reports/classifiers-planted.html"))
        .content()
        .contains("own head", "linear SVM", "random forest", "maxDepth", "Sage");
  }

  /**
   * Saved classifiers are reused, and a killed run's unfinished one is trained again. Both give the
   * same metrics.
   */
  @Test
  @Tag("nightly")
  void savedClassifiersGiveTheSameFiguresAndHalfSavedOnesAreTrainedAgain() throws IOException {
    List<Metric> before = metrics();
    Path saved = folder.resolve("models/planted/classifiers");
    FileTime time = Files.getLastModifiedTime(saved.resolve("svm/any.json"));

    assertThat(pipeline.run(new TrainClassifiersJob()).facts())
        .containsEntry("classifiers", "0 trained, 2 saved before");
    assertThat(metrics()).isEqualTo(before);

    Files.delete(saved.resolve("forest/any.json"));
    FileUtils.deleteDirectory(saved.resolve("forest/any/data").toFile());
    assertThat(pipeline.run(new TrainClassifiersJob()).facts())
        .containsEntry("classifiers", "1 trained, 1 saved before");
    assertThat(Files.getLastModifiedTime(saved.resolve("svm/any.json"))).isEqualTo(time);
    assertThat(metrics()).isEqualTo(before);
  }

  @Test
  @Tag("nightly")
  void trainedInSeveralTasksAndAgainByTheSameSeed() {
    List<Metric> before = metrics();
    assertThat(pipeline.run(new TrainClassifiersJob(), "classify.partition-size=4 KiB").facts())
        .containsEntry("classifiers", "2 trained, 0 saved before");
    assertThat(metric(PLANTED + "+svm", "roc_auc").low()).as("in several tasks").isGreaterThan(0.6);

    pipeline.run(new TrainClassifiersJob());
    assertThat(metrics()).as("all trained again by the same seed").isEqualTo(before);
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

    Path model = folder.resolve("models/planted/model.zip");
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
        .filter(m -> m.run().startsWith(PLANTED + "+"))
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
