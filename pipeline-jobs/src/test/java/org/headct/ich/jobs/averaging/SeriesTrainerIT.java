package org.headct.ich.jobs.averaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.api.java.JavaSparkContext;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.graph.GraphVertex;
import org.deeplearning4j.nn.conf.graph.LayerVertex;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.recurrent.Bidirectional;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.headct.ich.domain.error.UserException;
import org.headct.ich.domain.metric.Bootstrap;
import org.headct.ich.domain.metric.Ranking;
import org.headct.ich.domain.training.Head;
import org.headct.ich.domain.training.NetworkName;
import org.headct.ich.domain.training.TrainSettings;
import org.headct.ich.domain.training.TransferSettings;
import org.headct.ich.jobs.batch.PixelBatches;
import org.headct.ich.jobs.batch.SeriesBatch;
import org.headct.ich.jobs.batch.SeriesFiles;
import org.headct.ich.jobs.batch.TensorFiles;
import org.headct.ich.jobs.batch.TensorFixture;
import org.headct.ich.jobs.batch.TensorPlan;
import org.headct.ich.jobs.batch.TensorRow;
import org.headct.ich.jobs.batch.TensorShape;
import org.headct.ich.jobs.modelstore.EpochMetrics;
import org.headct.ich.jobs.modelstore.ModelFile;
import org.headct.ich.jobs.modelstore.ModelStore;
import org.headct.ich.jobs.scoring.ScoredImage;
import org.headct.ich.jobs.scoring.Scorer;
import org.headct.ich.jobs.scoring.ScoringTime;
import org.headct.ich.jobs.testing.TestTraining;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.MultiDataSet;

/** Tests of a network that reads series, through the trainer, with tensors in any order. */
class SeriesTrainerIT {
  private static final int SIDE = 24;

  private final JavaSparkContext spark = LocalSpark.context();
  private final Configuration conf = spark.hadoopConfiguration();
  @TempDir private Path directory;
  private TensorPlan training;
  private TensorPlan validation;

  /** Writes row groups of about twelve slices, with series of five. */
  @BeforeEach
  void tensors() throws IOException {
    TensorFixture fixture = new TensorFixture(1, SIDE, 3, 25);
    List<String> files =
        List.of(
            fixture.write(directory, "train", 103, 8 << 10),
            fixture.write(directory, "validation", 150, 8 << 10));
    training = TensorFiles.plan(conf, files, TensorFixture.DATASET, "train");
    validation = TensorFiles.plan(conf, files, TensorFixture.DATASET, "validation");
    assertThat(training.rowGroups()).hasSizeGreaterThan(3);
  }

  private static TestTraining settings() {
    return TestTraining.binary()
        .network(NetworkName.CNN4_BN)
        .lstm(8)
        .batchSize(2)
        .cropFraction(0.875);
  }

  private ModelStore store(String run) {
    return new ModelStore(conf, directory.resolve("models").resolve(run).toString());
  }

  private List<EpochMetrics> train(TrainSettings settings, String run) throws IOException {
    return new SparkTrainer(
            spark, settings, store(run), TrainProgress.NONE, new TransferSettings(1, 2))
        .train(training, validation);
  }

  private INDArray params(String run, int epoch) throws IOException {
    Path file = directory.resolve("models/%s/checkpoint-000%d.zip".formatted(run, epoch));
    return ModelFile.readForTraining(conf, new org.apache.hadoop.fs.Path(file.toUri())).params();
  }

  private List<ScoredImage> scores(TrainSettings settings, String run) throws IOException {
    return Scorer.score(
            spark, store(run).modelPath(), settings, validation, 2, new ScoringTime(spark))
        .collect();
  }

  @Test
  void learnsAndTheReloadedModelGivesTheSameScores() throws IOException {
    TrainSettings settings = settings().epochs(9).averagingFrequency(2).build();
    List<EpochMetrics> metrics = train(settings, "learns");
    EpochMetrics last = metrics.get(metrics.size() - 1);
    assertThat(last.validationAuc()).containsOnlyKeys("any", "scan-any");
    assertThat(last.validationAuc()).allSatisfy((k, auc) -> assertThat(auc).isGreaterThan(0.8));

    List<ScoredImage> scored = scores(settings, "learns");
    assertThat(scored.stream().map(ScoredImage::imageId)).doesNotHaveDuplicates().hasSize(150);
    assertThat(lowerBound(scored, 0)).isGreaterThan(0.5);
    List<ScoredImage> scans = scored.stream().filter(s -> isFirst(s.imageId())).toList();
    assertThat(scans).hasSize(30);
    assertThat(lowerBound(scans, 1)).isGreaterThan(0.5);
    double best = metrics.stream().mapToDouble(EpochMetrics::validationLoss).min().orElseThrow();
    assertThat(Validation.of(Head.BINARY, scored).loss()).isCloseTo(best, within(1e-6));
    for (ScoredImage one : scored) {
      List<ScoredImage> scan =
          scored.stream().filter(other -> other.seriesId().equals(one.seriesId())).toList();
      assertThat(scan)
          .hasSize(5)
          .allSatisfy(s -> assertThat(s.scores()[1]).isEqualTo(one.scores()[1]));
      boolean bleeds = scan.stream().anyMatch(s -> s.labels()[0] == 1);
      assertThat(one.labels()[1]).isEqualTo((byte) (bleeds ? 1 : 0));
    }
  }

  private static boolean isFirst(String imageId) {
    return Integer.parseInt(imageId.substring(imageId.lastIndexOf('-') + 1)) % 5 == 0;
  }

  /** Returns the lower bound of the ROC AUC's 95 % interval, by resampling patients. */
  private static double lowerBound(List<ScoredImage> scored, int output) {
    double[] scores = new double[scored.size()];
    boolean[] positives = new boolean[scored.size()];
    for (int i = 0; i < scores.length; i++) {
      scores[i] = scored.get(i).scores()[output];
      positives[i] = scored.get(i).labels()[output] > 0;
    }
    return new Bootstrap(1, 200, 0.95)
        .interval(
            Bootstrap.groups(scored.stream().map(ScoredImage::patientId).toList()),
            Ranking.of(scores, positives)::auc)
        .lower();
  }

  @Test
  void resumedRunEndsWhereAnUninterruptedOneDoes() throws IOException {
    TestTraining settings = settings().workers(1);
    train(settings.epochs(2).build(), "whole");
    train(settings.epochs(1).build(), "parts");
    train(settings.epochs(2).build(), "parts");
    assertThat(params("parts", 2)).isEqualTo(params("whole", 2));
  }

  @Test
  void twoWorkersRepeatBitForBit() throws IOException {
    TrainSettings settings = settings().epochs(2).averagingFrequency(2).build();
    train(settings, "one");
    train(settings, "two");
    assertThat(params("one", 2)).isEqualTo(params("two", 2));
  }

  /** The learning rate also reaches the LSTM, so a stalled rate is halved there too. */
  @Test
  void theRateReachesTheLayersInsideALayer() {
    ComputationGraph network = SparkTrainer.newNetwork(settings().build(), training.shape());
    LearningRate.set(network, 0.003);
    ComputationGraphConfiguration sent = network.getConfiguration().clone();
    List<Double> rates = new ArrayList<>();
    for (GraphVertex vertex : sent.getVertices().values()) {
      if (vertex instanceof LayerVertex layer) {
        Layer conf = layer.getLayerConf().getLayer();
        String weights = conf instanceof Bidirectional ? "bRW" : "W";
        if (layer.numParams(true) > 0 && !(conf instanceof BatchNormalization)) {
          rates.add(conf.getUpdaterByParam(weights).getLearningRate(0, 0));
        }
      }
    }
    assertThat(rates).hasSize(9).containsOnly(0.003);
  }

  @Test
  void anotherSequenceIsAnotherNetwork() throws IOException {
    train(settings().build(), "taken");
    assertThatThrownBy(() -> train(settings().lstm(7).epochs(2).build(), "taken"))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("another network or seed");
    TrainSettings plain =
        TestTraining.binary().network(NetworkName.CNN4_BN).batchSize(2).cropFraction(0.875).build();
    assertThat(settings().build().differences(plain))
        .containsExactly("train.sequence was lstm and is none");
  }

  /** Every series is whole and in order, wherever its slices are stored, and the epoch is equal. */
  @Test
  void slicesThatLieAnywhereComeAsSeries() throws IOException {
    List<Integer> numbers = new ArrayList<>(IntStream.range(0, 40).boxed().toList());
    Collections.shuffle(numbers, new Random(1));
    String file =
        new TensorFixture(1, SIDE, 3)
            .write(
                directory.resolve("scattered.parquet"),
                Collections.nCopies(40, "test"),
                numbers.stream().mapToInt(Integer::intValue).toArray(),
                8 << 10);
    TensorPlan scattered = TensorFiles.plan(conf, List.of(file), TensorFixture.DATASET, "test");
    List<SeriesBatch> epoch = SeriesFiles.plan(conf, scattered).epoch(3, 7, 1);
    List<String> ids = new ArrayList<>();
    for (SeriesBatch batch : epoch) {
      batch.stored(conf).forEach(row -> ids.add(row.imageId()));
    }
    assertThat(ids).hasSize(40).doesNotHaveDuplicates();
    for (int i = 0; i < ids.size(); i++) {
      int number = Integer.parseInt(ids.get(i).substring("test-".length()));
      assertThat(number % 5).isEqualTo(i % 5);
      assertThat(ids.get(i - i % 5)).isEqualTo("test-" + (number - number % 5));
    }
    Path renamed = Files.copy(Path.of(URI.create(file)), directory.resolve("another.parquet"));
    TensorPlan again =
        TensorFiles.plan(conf, List.of(renamed.toString()), TensorFixture.DATASET, "test");
    assertThat(ids(SeriesFiles.plan(conf, again).epoch(3, 7, 1))).isEqualTo(ids);
  }

  private List<String> ids(List<SeriesBatch> batches) throws IOException {
    List<String> ids = new ArrayList<>();
    for (SeriesBatch batch : batches) {
      batch.stored(conf).forEach(row -> ids.add(row.imageId()));
    }
    return ids;
  }

  /** Slices of one scan share crop and flip, because it is one head; other scans differ. */
  @Test
  void aSeriesIsCroppedAndFlippedAsOne() {
    TensorShape shape = new TensorShape(1, 16, 16, "brain:40/80", "uint8");
    byte[] pixels = new byte[256];
    new Random(2).nextBytes(pixels);
    List<TensorRow> rows = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      rows.add(new TensorRow("i" + i, 1, "p", "s" + i / 4, new byte[6], pixels));
    }
    TrainSettings settings = settings().cropFraction(0.75).build();
    MultiDataSet batch = PixelBatches.of(settings, shape).training(rows, 11);
    INDArray image = batch.getFeatures(0);
    int different = 0;
    for (int i = 0; i < 40; i++) {
      assertThat(image.slice(i)).isEqualTo(image.slice(i - i % 4));
      different += image.slice(i).equals(image.slice(0)) ? 0 : 1;
    }
    assertThat(different).isGreaterThan(20);
    assertThat(batch.getFeatures(1).shape()).containsExactly(10, 1, 4);
    assertThat(batch.getFeaturesMaskArray(1).shape()).containsExactly(10, 4);
    assertThat(batch.getFeaturesMaskArray(1).sumNumber().intValue()).isEqualTo(40);
  }

  @Test
  void repeatedSlicesMakeNoSeries() {
    TensorPlan.RowGroup first = training.rowGroups().get(0);
    TensorPlan repeated =
        new TensorPlan(
            training.shape(),
            List.of(
                new TensorPlan.RowGroup(
                    first.file(), first.index(), first.rows(), first.rows() + 1, first.key())));
    assertThatThrownBy(() -> SeriesFiles.plan(conf, repeated))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("select.balance");
  }
}
