package org.headct.ich.jobs.explore;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.headct.ich.domain.training.TrainSettings;
import org.headct.ich.jobs.modelstore.EpochMetrics;
import org.headct.ich.jobs.modelstore.KeptSettings;
import org.headct.ich.jobs.modelstore.RunInfo;
import org.headct.ich.jobs.modelstore.RunSplit;
import org.headct.ich.pages.RunsReport.Epoch;
import org.headct.ich.pages.RunsReport.Run;
import org.headct.ich.pages.element.Facts.Fact;
import org.headct.ich.pages.element.Numbers;

/** A run's files as a record of the experiments page. */
final class RunFacts {
  private RunFacts() {}

  /**
   * Returns the run and its epochs for the page.
   *
   * @throws IOException if the settings that the run kept are not valid JSON
   */
  static Run of(RunInfo run, List<EpochMetrics> metrics) throws IOException {
    TrainSettings train = run.settings();
    RunSplit split = RunSplit.of(run);
    return new Run(
        run.run(),
        KeptSettings.of(run).text("experiment.name"),
        train.network().key(),
        train.head().key() + ": " + String.join(", ", train.head().labels()),
        run.dataset(),
        split.unit(),
        split.text(),
        train.seed(),
        Long.toString(run.tensorSnapshot()),
        run.codeVersion(),
        run.parameters(),
        train.epochs(),
        train.workers(),
        facts(run),
        metrics.stream().map(RunFacts::epoch).toList());
  }

  private static Epoch epoch(EpochMetrics m) {
    return new Epoch(
        m.epoch(),
        m.learningRate(),
        m.trainLoss(),
        Numbers.orNaN(m.validationLoss()),
        m.validationAuc(),
        m.images(),
        m.imagesPerSecond(),
        m.seconds());
  }

  private static List<Fact> facts(RunInfo run) {
    TrainSettings s = run.settings();
    List<Fact> facts = new ArrayList<>();
    if (s.readsSeries()) {
      facts.add(new Fact("Sequence", "LSTM", "2 × %d units".formatted(s.sequence().units())));
    }
    facts.add(
        new Fact(
            "Input",
            "%d×%d×%d".formatted(run.shape().channels(), run.shape().height(), run.shape().width()),
            "crop " + s.crop(run.shape().height()) + ", " + run.shape().windows()));
    facts.add(
        new Fact(
            "Batch",
            Numbers.count((long) s.batchSize() * s.workers()),
            "%d workers × %d, averaged every %d steps"
                .formatted(s.workers(), s.batchSize(), s.averagingFrequency())));
    facts.add(
        new Fact(
            "Optimizer",
            s.optimizer().rule().key(),
            "momentum %s, weight decay %s"
                .formatted(s.optimizer().momentum(), s.optimizer().weightDecay())));
    facts.add(
        new Fact(
            "Learning rate",
            Double.toString(s.optimizer().learningRate()),
            s.schedule().kind().key()));
    List<Double> classes = s.loss().classWeights();
    if (!classes.isEmpty()) {
      facts.add(new Fact("Weights without and with haemorrhage", weights(classes), ""));
    }
    List<Double> positives = s.loss().positiveWeights();
    if (!positives.isEmpty()) {
      facts.add(new Fact("Weights of positives", weights(positives), "by output"));
    }
    facts.add(new Fact("Computed on", run.backend().split(";")[0], ""));
    return facts;
  }

  private static String weights(List<Double> weights) {
    return String.join(", ", weights.stream().map(w -> Numbers.decimal(w, 3)).toList());
  }
}
