package org.headct.ich.jobs.modelstore;

import java.util.Map;
import org.headct.ich.domain.training.TrainSettings;
import org.jspecify.annotations.Nullable;

/**
 * One line of {@code metrics.jsonl}.
 *
 * @param epoch 1-based
 * @param learningRate of this epoch
 * @param trainLoss mean over the rounds of the loss of each worker's last batch, without weight
 *     decay; of smoothed labels if {@link TrainSettings} smooths them
 * @param validationLoss mean binary cross-entropy, summed over outputs; null without validation
 *     rows
 * @param validationAuc area under the ROC curve of each output; an output with one class only is
 *     left out
 * @param images training images
 * @param rounds averagings of the parameters
 * @param trainSeconds fitting alone
 * @param seconds fitting and validation
 * @param workers how the workers spent {@code trainSeconds}; null in runs of releases that did not
 *     measure it
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
  /** What two runs of the same seed agree on. */
  public EpochMetrics withoutTimes() {
    return new EpochMetrics(
        epoch, learningRate, trainLoss, validationLoss, validationAuc, images, rounds, 0, 0, null);
  }

  /** What the schedule and the best model go by. */
  public double loss() {
    return validationLoss == null ? trainLoss : validationLoss;
  }

  /** Training images a second, averaging included. */
  public double imagesPerSecond() {
    return images / Math.max(trainSeconds, 1e-9);
  }
}
