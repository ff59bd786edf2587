package org.headct.ich.domain.config;

import org.headct.ich.domain.error.UserException;

/**
 * Settings of {@code train-model}.
 *
 * @param run name of the run directory; empty for one made of dataset, network and run id
 * @param resume whether to go on from the run's last checkpoint
 * @param dataset name of the dataset in {@code ich.tensors}
 * @param head outputs of the network; {@code AUTO} is resolved when settings are read
 * @param network name of the architecture
 * @param epochs passes over the training part
 * @param batchSize images of one worker's step
 * @param workers parallel workers; 0 for one a core
 * @param averagingFrequency steps between two averagings of the parameters
 * @param prefetch batches that a worker reads ahead; 0 for none
 * @param aggregationDepth 1 where the driver averages, 2 where executors do
 * @param learningRate initial step size
 * @param schedule how the rate moves
 * @param patience epochs of stalled validation loss before the rate falls
 * @param warmUpEpochs epochs over which the rate climbs to where the schedule has it
 * @param earlyStopping epochs without a better validation loss after which a run ends; 0 for never
 * @param optimizer the update rule
 * @param momentum of SGD, 0 to below 1
 * @param weightDecay L2 penalty
 * @param crop side of the crop as a part of the tensor's side
 * @param seed of initialisation, order, crops and flips
 * @param device what must compute
 * @param mlflow address of an MLflow tracking server; empty for none
 * @param labelSmoothing of the training loss, 0 to below 1
 * @param positiveWeights whether rare subtypes count more
 * @param weights file to start from; empty for random weights
 * @param weightsInput what the file's network took
 * @param freeze stage up to which layers keep the file's weights, {@code backbone} or {@code none}
 * @param sequence what reads the slices of a series one after the other
 * @param sequenceUnits its units in each direction
 */
public record TrainConfig(
    String run,
    boolean resume,
    String dataset,
    HeadChoice head,
    NetworkChoice network,
    int epochs,
    int batchSize,
    int workers,
    int averagingFrequency,
    int prefetch,
    int aggregationDepth,
    double learningRate,
    Schedule schedule,
    int patience,
    int warmUpEpochs,
    int earlyStopping,
    Optimizer optimizer,
    double momentum,
    double weightDecay,
    double crop,
    long seed,
    DeviceChoice device,
    String mlflow,
    double labelSmoothing,
    PositiveWeights positiveWeights,
    String weights,
    WeightsInput weightsInput,
    String freeze,
    Sequence sequence,
    int sequenceUnits) {

  /** Outputs of the network. */
  public enum HeadChoice {
    /** Five heads for a dataset of positive images alone, for {@code any} says nothing there. */
    AUTO,
    /** One output, {@code any}. */
    BINARY,
    /** Five outputs, one a subtype. */
    MULTILABEL,
    /** Six outputs, the subtypes and {@code any}: what the competition asks for. */
    ALL
  }

  /** The networks, named as people type them. */
  public enum NetworkChoice {
    CNN4,
    CNN4_BN,
    VGG16,
    RESNET18,
    RESNET34,
    RESNET50,
    RESNET101,
    RESNET152,
    DOUBLE_RESNET18,
    DOUBLE_RESNET50
  }

  /** What reads the slices of a series one after the other. */
  public enum Sequence {
    /** Nothing: each slice is looked at alone. */
    NONE,
    /** A bidirectional LSTM over the features of {@code train.network}. */
    LSTM
  }

  /** How the learning rate moves. */
  public enum Schedule {
    CONSTANT,
    COSINE,
    PLATEAU
  }

  /** The update rules. */
  public enum Optimizer {
    SGD,
    ADAM
  }

  /** What makes up for rare subtypes. */
  public enum PositiveWeights {
    NONE,
    /** A positive label weighs negatives over positives of its subtype in the training part. */
    BALANCED
  }

  /** What computes. */
  public enum DeviceChoice {
    /** What the jar was built for. */
    AUTO,
    CPU,
    GPU
  }

  /** What the network of a weights file took for a pixel. */
  public enum WeightsInput {
    /** {@code CAFFE} for a Keras file, {@code SAME} for a DL4J zip. */
    AUTO,
    /** What tensors hold. */
    SAME,
    /** Blue, green, red of 0 to 255 less ImageNet's mean. */
    CAFFE,
    /** Red, green, blue of 0 to 1, standardised by ImageNet's moments. */
    TORCH
  }

  public static TrainConfig from(Settings settings) {
    DatasetDefinition dataset = DatasetDefinition.named(settings, "train.dataset");
    return new TrainConfig(
        name(settings, "train.run"),
        settings.flag("train.resume"),
        dataset.name(),
        head(settings, dataset),
        settings.choice("train.network", NetworkChoice.class),
        settings.integer("train.epochs", 1, 10_000),
        settings.integer("train.batch-size", 1, 4096),
        settings.integer("train.workers", 0, 4096),
        settings.integer("train.averaging-frequency", 1, 1000),
        settings.integer("train.prefetch", 0, 64),
        settings.integer("train.aggregation-depth", 1, 2),
        settings.number("train.learning-rate", 1e-8, 10),
        settings.choice("train.schedule", Schedule.class),
        settings.integer("train.patience", 1, 1000),
        settings.integer("train.warm-up-epochs", 0, 1000),
        settings.integer("train.early-stopping", 0, 10_000),
        settings.choice("train.optimizer", Optimizer.class),
        settings.number("train.momentum", 0, 0.9999),
        settings.number("train.weight-decay", 0, 1),
        settings.number("train.crop", 0.1, 1),
        settings.seed("train.seed"),
        settings.choice("train.device", DeviceChoice.class),
        mlflow(settings),
        settings.number("train.label-smoothing", 0, 0.9999),
        settings.choice("train.positive-weights", PositiveWeights.class),
        settings.text("train.weights"),
        settings.choice("train.weights-input", WeightsInput.class),
        name(settings, "train.freeze"),
        settings.choice("train.sequence", Sequence.class),
        settings.integer("train.sequence-units", 1, 4096));
  }

  /** Without user and password, for the configuration of a run is kept and shown. */
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

  private static HeadChoice head(Settings settings, DatasetDefinition dataset) {
    HeadChoice choice = settings.choice("train.head", HeadChoice.class);
    if (choice != HeadChoice.AUTO) {
      return choice;
    }
    return switch (dataset.images()) {
      case ALL -> HeadChoice.BINARY;
      case POSITIVE -> HeadChoice.MULTILABEL;
    };
  }

  /** A run's name is a folder's: letters, digits, dot, dash and underscore, or empty. */
  static String name(Settings settings, String key) {
    String name = settings.text(key);
    if (!name.matches("[A-Za-z0-9][A-Za-z0-9._-]*|")) {
      throw settings.outOfRange(
          key, "a name of letters, digits, dots, dashes and underscores", name);
    }
    return name;
  }
}
