package org.headct.ich.jobs.testing;

import java.util.Arrays;
import java.util.List;
import org.headct.ich.domain.training.Head;
import org.headct.ich.domain.training.LossSettings;
import org.headct.ich.domain.training.NetworkName;
import org.headct.ich.domain.training.OptimizerSettings;
import org.headct.ich.domain.training.OptimizerSettings.Rule;
import org.headct.ich.domain.training.RateSchedule;
import org.headct.ich.domain.training.SequenceSettings;
import org.headct.ich.domain.training.TrainSettings;

/** Settings of tests: the small network, no crop, a constant rate, and the test's own changes. */
public final class TestTraining {
  private NetworkName network = NetworkName.CNN4;
  private final Head head;
  private int epochs = 1;
  private int batchSize = 8;
  private int workers = 2;
  private int averagingFrequency = 4;
  private OptimizerSettings optimizer = new OptimizerSettings(Rule.SGD, 0.01, 0.9, 1e-4);
  private double cropFraction = 1;
  private int stopAfter;
  private double labelSmoothing;
  private SequenceSettings sequence = new SequenceSettings(SequenceSettings.Kind.NONE, 1);
  private List<Double> classWeights = List.of();
  private List<Double> positiveWeights = List.of();

  private TestTraining(Head head) {
    this.head = head;
  }

  public static TestTraining of(Head head) {
    return new TestTraining(head);
  }

  public static TestTraining binary() {
    return new TestTraining(Head.BINARY);
  }

  public static TestTraining multilabel() {
    return new TestTraining(Head.MULTILABEL);
  }

  public TestTraining network(NetworkName value) {
    network = value;
    return this;
  }

  public TestTraining epochs(int value) {
    epochs = value;
    return this;
  }

  public TestTraining batchSize(int value) {
    batchSize = value;
    return this;
  }

  public TestTraining workers(int value) {
    workers = value;
    return this;
  }

  public TestTraining averagingFrequency(int value) {
    averagingFrequency = value;
    return this;
  }

  public TestTraining adam(double rate) {
    return optimizer(Rule.ADAM, rate, optimizer.momentum());
  }

  public TestTraining learningRate(double value) {
    return optimizer(optimizer.rule(), value, optimizer.momentum());
  }

  public TestTraining momentum(double value) {
    return optimizer(optimizer.rule(), optimizer.learningRate(), value);
  }

  private TestTraining optimizer(Rule rule, double rate, double momentum) {
    optimizer = new OptimizerSettings(rule, rate, momentum, optimizer.weightDecay());
    return this;
  }

  public TestTraining cropFraction(double value) {
    cropFraction = value;
    return this;
  }

  public TestTraining stopAfter(int value) {
    stopAfter = value;
    return this;
  }

  public TestTraining labelSmoothing(double value) {
    labelSmoothing = value;
    return this;
  }

  /** An LSTM over the slices of a series. */
  public TestTraining lstm(int units) {
    sequence = new SequenceSettings(SequenceSettings.Kind.LSTM, units);
    return this;
  }

  public TestTraining classWeights(double without, double with) {
    classWeights = List.of(without, with);
    return this;
  }

  public TestTraining positiveWeights(double... values) {
    positiveWeights = Arrays.stream(values).boxed().toList();
    return this;
  }

  public TrainSettings build() {
    return new TrainSettings(
        network,
        head,
        sequence,
        epochs,
        stopAfter,
        batchSize,
        workers,
        averagingFrequency,
        optimizer,
        new RateSchedule(RateSchedule.Kind.CONSTANT, 1, 0),
        new LossSettings(labelSmoothing, classWeights, positiveWeights),
        7,
        cropFraction);
  }
}
