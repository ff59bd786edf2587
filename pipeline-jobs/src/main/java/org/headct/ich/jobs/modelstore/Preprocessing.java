package org.headct.ich.jobs.modelstore;

import org.headct.ich.domain.config.DicomConfig;
import org.headct.ich.domain.config.PixelSettings;
import org.headct.ich.domain.ct.Standardisation;
import org.headct.ich.domain.ct.TensorRecipe;
import org.headct.ich.domain.error.UserException;
import org.headct.ich.domain.training.TrainSettings;
import org.jspecify.annotations.Nullable;

/**
 * From an object to the tensors that a run was trained on, as {@code run.json} keeps it. With the
 * crop of {@link TrainSettings} it is all that shapes what the network is given.
 *
 * @param recipe as {@link TensorRecipe#text} has it
 * @param standardised moments that were taken out, as {@link Standardisation#text} has them, or
 *     null for none
 * @param reader {@code dicom.reader} of the training
 */
public record Preprocessing(
    String recipe, @Nullable String standardised, DicomConfig.Reader reader) {

  /** What the run makes tensors by. */
  public TensorRecipe tensorRecipe() {
    return TensorRecipe.parse(recipe);
  }

  /** The moments, or null for none. */
  public @Nullable Standardisation moments() {
    return standardised == null ? null : Standardisation.parse(standardised);
  }

  /** As settings name it. */
  public PixelSettings settings(TrainSettings settings) {
    return new PixelSettings(tensorRecipe(), settings.cropFraction(), reader);
  }

  /**
   * Of a run.
   *
   * @throws UserException if it is of a release that did not keep it, or that made other tensors
   *     than this one
   */
  public static Preprocessing of(RunInfo run) {
    Preprocessing kept = run.preprocessing();
    if (kept == null) {
      throw new UserException(
          "run %1$s does not say how its tensors were made, for it is of an earlier release (%2$s): train-model --set train.run=%1$s --set train.resume=true adds it while ich.tensors still has snapshot %3$d"
              .formatted(run.run(), run.codeVersion(), run.tensorSnapshot()));
    }
    try {
      kept.tensorRecipe();
    } catch (UserException e) {
      throw new UserException(
          "run %s: %s: predict by the release that trained it (%s), or train again"
              .formatted(run.run(), e.getMessage(), run.codeVersion()),
          e);
    }
    return kept;
  }
}
