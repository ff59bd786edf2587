package org.headct.ich.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import org.headct.ich.domain.error.UserException;
import org.headct.ich.domain.label.Subtype;
import org.headct.ich.jobs.doctor.DoctorJob;
import org.headct.ich.jobs.evaluatemodel.EvaluateModelJob;
import org.headct.ich.jobs.makephantoms.MakePhantomsJob;
import org.headct.ich.jobs.report.JobReport;
import org.headct.ich.jobs.table.MetricsTable;
import org.headct.ich.jobs.table.MetricsTable.Metric;
import org.headct.ich.jobs.table.PredictionsTable;
import org.headct.ich.jobs.table.PredictionsTable.Prediction;
import org.headct.ich.jobs.table.TensorsTable;
import org.headct.ich.jobs.testing.Pipeline;
import org.headct.ich.jobs.testing.TestSpark;
import org.headct.ich.jobs.testing.TrackingServer;
import org.headct.ich.jobs.trainmodel.TrainModelJob;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

/** Tests of the jobs from a refresh over phantoms to trained, resumed and evaluated models. */
@TestInstance(Lifecycle.PER_CLASS)
class ModelsIT {
  @TempDir private static Path folder = Path.of("");
  private Pipeline pipeline = new Pipeline(TestSpark.session(), folder);

  @BeforeAll
  void tensors() {
    pipeline =
        new Pipeline(
            TestSpark.session(),
            folder,
            "phantoms.output=" + folder.resolve("dump"),
            "phantoms.patients=24",
            "phantoms.slices=8",
            "phantoms.spacing-mm=8",
            "phantoms.size=128",
            "labels.input=" + folder.resolve("dump/stage_2_train.csv"),
            "dicom.input=" + folder.resolve("dump/stage_2_train"),
            "tensors.size=64",
            "train.network=cnn4",
            "train.batch-size=8");
    pipeline.run(new MakePhantomsJob());
    pipeline.run(Pipeline.refreshJob());
  }

  @Test
  void aSecondRefreshFindsNothingNew() {
    long before = pipeline.warehouse().snapshot(new TensorsTable());
    JobReport again = pipeline.run(Pipeline.refreshJob());

    assertThat(again.outcome()).isEqualTo("everything was up to date");
    assertThat(again.facts())
        .hasSize(4)
        .allSatisfy((stage, what) -> assertThat(what).isEqualTo("up to date"));
    assertThat(pipeline.warehouse().snapshot(new TensorsTable())).isEqualTo(before);
  }

  @Test
  void anotherSettingRefreshesItsStageAndThoseBehind() {
    JobReport report = pipeline.run(Pipeline.refreshJob(), "tensors.windows=brain,subdural");
    assertThat(report.facts())
        .containsEntry("select-slices", "up to date")
        .extractingByKey("build-tensors")
        .asString()
        .endsWith("tensors");
    pipeline.run(Pipeline.refreshJob());
  }

  @Test
  void aRunThatGoesOnSaysThatThereAreNewerTensors() {
    pipeline.run(new TrainModelJob(), "train.run=older", "train.epochs=1");
    String resume = "train.resume=true";
    assertThat(
            pipeline.run(new TrainModelJob(), "train.run=older", "train.epochs=1", resume).facts())
        .doesNotContainKey("newer tensors");
    pipeline.run(Pipeline.refreshJob(), "tensors.windows=brain,subdural");
    assertThat(
            pipeline.run(new TrainModelJob(), "train.run=older", "train.epochs=1", resume).facts())
        .extractingByKey("newer tensors")
        .asString()
        .startsWith("the tensors of binary changed since");
    pipeline.run(Pipeline.refreshJob());
  }

  @Test
  void aBinaryModelIsTrainedResumedAndEvaluated() throws IOException {
    pipeline.run(new TrainModelJob(), "train.run=binary", "train.epochs=1");
    Path run = folder.resolve("models/binary");
    assertThat(run.resolve("model.zip")).isRegularFile();
    assertThat(run.resolve("run.json")).content().contains("tensorSnapshot", "CNN4", "BINARY");
    assertThatThrownBy(() -> pipeline.run(new TrainModelJob(), "train.run=binary"))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("train.resume=true");

    assertThatThrownBy(
            () ->
                pipeline.run(
                    new TrainModelJob(),
                    "train.run=binary",
                    "train.learning-rate=0.5",
                    "train.resume=true"))
        .isInstanceOf(UserException.class)
        .hasMessageMatching(
            "train.resume: run binary goes on as it began, but train.learning-rate was 0\\.\\d+ and is 0.5; .*");

    assertThatThrownBy(
            () ->
                pipeline.run(
                    new TrainModelJob(),
                    "train.run=binary",
                    "train.dataset=multilabel",
                    "train.resume=true"))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("began with train.dataset = binary");

    pipeline.run(new TrainModelJob(), "train.run=binary", "train.epochs=2", "train.resume=true");
    assertThat(Files.readAllLines(run.resolve("metrics.jsonl"))).hasSize(2);

    pipeline.run(new EvaluateModelJob(), "evaluate.run=binary", "evaluate.bootstrap=100");
    List<Prediction> first = predictions("binary");
    pipeline.run(new EvaluateModelJob(), "evaluate.run=binary", "evaluate.bootstrap=100");
    assertThat(predictions("binary")).isEqualTo(first);
    long test =
        pipeline.rows(new TensorsTable()).stream()
            .filter(t -> t.place().dataset().equals("binary"))
            .filter(t -> t.place().split().equals("test"))
            .count();
    assertThat(first)
        .hasSize((int) test)
        .allSatisfy(p -> assertThat(p.score()).isBetween(0.0, 1.0));
    Metric auc =
        pipeline.rows(new MetricsTable()).stream()
            .filter(m -> m.run().equals("binary") && m.metric().equals("roc_auc"))
            .filter(m -> m.unit().equals(MetricsTable.SLICE) && m.condition().isEmpty())
            .findFirst()
            .orElseThrow();
    assertThat(auc.value()).isCloseTo(aucOf(first), within(1e-9));
    assertThat(folder.resolve("reports/evaluation-binary.html"))
        .content()
        .contains("Not for clinical use", "ROC", "synthetic phantoms", "data:image/png");
  }

  /** Returns the share of positive and negative pairs that the scores order correctly. */
  private static double aucOf(List<Prediction> predictions) {
    double right = 0;
    long pairs = 0;
    for (Prediction p : predictions) {
      for (Prediction n : predictions) {
        if (p.truth() == 1 && n.truth() == 0) {
          pairs++;
          right += p.score() > n.score() ? 1 : p.score() == n.score() ? 0.5 : 0;
        }
      }
    }
    return right / pairs;
  }

  @Test
  void fiveHeadsAreTrainedAndEvaluated() throws IOException {
    pipeline.run(
        new TrainModelJob(),
        "train.run=five",
        "train.dataset=multilabel",
        "train.positive-weights=balanced",
        "train.epochs=1");
    JsonNode settings =
        new ObjectMapper()
            .readTree(folder.resolve("models/five/run.json").toFile())
            .get("settings");
    long[] subdural = new long[2];
    pipeline.rows(new TensorsTable()).stream()
        .filter(t -> t.place().dataset().equals("multilabel"))
        .filter(t -> t.place().split().equals("train"))
        .forEach(t -> subdural[t.labels().has(Subtype.SUBDURAL) ? 1 : 0] += t.place().copies());
    assertThat(settings.at("/loss/positiveWeights/4").asDouble())
        .isEqualTo((double) subdural[0] / subdural[1]);
    assertThatThrownBy(
            () ->
                pipeline.run(
                    new TrainModelJob(), "train.run=one", "train.positive-weights=balanced"))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("select.balance");

    pipeline.run(new EvaluateModelJob(), "evaluate.run=five", "evaluate.bootstrap=100");

    assertThat(predictions("five"))
        .isNotEmpty()
        .extracting(Prediction::finding)
        .containsOnly(
            "epidural", "intraparenchymal", "intraventricular", "subarachnoid", "subdural");
    assertThat(folder.resolve("reports/evaluation-five.html")).content().contains("subdural");
  }

  /** A resumed run keeps MLflow's id. Training goes on if the server is gone. */
  @Test
  void aRunIsTrackedInMlflow() throws IOException {
    try (TrackingServer server = new TrackingServer()) {
      String mlflow = "train.mlflow=" + server.address();
      pipeline.run(new TrainModelJob(), "train.run=tracked", "train.epochs=1", mlflow);
      JobReport report =
          pipeline.run(
              new TrainModelJob(),
              "train.run=tracked",
              "train.epochs=2",
              "train.resume=true",
              mlflow);
      assertThat(server.runs()).hasSize(1);
      TrackingServer.Run run = server.runs().values().iterator().next();
      assertThat(run.status).isEqualTo("FINISHED");
      assertThat(run.params).containsEntry("run.network", "CNN4");
      assertThat(run.metrics.get("loss")).containsOnlyKeys(1L, 2L);
      assertThat(report.facts().get("mlflow")).startsWith("run ").endsWith(server.address());

      server.breakDown(true);
      JobReport untold =
          pipeline.run(new TrainModelJob(), "train.run=untracked", "train.epochs=1", mlflow);
      assertThat(untold.facts().get("mlflow")).startsWith("no run at").contains("1 epochs untold");
      assertThat(folder.resolve("models/untracked/model.zip")).isRegularFile();
      assertThat(server.runs()).hasSize(1);
    }
  }

  @Test
  void whatThisJarCanNotDoIsRefusedBeforeTheTraining() {
    assertThatThrownBy(() -> pipeline.run(new TrainModelJob(), "train.device=gpu"))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("-Pcuda");
  }

  private List<Prediction> predictions(String run) {
    return pipeline.rows(new PredictionsTable()).stream()
        .filter(p -> p.run().equals(run))
        .sorted(Comparator.comparing(Prediction::imageId).thenComparing(Prediction::finding))
        .toList();
  }

  @Test
  void mistakesAreToldInOneLine() {
    assertThatThrownBy(() -> pipeline.run(new EvaluateModelJob(), "evaluate.run=nothere"))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("nothere");
    assertThatThrownBy(
            () -> pipeline.run(new TrainModelJob(), "train.run=nothere", "train.resume=true"))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("no run to go on with");
    assertThatThrownBy(
            () ->
                pipeline.run(
                    new TrainModelJob(), "datasets.by-slice.images=all", "train.dataset=by-slice"))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("no training rows of by-slice; it has of [binary, multilabel].");
  }

  @Test
  void theDoctorFindsNothingWrong() {
    assertThat(pipeline.run(new DoctorJob()).outcome()).contains("checks, 0 warnings");
  }
}
