package org.headct.ich.jobs.training;

import java.util.Arrays;
import java.util.List;
import org.headct.ich.networks.Head;
import org.headct.ich.networks.NetworkName;

/** Settings of tests: the small network, no crop, constant rate, and what a test changes. */
public final class Settings {
  private NetworkName network = NetworkName.CNN4;
  private final Head head;
  private int epochs = 1;
  private int batchSize = 8;
  private int workers = 2;
  private int averagingFrequency = 4;
  private TrainSettings.Optimizer optimizer = TrainSettings.Optimizer.SGD;
  private double learningRate = 0.01;
  private double momentum = 0.9;
  private double cropFraction = 1;
  private int stopAfter;
  private double labelSmoothing;
  private int sequenceUnits;
  private List<Double> classWeights = List.of();
  private List<Double> positiveWeights = List.of();

  private Settings(Head head) {
    this.head = head;
  }

  public static Settings of(Head head) {
    return new Settings(head);
  }

  public static Settings binary() {
    return new Settings(Head.BINARY);
  }

  public static Settings multilabel() {
    return new Settings(Head.MULTILABEL);
  }

  public Settings network(NetworkName value) {
    network = value;
    return this;
  }

  public Settings epochs(int value) {
    epochs = value;
    return this;
  }

  public Settings batchSize(int value) {
    batchSize = value;
    return this;
  }

  public Settings workers(int value) {
    workers = value;
    return this;
  }

  public Settings averagingFrequency(int value) {
    averagingFrequency = value;
    return this;
  }

  public Settings adam(double rate) {
    optimizer = TrainSettings.Optimizer.ADAM;
    learningRate = rate;
    return this;
  }

  public Settings learningRate(double value) {
    learningRate = value;
    return this;
  }

  public Settings momentum(double value) {
    momentum = value;
    return this;
  }

  public Settings cropFraction(double value) {
    cropFraction = value;
    return this;
  }

  public Settings stopAfter(int value) {
    stopAfter = value;
    return this;
  }

  public Settings labelSmoothing(double value) {
    labelSmoothing = value;
    return this;
  }

  public Settings sequenceUnits(int value) {
    sequenceUnits = value;
    return this;
  }

  public Settings classWeights(double without, double with) {
    classWeights = List.of(without, with);
    return this;
  }

  public Settings positiveWeights(double... values) {
    positiveWeights = Arrays.stream(values).boxed().toList();
    return this;
  }

  public TrainSettings build() {
    return new TrainSettings(
        network,
        head,
        epochs,
        batchSize,
        workers,
        averagingFrequency,
        optimizer,
        learningRate,
        momentum,
        1e-4,
        RateSchedule.constant(),
        7,
        cropFraction,
        classWeights,
        positiveWeights,
        stopAfter,
        2,
        labelSmoothing,
        sequenceUnits);
  }
}
