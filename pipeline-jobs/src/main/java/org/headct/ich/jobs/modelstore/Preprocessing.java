package org.headct.ich.jobs.modelstore;

import org.headct.ich.domain.config.DicomConfig;
import org.headct.ich.domain.config.PixelSettings;
import org.headct.ich.domain.ct.Standardisation;
import org.headct.ich.domain.ct.TensorRecipe;
import org.headct.ich.domain.error.UserException;
import org.headct.ich.domain.training.TrainSettings;
import org.jspecify.annotations.Nullable;

/**
 * The steps from an object to the tensors that a run was trained on, as {@code run.json} keeps
 * them. Together with the crop of {@link TrainSettings}, they decide the network's input
 * completely.
 *
 * @param recipe text form of the {@link TensorRecipe}
 * @param standardised moments that were removed, as a {@link Standardisation} text; null for none
 * @param reader {@code dicom.reader} of the training
 */
public record Preprocessing(
    String recipe, @Nullable String standardised, DicomConfig.Reader reader) {

  /** Returns the recipe of the run's tensors. */
  public TensorRecipe tensorRecipe() {
    return TensorRecipe.parse(recipe);
  }

  /** Returns the moments, or null for none. */
  public @Nullable Standardisation moments() {
    return standardised == null ? null : Standardisation.parse(standardised);
  }

  /** Returns the steps as settings. */
  public PixelSettings settings(TrainSettings settings) {
    return new PixelSettings(tensorRecipe(), settings.cropFraction(), reader);
  }

  /**
   * Returns the preprocessing of a run.
   *
   * @throws UserException if the run's release did not keep it, or made other tensors than this
   *     release
   */
  public static Preprocessing of(RunInfo run) {
    Preprocessing kept = run.preprocessing();
    if (kept == null) {
      throw new UserException(
          "run %1$s does not say how its tensors were made, because an earlier release trained it (%2$s): train-model --set train.run=%1$s --set train.resume=true adds it while ich.tensors still has snapshot %3$d"
              .formatted(run.run(), run.codeVersion(), run.tensorSnapshot()));
    }
    try {
      kept.tensorRecipe();
    } catch (UserException e) {
      throw new UserException(
          "run %s: %s: predict with the release that trained it (%s), or train again"
              .formatted(run.run(), e.getMessage(), run.codeVersion()),
          e);
    }
    return kept;
  }
}
