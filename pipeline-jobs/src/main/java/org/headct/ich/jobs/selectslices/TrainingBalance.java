package org.headct.ich.jobs.selectslices;

import java.util.List;
import org.headct.ich.domain.config.SelectConfig;
import org.headct.ich.domain.config.SelectConfig.Balance;
import org.headct.ich.domain.config.Settings;
import org.headct.ich.domain.sample.ClassWeights;
import org.headct.ich.domain.sample.HybridResampling;
import org.jspecify.annotations.Nullable;

/** Balance of the two classes in a dataset's training images, by weights or by copies. */
final class TrainingBalance {
  private final Balance asked;
  private final @Nullable String lacking;
  private final @Nullable ClassWeights weights;
  private final @Nullable HybridResampling resampling;

  /** Computes the balance of these training images. */
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

  /** Returns the weight of a training image in the loss. */
  double weight(LabelledSlice image) {
    if (weights == null) {
      return 1;
    }
    return image.positive() ? weights.positive() : weights.negative();
  }

  /** Returns how often an epoch contains a training image; 0 for an image that is left out. */
  int copies(LabelledSlice image) {
    if (resampling == null) {
      return 1;
    }
    String id = image.middle().imageId();
    return image.positive() ? resampling.positiveCopies(id) : resampling.negativeCopies(id);
  }

  /** Returns whether images may have no copy or more than one. */
  boolean resamples() {
    return resampling != null;
  }

  /** Returns the text for the report. */
  @Override
  public String toString() {
    String name = Settings.kebab(asked);
    if (asked == Balance.NONE) {
      return name;
    }
    if (lacking != null) {
      return "none: %s needs both classes, but training has no images %s".formatted(name, lacking);
    }
    return resampling == null ? name : "%s to %s".formatted(name, resampling.ratio());
  }
}
