package org.headct.ich.domain.config;

import org.headct.ich.domain.error.UserException;
import org.headct.ich.domain.training.Head;
import org.headct.ich.domain.training.InputScale;
import org.headct.ich.domain.training.LossSettings;
import org.headct.ich.domain.training.NetworkName;
import org.headct.ich.domain.training.OptimizerSettings;
import org.headct.ich.domain.training.RateSchedule;
import org.headct.ich.domain.training.SequenceSettings;
import org.headct.ich.domain.training.TrainSettings;
import org.headct.ich.domain.training.TransferSettings;
import org.headct.ich.domain.training.WeightsSettings;

/**
 * Settings of {@code train-model}. Each key below {@code train} is read and checked here, once.
 *
 * @param run name of the run directory; empty for one made of dataset, network and run id
 * @param resume whether to go on from the run's last checkpoint
 * @param dataset name of the dataset in {@code ich.tensors}
 * @param settings the settings that decide what the training computes, before the job has counted
 *     the workers and measured the weights of the loss
 * @param positiveWeights the weighting of rare subtypes
 * @param weights the weights that a new run starts from
 * @param transfer the transfer of batches and parameters
 * @param device the device that must compute
 * @param mlflow address of an MLflow tracking server; empty for none
 */
public record TrainConfig(
    String run,
    boolean resume,
    String dataset,
    TrainSettings settings,
    PositiveWeights positiveWeights,
    WeightsSettings weights,
    TransferSettings transfer,
    DeviceChoice device,
    String mlflow) {

  /** The weighting of rare subtypes. */
  public enum PositiveWeights {
    NONE,
    /** A positive label weighs negatives over positives of its subtype in the training part. */
    BALANCED
  }

  /** The devices that {@code train.device} can name. */
  public enum DeviceChoice {
    /** The device that the jar was built for. */
    AUTO,
    CPU,
    GPU
  }

  /**
   * Reads the settings.
   *
   * @throws UserException if a value is out of its range, or the dataset is not defined
   */
  public static TrainConfig from(Settings settings) {
    DatasetDefinition dataset = DatasetDefinition.named(settings, "train.dataset");
    return new TrainConfig(
        name(settings, "train.run"),
        settings.flag("train.resume"),
        dataset.name(),
        training(settings, dataset),
        settings.choice("train.positive-weights", PositiveWeights.class),
        new WeightsSettings(
            settings.text("train.weights"),
            settings.choiceOrAuto("train.weights-input", InputScale.class),
            name(settings, "train.freeze")),
        new TransferSettings(
            settings.integer("train.prefetch", 0, 64),
            settings.integer("train.aggregation-depth", 1, 2)),
        settings.choice("train.device", DeviceChoice.class),
        mlflow(settings));
  }

  private static TrainSettings training(Settings settings, DatasetDefinition dataset) {
    return new TrainSettings(
        settings.choice("train.network", NetworkName.class),
        head(settings, dataset),
        new SequenceSettings(
            settings.choice("train.sequence", SequenceSettings.Kind.class),
            settings.integer("train.sequence-units", 1, 4096)),
        settings.integer("train.epochs", 1, 10_000),
        settings.integer("train.early-stopping", 0, 10_000),
        settings.integer("train.batch-size", 1, 4096),
        settings.integer("train.workers", 0, 4096),
        settings.integer("train.averaging-frequency", 1, 1000),
        new OptimizerSettings(
            settings.choice("train.optimizer", OptimizerSettings.Rule.class),
            settings.number("train.learning-rate", 1e-8, 10),
            settings.number("train.momentum", 0, 0.9999),
            settings.number("train.weight-decay", 0, 1)),
        new RateSchedule(
            settings.choice("train.schedule", RateSchedule.Kind.class),
            settings.integer("train.patience", 1, 1000),
            settings.integer("train.warm-up-epochs", 0, 1000)),
        LossSettings.unweighted(settings.number("train.label-smoothing", 0, 0.9999)),
        settings.seed("train.seed"),
        crop(settings));
  }

  /** Reads the side of the crop as a part of the tensor's side. */
  static double crop(Settings settings) {
    return settings.number("train.crop", 0.1, 1);
  }

  /** Reads the head; {@code auto} takes five outputs for a dataset of positive images only. */
  private static Head head(Settings settings, DatasetDefinition dataset) {
    return settings
        .choiceOrAuto("train.head", Head.class)
        .orElseGet(
            () ->
                switch (dataset.images()) {
                  case ALL -> Head.BINARY;
                  case POSITIVE -> Head.MULTILABEL;
                });
  }

  /** Refuses an address with user and password, because the run keeps and shows its settings. */
  private static String mlflow(Settings settings) {
    String address = settings.text("train.mlflow");
    if (address.contains("@")) {
      throw new UserException(
          "train.mlflow must be without user and password, for it is kept with the run: give them by"
              + " MLFLOW_TRACKING_USERNAME and MLFLOW_TRACKING_PASSWORD of the environment");
    }
    if (!address.matches("https?://[^\\s/?#]+[^\\s?#]*|")) {
      throw settings.outOfRange("train.mlflow", "empty or http(s)://host[:port]", address);
    }
    return address;
  }

  /** Reads a folder's name, or an empty one: letters, digits, dots, dashes and underscores. */
  static String name(Settings settings, String key) {
    String name = settings.text(key);
    if (!name.matches("[A-Za-z0-9][A-Za-z0-9._-]*|")) {
      throw settings.outOfRange(
          key, "a name of letters, digits, dots, dashes and underscores", name);
    }
    return name;
  }
}
