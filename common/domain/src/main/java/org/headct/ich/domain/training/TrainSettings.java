package org.headct.ich.domain.training;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Every setting that decides what a training run computes. {@code run.json} keeps it as the run
 * used it, after {@link #resolved}.
 *
 * @param network the architecture
 * @param head its outputs
 * @param sequence the part that reads the slices of a series
 * @param epochs passes over the training rows
 * @param stopAfter epochs without a better loss after which the run ends; 0 for never
 * @param batchSize images, or series with an LSTM, that a worker takes for a step
 * @param workers tasks that train at once, one a core; 0 until the job has counted the cores
 * @param averagingFrequency steps a worker makes between two averagings of the parameters
 * @param optimizer the update rule and its numbers
 * @param schedule the learning rate from epoch to epoch
 * @param loss weights and targets of the training loss
 * @param seed of initialisation, order, crops and flips
 * @param cropFraction side of the crop as a fraction of the tensor's side, in (0, 1]: 7/8 makes 224
 *     of 256
 */
public record TrainSettings(
    NetworkName network,
    Head head,
    SequenceSettings sequence,
    int epochs,
    int stopAfter,
    int batchSize,
    int workers,
    int averagingFrequency,
    OptimizerSettings optimizer,
    RateSchedule schedule,
    LossSettings loss,
    long seed,
    double cropFraction) {

  public TrainSettings {
    List<Double> positive = loss.positiveWeights();
    LossSettings.require(
        positive.isEmpty() || positive.size() == head.labels().size(),
        "train.positive-weights",
        "empty or one for each of " + head.labels(),
        positive);
  }

  /**
   * Returns the settings with the numbers that only the job can find out.
   *
   * @param tasks workers, at least 1
   * @param classWeights as {@link LossSettings} has them
   * @param positiveWeights as {@link LossSettings} has them
   */
  public TrainSettings resolved(
      int tasks, List<Double> classWeights, List<Double> positiveWeights) {
    return new TrainSettings(
        network,
        head,
        sequence,
        epochs,
        stopAfter,
        batchSize,
        tasks,
        averagingFrequency,
        optimizer,
        schedule,
        new LossSettings(loss.labelSmoothing(), classWeights, positiveWeights),
        seed,
        cropFraction);
  }

  /** Tells whether the network takes whole series, and also answers for scans. */
  public boolean readsSeries() {
    return sequence.readsSeries();
  }

  /** Returns network and head in words: {@code resnet18, LSTM of 2 x 128, head all}. */
  public String inWords() {
    String lstm = readsSeries() ? ", LSTM of 2 x " + sequence.units() : "";
    return network.key() + lstm + ", head " + head.key();
  }

  /** Returns the side in pixels that the network sees of a tensor's side; even sizes stay even. */
  public int crop(int side) {
    return Math.max(1, (int) Math.round(side * cropFraction));
  }

  /**
   * Returns the learning rate of the next epoch.
   *
   * @param losses the loss of each epoch so far: of validation, or of training where there is none
   */
  public double rate(List<Double> losses) {
    return schedule.rate(optimizer.learningRate(), epochs, losses);
  }

  /**
   * Lists the differences that keep a run that began with these settings from going on with others.
   * The run's length may differ.
   *
   * @return a text for each setting that differs, by the key that people set
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
    values.put("train.sequence", sequence.kind().key());
    if (readsSeries()) {
      values.put("train.sequence-units", sequence.units());
    }
    values.put("train.batch-size", batchSize);
    values.put("train.workers", workers);
    values.put("train.averaging-frequency", averagingFrequency);
    values.put("train.optimizer", optimizer.rule().key());
    values.put("train.learning-rate", optimizer.learningRate());
    values.put("train.momentum", optimizer.momentum());
    values.put("train.weight-decay", optimizer.weightDecay());
    values.put("train.schedule", schedule.kind().key());
    values.put("train.warm-up-epochs", schedule.warmUpEpochs());
    if (schedule.kind() == RateSchedule.Kind.PLATEAU) {
      values.put("train.patience", schedule.patience());
    }
    values.put("train.seed", seed);
    values.put("train.crop", cropFraction);
    values.put("train.label-smoothing", loss.labelSmoothing());
    values.put("the classes' weights", loss.classWeights());
    values.put("train.positive-weights", loss.positiveWeights());
    return values;
  }
}
