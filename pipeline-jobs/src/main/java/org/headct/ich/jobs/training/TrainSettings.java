package org.headct.ich.jobs.training;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.headct.ich.domain.error.UserException;
import org.headct.ich.networks.Head;
import org.headct.ich.networks.NetworkName;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.config.Nesterovs;

/**
 * Everything that decides what a training run computes.
 *
 * @param network the architecture
 * @param head its outputs
 * @param epochs passes over the training rows, at least 1
 * @param batchSize images a worker takes per step, at least 1; series, with an LSTM
 * @param workers tasks that train at once, one a core
 * @param averagingFrequency steps a worker makes between two averagings of the parameters
 * @param optimizer the update rule
 * @param learningRate initial rate, above 0
 * @param momentum Nesterov momentum in [0, 1); SGD with momentum only
 * @param weightDecay L2 coefficient on weights (not on biases, gammas, betas), 0 or more
 * @param schedule how the rate moves
 * @param seed of initialisation, order, crops and flips
 * @param cropFraction side of the crop as a fraction of the tensor's side, in (0, 1]: 7/8 makes 224
 *     of 256
 * @param classWeights weight of a row without and of one with a haemorrhage; empty for 1
 * @param positiveWeights weight of a positive label for each output of the head, on top of the
 *     class's; empty for 1
 * @param stopAfter epochs without a better loss after which the run ends; 0 for never
 * @param keepCheckpoints newest checkpoints kept in the run directory, at least 1
 * @param labelSmoothing of the training loss, in [0, 1); 0 for none
 * @param sequenceUnits of an LSTM in each direction over the slices of a series; 0 for none
 */
public record TrainSettings(
    NetworkName network,
    Head head,
    int epochs,
    int batchSize,
    int workers,
    int averagingFrequency,
    Optimizer optimizer,
    double learningRate,
    double momentum,
    double weightDecay,
    RateSchedule schedule,
    long seed,
    double cropFraction,
    List<Double> classWeights,
    List<Double> positiveWeights,
    int stopAfter,
    int keepCheckpoints,
    double labelSmoothing,
    int sequenceUnits) {

  /** The update rules. */
  public enum Optimizer {
    /** Stochastic gradient descent with Nesterov momentum. */
    SGD,
    ADAM
  }

  public TrainSettings {
    classWeights = List.copyOf(classWeights);
    positiveWeights = List.copyOf(positiveWeights);
    require(
        classWeights.isEmpty() || classWeights.size() == 2,
        "the weights of the classes",
        "empty or two",
        classWeights);
    require(
        classWeights.stream().allMatch(w -> w > 0 && Double.isFinite(w)),
        "the weights of the classes",
        "above 0",
        classWeights);
    atLeast("train.epochs", epochs, 1);
    atLeast("train.batch-size", batchSize, 1);
    atLeast("train.workers", workers, 1);
    atLeast("train.averaging-frequency", averagingFrequency, 1);
    atLeast("train.early-stopping", stopAfter, 0);
    atLeast("train.keep-checkpoints", keepCheckpoints, 1);
    require(learningRate > 0, "train.learning-rate", "above 0", learningRate);
    require(momentum >= 0 && momentum < 1, "train.momentum", "in [0, 1)", momentum);
    require(weightDecay >= 0, "train.weight-decay", "0 or more", weightDecay);
    require(
        labelSmoothing >= 0 && labelSmoothing < 1,
        "train.label-smoothing",
        "in [0, 1)",
        labelSmoothing);
    atLeast("train.sequence-units", sequenceUnits, 0);
    require(cropFraction > 0 && cropFraction <= 1, "train.crop", "in (0, 1]", cropFraction);
    require(
        positiveWeights.isEmpty() || positiveWeights.size() == head.labels().size(),
        "train.positive-weights",
        "empty or one for each of " + head.labels(),
        positiveWeights);
    require(
        positiveWeights.stream().allMatch(w -> w > 0 && Double.isFinite(w)),
        "train.positive-weights",
        "above 0",
        positiveWeights);
  }

  /** ResNet-18, SGD with momentum 0.9 at 0.01: the best of four trials on 675 phantom tensors. */
  public static TrainSettings defaults() {
    return new TrainSettings(
        NetworkName.RESNET_18,
        Head.BINARY,
        10,
        16,
        2,
        11,
        Optimizer.SGD,
        0.01,
        0.9,
        1e-4,
        RateSchedule.constant(),
        42,
        0.875,
        List.of(),
        List.of(),
        0,
        2,
        0,
        0);
  }

  /** Whether the network takes whole series, and also answers for scans. */
  public boolean readsSeries() {
    return sequenceUnits > 0;
  }

  /** Network and head in words: {@code resnet-18, LSTM of 2 x 128, head all}. */
  public String inWords() {
    String sequence = readsSeries() ? ", LSTM of 2 x " + sequenceUnits : "";
    return network.key() + sequence + ", head " + head.key();
  }

  /** The side in pixels that the network sees of a tensor's side; even sizes stay even. */
  public int crop(int side) {
    return Math.max(1, (int) Math.round(side * cropFraction));
  }

  /**
   * What keeps a run that began with these settings from going on with others: all but how long it
   * lasts and what it leaves.
   *
   * @return a text for each that differs, by the keys that people set
   */
  public List<String> differences(TrainSettings others) {
    Map<String, Object> mine = binding();
    List<String> different = new ArrayList<>();
    others
        .binding()
        .forEach(
            (key, value) -> {
              Object began = mine.get(key);
              if (!value.equals(began)) {
                different.add("%s was %s and is %s".formatted(key, began, value));
              }
            });
    return different;
  }

  private Map<String, Object> binding() {
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("train.network", network.key());
    values.put("train.head", head.key());
    values.put("train.sequence", readsSeries() ? "lstm" : "none");
    if (readsSeries()) {
      values.put("train.sequence-units", sequenceUnits);
    }
    values.put("train.batch-size", batchSize);
    values.put("train.workers", workers);
    values.put("train.averaging-frequency", averagingFrequency);
    values.put("train.optimizer", optimizer.name().toLowerCase(Locale.ROOT));
    values.put("train.learning-rate", learningRate);
    values.put("train.momentum", momentum);
    values.put("train.weight-decay", weightDecay);
    values.put("train.schedule", schedule.kind().name().toLowerCase(Locale.ROOT));
    values.put("train.warm-up-epochs", schedule.warmUp());
    if (schedule.kind() == RateSchedule.Kind.PLATEAU) {
      values.put("train.patience", schedule.epochs());
    }
    values.put("train.seed", seed);
    values.put("train.crop", cropFraction);
    values.put("train.label-smoothing", labelSmoothing);
    values.put("the classes' weights", classWeights);
    values.put("train.positive-weights", positiveWeights);
    return values;
  }

  /** Weight of a positive label at an output of the head. */
  double positiveWeight(int output) {
    return positiveWeights.isEmpty() ? 1 : positiveWeights.get(output);
  }

  public IUpdater updater() {
    return switch (optimizer) {
      case SGD -> new Nesterovs(learningRate, momentum);
      case ADAM -> new Adam(learningRate);
    };
  }

  private static void atLeast(String key, int value, int least) {
    require(value >= least, key, "at least " + least, value);
  }

  private static void require(boolean holds, String key, String range, Object value) {
    if (!holds) {
      throw new UserException("%s must be %s, got %s".formatted(key, range, value));
    }
  }
}
