package org.headct.ich.jobs.trainmodel;

import java.util.Locale;
import org.headct.ich.domain.training.TrainSettings;
import org.headct.ich.jobs.averaging.TrainProgress;
import org.headct.ich.jobs.modelstore.EpochMetrics;
import org.headct.ich.jobs.run.JobContext;

/** Console output of a training: the progress of the whole run, and one line for each epoch. */
final class ConsoleProgress implements TrainProgress {
  private final JobContext context;
  private final TrainSettings settings;

  ConsoleProgress(JobContext context, TrainSettings settings) {
    this.context = context;
    this.settings = settings;
  }

  @Override
  public void round(Round round) {
    long batches = round.batchesPerEpoch();
    context
        .progress()
        .at(
            (round.epoch() - 1) * batches + round.batches(),
            round.epochs() * batches,
            String.format(
                Locale.ROOT,
                "batches, epoch %d/%d, %.1f images/s",
                round.epoch(),
                round.epochs(),
                round.imagesPerSecond()));
  }

  @Override
  public void epoch(EpochMetrics m) {
    StringBuilder line = new StringBuilder();
    line.append(
        String.format(
            Locale.ROOT,
            "epoch %d/%d  rate %.2g  loss %.4f",
            m.epoch(),
            settings.epochs(),
            m.learningRate(),
            m.trainLoss()));
    if (m.validationLoss() != null) {
      line.append(String.format(Locale.ROOT, "  validation %.4f", m.validationLoss()));
    }
    m.validationAuc()
        .forEach(
            (name, auc) -> line.append(String.format(Locale.ROOT, "  AUC %s %.3f", name, auc)));
    line.append(String.format(Locale.ROOT, "  %.1f images/s", m.imagesPerSecond()));
    if (m.workers() != null) {
      line.append("  ").append(m.workers().text());
    }
    context.console().println(line);
    context.console().flush();
  }
}
