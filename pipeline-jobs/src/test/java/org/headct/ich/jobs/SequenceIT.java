package org.headct.ich.jobs;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Row;
import org.headct.ich.domain.error.UserException;
import org.headct.ich.jobs.buildtensors.BuildTensorsJob;
import org.headct.ich.jobs.evaluatemodel.EvaluateModelJob;
import org.headct.ich.jobs.makephantoms.MakePhantomsJob;
import org.headct.ich.jobs.modelstore.EpochMetrics;
import org.headct.ich.jobs.modelstore.ModelStore;
import org.headct.ich.jobs.predict.PredictJob;
import org.headct.ich.jobs.report.JobReport;
import org.headct.ich.jobs.table.MetricsTable;
import org.headct.ich.jobs.table.MetricsTable.Metric;
import org.headct.ich.jobs.table.PredictionsTable;
import org.headct.ich.jobs.table.PredictionsTable.Prediction;
import org.headct.ich.jobs.table.ScoresTable;
import org.headct.ich.jobs.table.TensorsTable;
import org.headct.ich.jobs.testing.Pipeline;
import org.headct.ich.jobs.testing.TestSpark;
import org.headct.ich.jobs.trainmodel.TrainModelJob;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

/**
 * Tests of a network that reads series, from phantoms to evaluated scans and a scored dump, as
 * jobs.
 */
@TestInstance(Lifecycle.PER_CLASS)
class SequenceIT {
  private static final int PATIENTS = 30;
  private static final int SLICES = 5;

  @TempDir private static Path folder = Path.of("");
  private Pipeline pipeline = new Pipeline(TestSpark.session(), folder);

  @BeforeAll
  void aRun() throws IOException {
    Path dump = folder.resolve("dump");
    pipeline =
        new Pipeline(
                TestSpark.session(),
                folder,
                "phantoms.output=" + dump,
                "phantoms.patients=" + PATIENTS,
                "phantoms.slices=" + SLICES,
                "phantoms.spacing-mm=12",
                "phantoms.size=64",
                "split.test=0.4",
                "select.datasets=cnn-rnn",
                "tensors.datasets=cnn-rnn",
                "tensors.size=64",
                "tensors.row-group-rows=16",
                "train.dataset=cnn-rnn",
                "train.network=cnn4-bn",
                "train.sequence-units=16",
                "train.averaging-frequency=2",
                "evaluate.bootstrap=200",
                "evaluate.robustness=20",
                "evaluate.pictures=4")
            .withPreset("cnn-rnn", Map.of("RSNA_DUMP", dump));
    pipeline.run(new MakePhantomsJob());
    pipeline.run(Pipeline.refreshJob());
    pipeline.run(new TrainModelJob(), "train.run=first", "train.epochs=2");
  }

  private List<Metric> metrics(String unit) {
    return pipeline.rows(new MetricsTable()).stream()
        .filter(m -> m.run().equals("first") && m.unit().equals(unit))
        .toList();
  }

  private List<Prediction> predictions(String run) {
    return pipeline.rows(new PredictionsTable()).stream().filter(p -> p.run().equals(run)).toList();
  }

  /**
   * {@code SeriesTrainerIT} shows that it learns on quicker tensors, {@code ExperimentIT} on
   * phantoms.
   */
  @Test
  void slicesAndScansHaveFiguresOfTheirOwn() throws IOException {
    JobReport report = pipeline.run(new EvaluateModelJob(), "evaluate.run=first");
    assertThat(report.facts()).containsKey("left out");
    List<Prediction> predictions = predictions("first");
    long test =
        pipeline.rows(new TensorsTable()).stream()
            .filter(t -> t.place().split().equals("test"))
            .count();
    assertThat(predictions).hasSize((int) (6 * test));
    for (String unit : List.of(MetricsTable.SLICE, MetricsTable.SCAN)) {
      Metric auc =
          metrics(unit).stream()
              .filter(m -> m.metric().equals("roc_auc") && m.finding().equals("any"))
              .filter(m -> m.condition().isEmpty())
              .findFirst()
              .orElseThrow();
      assertThat(auc.images()).isEqualTo(unit.equals(MetricsTable.SLICE) ? test : test / SLICES);
    }
    // Whole series are disturbed. No series is scored with a part of its slices.
    assertThat(metrics(MetricsTable.SLICE).stream().filter(m -> !m.condition().isEmpty()))
        .isNotEmpty()
        .allSatisfy(m -> assertThat(m.images() % SLICES).isZero());
    assertThat(metrics(MetricsTable.SCAN).stream().map(Metric::condition).distinct())
        .containsExactly("");
    assertThat(folder.resolve("reports/evaluation-first.html"))
        .content()
        .contains("own output for the scan", "LSTM of 2 x 16");
  }

  @Test
  void aRunGoesOnAndEndsWhereAnotherOneDoes() throws IOException {
    pipeline.run(new TrainModelJob(), "train.run=again", "train.epochs=1");
    pipeline.run(new TrainModelJob(), "train.run=again", "train.epochs=2", "train.resume=true");
    assertThat(losses("again")).isEqualTo(losses("first").subList(0, 2));
    assertThatThrownBy(
            () ->
                pipeline.run(
                    new TrainModelJob(),
                    "train.run=again",
                    "train.resume=true",
                    "train.sequence=none"))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("train.sequence was lstm and is none");
  }

  private List<Double> losses(String run) throws IOException {
    ModelStore store =
        new ModelStore(pipeline.context().hadoop(), folder.resolve("models/" + run).toString());
    return store.readMetrics().stream().map(EpochMetrics::validationLoss).toList();
  }

  private Map<String, Double> scores(String run) {
    return predictions(run).stream()
        .collect(toMap(p -> p.imageId() + " " + p.finding(), Prediction::score));
  }

  /**
   * The dump has the series of the tensors and gets the same scores, however Spark partitions them.
   */
  @Test
  void aDumpIsScoredSeriesBySeries() {
    pipeline.run(new EvaluateModelJob(), "evaluate.run=first", "evaluate.robustness=0");
    pipeline.run(new PredictJob(), "predict.run=first", "predict.dump=same", "predict.pages=0");
    Map<String, Double> evaluated = scores("first");
    Map<String, Double> predicted = new HashMap<>();
    pipeline
        .rows(new ScoresTable())
        .forEach(s -> predicted.put(s.imageId() + " " + s.finding(), s.score()));
    assertThat(predicted).hasSize(6 * PATIENTS * SLICES);
    evaluated.forEach(
        (slice, score) ->
            assertThat(predicted.get(slice)).as(slice).isCloseTo(score, within(1e-5)));
  }

  /** The rows of a series are stored together and in order. Another order is another layout. */
  @Test
  void slicesOfASeriesStandTogether() {
    List<Row> rows =
        pipeline.sql(
            "SELECT series_id, position FROM (SELECT series_id, position, _file, _pos FROM ich.tensors) ORDER BY _file, _pos");
    assertThat(rows).hasSize(PATIENTS * SLICES);
    for (int i = 0; i < rows.size(); i++) {
      assertThat(rows.get(i).getInt(1)).isEqualTo(i % SLICES);
      assertThat(rows.get(i).getString(0)).isEqualTo(rows.get(i - i % SLICES).getString(0));
    }
    assertThat(pipeline.run(new BuildTensorsJob()).facts()).containsEntry("built", "0 tensors");
  }
}
