package org.headct.ich.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.headct.ich.domain.error.UserException;
import org.headct.ich.jobs.chains.ExperimentJob;
import org.headct.ich.jobs.classifiers.ExtractFeaturesJob;
import org.headct.ich.jobs.classifiers.TrainClassifiersJob;
import org.headct.ich.jobs.evaluatemodel.EvaluateModelJob;
import org.headct.ich.jobs.explore.ExploreJob;
import org.headct.ich.jobs.makephantoms.MakePhantomsJob;
import org.headct.ich.jobs.modelstore.EpochMetrics;
import org.headct.ich.jobs.modelstore.ModelStore;
import org.headct.ich.jobs.report.JobReport;
import org.headct.ich.jobs.run.JobContext;
import org.headct.ich.jobs.table.MetricsTable;
import org.headct.ich.jobs.table.MetricsTable.Metric;
import org.headct.ich.jobs.table.PredictionsTable;
import org.headct.ich.jobs.testing.Pipeline;
import org.headct.ich.jobs.testing.TestSpark;
import org.headct.ich.jobs.testing.Timeless;
import org.headct.ich.jobs.trainmodel.TrainModelJob;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Tests of the presets on phantoms of 64 pixels: each learns, gives the same result again, and
 * gives the same scores from its file.
 */
class ExperimentIT {
  private static final List<String> QUICK =
      List.of(
          "tensors.size=64",
          "train.averaging-frequency=5",
          "evaluate.robustness=0",
          "evaluate.heat-maps=0",
          "evaluate.pictures=2",
          "evaluate.bootstrap=200");

  @TempDir private static Path folder = Path.of("");

  private static void phantoms(String dump, String layout, String... settings) {
    Pipeline pipeline = new Pipeline(TestSpark.session(), folder.resolve(dump), settings);
    pipeline.run(
        new MakePhantomsJob(),
        "phantoms.output=" + folder.resolve(dump + "-dump"),
        "phantoms.layout=" + layout,
        "phantoms.size=128");
  }

  /**
   * Returns a preset's pipeline over the dump of its layout. The first call for a layout makes the
   * dump.
   */
  private static Pipeline preset(String name, String... quick) throws IOException {
    String dump = name.startsWith("cq500") ? "cq500" : "rsna";
    if (!Files.exists(folder.resolve(dump + "-dump"))) {
      if (dump.equals("cq500")) {
        phantoms(dump, dump, "phantoms.patients=40", "phantoms.slices=8", "phantoms.spacing-mm=8");
      } else {
        phantoms(
            dump, dump, "phantoms.patients=100", "phantoms.slices=6", "phantoms.spacing-mm=10");
      }
    }
    return presetOver(dump, name, quick);
  }

  /** Returns a preset's pipeline. Presets on one dump share a warehouse. */
  private static Pipeline presetOver(String dump, String name, String... quick) throws IOException {
    List<String> settings = new ArrayList<>(QUICK);
    settings.addAll(List.of(quick));
    Path files = folder.resolve(dump + "-dump");
    return new Pipeline(TestSpark.session(), folder.resolve(dump), settings.toArray(String[]::new))
        .withPreset(name, Map.of("CQ500_DUMP", files, "RSNA_DUMP", files));
  }

  private static ExperimentJob experiment() {
    return new ExperimentJob(
        Pipeline.refreshJob(),
        new TrainModelJob(),
        new EvaluateModelJob(),
        new ExtractFeaturesJob(),
        new TrainClassifiersJob(),
        ExploreJob.ofExperiments());
  }

  /** There are too few epochs to learn anything. The nightly tests show that presets learn. */
  @Test
  @Tag("nightly")
  void aPresetRunsOnceAndRepeatsItself() throws IOException {
    phantoms("tiny", "cq500", "phantoms.patients=8", "phantoms.slices=6", "phantoms.spacing-mm=8");
    Pipeline pipeline = presetOver("tiny", "cq500-cnn4", "train.epochs=2");
    runsBothDatasets(pipeline, "cq500-cnn4");
    passesOverWhatIsDone(pipeline, "cq500-cnn4");
    repeatsAndReloads(pipeline, "cq500-cnn4", "-by-slice");
  }

  @Test
  @Tag("nightly")
  void whatIsDealtBySliceLooksBetterThanItIs() throws IOException {
    showsTheGap(preset("cq500-cnn4", "train.epochs=15"), "cq500-cnn4");
  }

  /**
   * Uses few scans in small batches. A VGG-16 from random weights has no batch norm and makes no
   * progress for hundreds of steps, fewer if it has fewer heads.
   */
  @Test
  @Tag("nightly")
  void theLargerNetworkLooksBetterThanItIsToo() throws IOException {
    phantoms(
        "few", "cq500", "phantoms.patients=20", "phantoms.slices=10", "phantoms.spacing-mm=6.5");
    showsTheGap(
        presetOver("few", "cq500-vgg16", "train.epochs=12", "train.batch-size=4"), "cq500-vgg16");
  }

  private static void runsBothDatasets(Pipeline pipeline, String name) throws IOException {
    JobReport report = pipeline.run(experiment());
    assertThat(report.facts()).containsKeys("refresh", "train-model " + name + "-by-patient");
    assertThat(page(pipeline)).contains(name + "-by-slice", name + "-by-patient", "Published gap");
  }

  private static void showsTheGap(Pipeline pipeline, String name) throws IOException {
    runsBothDatasets(pipeline, name);

    Metric bySlice = area(pipeline, name + "-by-slice");
    Metric byPatient = area(pipeline, name + "-by-patient");
    assertThat(bySlice.low()).isGreaterThan(0.5);
    assertThat(bySlice.value() - byPatient.value()).isGreaterThan(0.1);
    passesOverWhatIsDone(pipeline, name);
    repeatsAndReloads(pipeline, name, "-by-slice");
  }

  private static void passesOverWhatIsDone(Pipeline pipeline, String name) throws IOException {
    String before = store(pipeline, name + "-by-slice").modelHash();
    JobReport again = pipeline.run(experiment());
    assertThat(again.facts())
        .containsEntry("refresh", "everything was up to date")
        .containsEntry("evaluate-model " + name + "-by-slice", "up to date")
        .containsEntry("evaluate-model " + name + "-by-patient", "up to date");
    assertThat(store(pipeline, name + "-by-slice").modelHash()).isEqualTo(before);
  }

  @Test
  @Tag("nightly")
  void aSmallNetworkOfRandomSlicesLearns() throws IOException {
    learns("exp1-cnn", "cnn4-bn", 8, 0.001);
  }

  /** A few epochs of a small network need a higher rate than 150 epochs of a ResNet-152. */
  @Test
  @Tag("nightly")
  void oneHeadLearns() throws IOException {
    learns("exp2-binary", "resnet18", 5, 0.01);
  }

  /**
   * The runs differ only in rate and epochs, which are set here: five heads over two hundred images
   * need more epochs.
   */
  @ParameterizedTest
  @Tag("nightly")
  @ValueSource(strings = {"exp2-multilabel-run1", "exp2-multilabel-run2", "exp2-multilabel-run3"})
  void fiveHeadsLearn(String name) throws IOException {
    learns(name, "resnet18", 25, 0.01);
  }

  private static void learns(String name, String network, int epochs, double rate)
      throws IOException {
    Pipeline pipeline =
        preset(
            name,
            "train.network=" + network,
            "train.epochs=" + epochs,
            "train.learning-rate=" + rate);
    pipeline.run(experiment());
    assertThat(area(pipeline, name).low()).isGreaterThan(0.5);
    assertThat(page(pipeline)).contains("run " + name);
    repeatsAndReloads(pipeline, name, "");
  }

  /** The network gives scores for slices and for scans. */
  @Test
  @Tag("nightly")
  void aNetworkOfSeriesLearns() throws IOException {
    Pipeline pipeline = preset("cnn-rnn", "train.epochs=16", "train.sequence-units=32");
    pipeline.run(experiment());
    assertThat(area(pipeline, "cnn-rnn").low()).isGreaterThan(0.5);
    assertThat(metrics(pipeline, "cnn-rnn").stream().filter(m -> m.unit().equals("scan")))
        .extracting(Metric::finding)
        .contains("any", "subdural");
    repeatsAndReloads(pipeline, "cnn-rnn", "");
  }

  /** One head, because the phantoms are too few for five. */
  @Test
  @Tag("nightly")
  void twoBranchesLearnAndSoDoTheirClassifiers() throws IOException {
    Pipeline pipeline =
        preset(
            "double-branch",
            "train.network=double-resnet18",
            "train.head=binary",
            "train.epochs=12",
            "train.batch-size=8",
            "classify.folds=3",
            "classify.svm-reg-params=0.01",
            "classify.svm-iterations=30",
            "classify.forest-trees=50",
            "classify.forest-depths=5");
    pipeline.run(experiment());
    for (String run : List.of("double-branch", "double-branch+svm", "double-branch+forest")) {
      assertThat(area(pipeline, run).low()).as(run).isGreaterThan(0.5);
      assertThat(page(pipeline)).contains("run " + run);
    }
    List<Metric> before = metrics(pipeline, "double-branch+svm");
    JobReport again = pipeline.run(experiment());
    assertThat(again.facts()).containsEntry("extract-features double-branch", "up to date");
    assertThat(metrics(pipeline, "double-branch+svm")).isEqualTo(before);
    repeatsAndReloads(pipeline, "double-branch", "");
  }

  @Test
  void whatIsMissingIsSaidBeforeAnythingRuns() throws IOException {
    assertThatThrownBy(() -> preset("exp1-cnn").run(experiment(), "experiment.name="))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("experiment.name is empty");
    assertThatThrownBy(() -> preset("exp1-cnn").run(experiment(), "experiment.datasets=other"))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("experiment.datasets must be one of");
  }

  /**
   * Checks that a run with another name has the same first epochs, and that its files give the same
   * scores.
   */
  private static void repeatsAndReloads(Pipeline pipeline, String name, String dataset)
      throws IOException {
    List<Metric> before = metrics(pipeline, name + dataset);
    String predictions = predictions(pipeline, name + dataset);
    JobReport again = pipeline.run(new EvaluateModelJob(), "evaluate.run=" + name + dataset);
    assertThat(again.exitCode()).isZero();
    assertThat(metrics(pipeline, name + dataset)).isEqualTo(before);
    assertThat(predictions(pipeline, name + dataset)).isEqualTo(predictions);

    String other = name + "-again";
    String trained = pipeline.context().settings().texts("experiment.datasets").get(0);
    pipeline.run(
        new TrainModelJob(), "train.run=" + other, "train.dataset=" + trained, "train.epochs=2");
    assertThat(epochs(pipeline, other)).isEqualTo(epochs(pipeline, name + dataset).subList(0, 2));
  }

  private static List<EpochMetrics> epochs(Pipeline pipeline, String run) throws IOException {
    return Timeless.of(store(pipeline, run).readMetrics());
  }

  private static ModelStore store(Pipeline pipeline, String run) {
    JobContext context = pipeline.context();
    return new ModelStore(context.hadoop(), context.places().models() + "/" + run);
  }

  private static List<Metric> metrics(Pipeline pipeline, String run) {
    return pipeline.rows(new MetricsTable()).stream()
        .filter(metric -> metric.run().equals(run))
        .sorted(
            Comparator.comparing(Metric::unit)
                .thenComparing(Metric::finding)
                .thenComparing(Metric::metric))
        .toList();
  }

  private static String predictions(Pipeline pipeline, String run) {
    return pipeline.rows(new PredictionsTable()).stream()
        .filter(prediction -> prediction.run().equals(run))
        .map(Object::toString)
        .sorted()
        .toList()
        .toString();
  }

  /**
   * Returns the ROC AUC of the slices: the mean over the classes if each has positives and
   * negatives, else that of the class with the most positives.
   */
  private static Metric area(Pipeline pipeline, String run) {
    List<Metric> areas =
        metrics(pipeline, run).stream()
            .filter(Metric::isOfSlicesAsTheyAre)
            .filter(metric -> metric.metric().equals("roc_auc") && metric.low() != null)
            .toList();
    return areas.stream()
        .filter(metric -> metric.finding().equals(MetricsTable.MEAN))
        .findFirst()
        .or(() -> areas.stream().max(Comparator.comparingLong(Metric::positives)))
        .orElseThrow();
  }

  private static String page(Pipeline pipeline) throws IOException {
    return Files.readString(pipeline.folder().resolve("reports/experiments.html"));
  }
}
