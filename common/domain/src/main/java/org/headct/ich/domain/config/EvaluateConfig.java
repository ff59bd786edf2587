package org.headct.ich.domain.config;

/**
 * Settings of {@code evaluate-model}.
 *
 * @param run name of the run under {@code models.path}; empty for the newest
 * @param split the part of the dataset to score: train, validation or test
 * @param threshold score from which an image counts as positive, 0 to 1
 * @param bootstrap resamplings of the patients for the 95 % intervals
 * @param seed random seed of the resampling
 * @param pictures slices shown on the page
 * @param heatMaps the number of worst errors among the pictures that get a heat map
 * @param robustness images that are scored again with 16 disturbances each; 0 for none
 */
public record EvaluateConfig(
    String run,
    String split,
    double threshold,
    int bootstrap,
    long seed,
    int pictures,
    int heatMaps,
    int robustness) {

  /** The parts of a dataset. */
  private enum Part {
    TRAIN,
    VALIDATION,
    TEST
  }

  public static EvaluateConfig from(Settings settings) {
    return new EvaluateConfig(
        TrainConfig.name(settings, "evaluate.run"),
        Settings.kebab(settings.choice("evaluate.split", Part.class)),
        settings.number("evaluate.threshold", 0, 1),
        settings.integer("evaluate.bootstrap", 100, 100_000),
        settings.seed("evaluate.seed"),
        settings.integer("evaluate.pictures", 0, 200),
        settings.integer("evaluate.heat-maps", 0, 200),
        settings.integer("evaluate.robustness", 0, 1_000_000));
  }
}
