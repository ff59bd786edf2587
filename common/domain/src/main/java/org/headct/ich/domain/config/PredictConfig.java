package org.headct.ich.domain.config;

import java.util.Set;
import org.headct.ich.domain.series.ImageKind;

/**
 * Settings of {@code predict}. The settings that shape pixels come from the run, see {@link
 * PixelSettings}.
 *
 * @param run name of the run under {@code models.path}; empty for the newest
 * @param dump name of the dump in the tables; empty for a hash of {@code dicom.input}
 * @param scanSlices number of a scan's highest-scoring slices that its suspicion averages
 * @param pages number of scans that get their own page
 * @param pictures number of slices pictured on such a page
 * @param kinds kinds of images that get a position and count for suspicion
 */
public record PredictConfig(
    String run, String dump, int scanSlices, int pages, int pictures, Set<ImageKind> kinds) {
  public static PredictConfig from(Settings settings) {
    return new PredictConfig(
        TrainConfig.name(settings, "predict.run"),
        TrainConfig.name(settings, "predict.dump"),
        settings.integer("predict.scan-slices", 1, 1000),
        settings.integer("predict.pages", 0, 10_000),
        settings.integer("predict.pictures", 0, 200),
        SelectConfig.kinds(settings));
  }
}
