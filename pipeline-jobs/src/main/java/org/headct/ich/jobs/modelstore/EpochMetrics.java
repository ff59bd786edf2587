package org.headct.ich.jobs.modelstore;

import java.util.Map;
import org.headct.ich.domain.training.TrainSettings;
import org.jspecify.annotations.Nullable;

/**
 * A line of {@code metrics.jsonl}.
 *
 * @param epoch 1-based
 * @param learningRate learning rate of this epoch
 * @param trainLoss loss of each worker's last batch in a round, averaged over the rounds, without
 *     weight decay; with smoothed labels if {@link TrainSettings} smooths them
 * @param validationLoss mean binary cross-entropy, summed over outputs; null without validation
 *     rows
 * @param validationAuc area under the ROC curve of each output; an output with only one class is
 *     omitted
 * @param images number of training images
 * @param rounds number of times that the parameters were averaged
 * @param trainSeconds time of fitting only, in seconds
 * @param seconds time of fitting and validation, in seconds
 * @param workers distribution of the workers' time in {@code trainSeconds}; null in runs of
 *     releases that did not measure it
 */
public record EpochMetrics(
    int epoch,
    double learningRate,
    double trainLoss,
    @Nullable Double validationLoss,
    Map<String, Double> validationAuc,
    long images,
    int rounds,
    double trainSeconds,
    double seconds,
    @Nullable WorkShare workers) {
  /** Returns the loss that the schedule and the choice of the best model use. */
  public double loss() {
    return validationLoss == null ? trainLoss : validationLoss;
  }

  /** Returns training images per second, including averaging. */
  public double imagesPerSecond() {
    return images / Math.max(trainSeconds, 1e-9);
  }
}
