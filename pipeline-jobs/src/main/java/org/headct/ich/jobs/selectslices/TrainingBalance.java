package org.headct.ich.jobs.selectslices;

import java.util.List;
import org.headct.ich.domain.config.SelectConfig;
import org.headct.ich.domain.config.SelectConfig.Balance;
import org.headct.ich.domain.config.Settings;
import org.headct.ich.domain.sample.ClassWeights;
import org.headct.ich.domain.sample.HybridResampling;
import org.jspecify.annotations.Nullable;

/** What makes up for the rarer class of a dataset's training images: weights, or copies. */
final class TrainingBalance {
  private final Balance asked;
  private final @Nullable String lacking;
  private final @Nullable ClassWeights weights;
  private final @Nullable HybridResampling resampling;

  /** Of these images of the training part. */
  TrainingBalance(SelectConfig config, List<LabelledSlice> training) {
    long positives = training.stream().filter(LabelledSlice::positive).count();
    long negatives = training.size() - positives;
    asked = config.balance();
    lacking = positives == 0 ? "with a haemorrhage" : negatives == 0 ? "without one" : null;
    boolean possible = lacking == null;
    weights =
        possible && asked == Balance.CLASS_WEIGHTS ? new ClassWeights(negatives, positives) : null;
    resampling =
        possible && asked == Balance.HYBRID
            ? new HybridResampling(config.rule().seed(), config.hybridRatio(), negatives, positives)
            : null;
  }

  /** Weight of a training image in the loss. */
  double weight(LabelledSlice image) {
    if (weights == null) {
      return 1;
    }
    return image.positive() ? weights.positive() : weights.negative();
  }

  /** How often training sees an image in an epoch; 0: never. */
  int copies(LabelledSlice image) {
    if (resampling == null) {
      return 1;
    }
    String id = image.middle().imageId();
    return image.positive() ? resampling.positiveCopies(id) : resampling.negativeCopies(id);
  }

  /** Whether images may have more than one copy, or none. */
  boolean resamples() {
    return resampling != null;
  }

  /** For the report. */
  @Override
  public String toString() {
    String name = Settings.kebab(asked);
    if (asked == Balance.NONE) {
      return name;
    }
    if (lacking != null) {
      return "none: %s needs both classes, training has no images %s".formatted(name, lacking);
    }
    return resampling == null ? name : "%s to %s".formatted(name, resampling.ratio());
  }
}
