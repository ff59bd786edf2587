package org.headct.ich.domain.config;

/**
 * Settings of {@code predict}; what shapes a pixel comes from the run, see {@link PixelSettings}.
 *
 * @param run name of the run under {@code models.path}; empty for the newest
 * @param dump name of the dump in the tables; empty for one made of {@code dicom.input}
 * @param scanSlices highest slices of a scan that are averaged for its suspicion
 * @param pages scans with a page of their own
 * @param pictures slices pictured on such a page
 */
public record PredictConfig(String run, String dump, int scanSlices, int pages, int pictures) {
  public static PredictConfig from(Settings settings) {
    return new PredictConfig(
        TrainConfig.name(settings, "predict.run"),
        TrainConfig.name(settings, "predict.dump"),
        settings.integer("predict.scan-slices", 1, 1000),
        settings.integer("predict.pages", 0, 10_000),
        settings.integer("predict.pictures", 0, 200));
  }
}
