package org.headct.ich.common.config;

import java.util.List;

/**
 * Input of {@code reshape-labels}.
 *
 * @param input label files: paths, globs, directories, archives, URIs; not empty
 * @param maxRejectRatio part of the rows that may become findings, 0 to 1
 */
public record LabelsConfig(List<String> input, double maxRejectRatio) {
  public static LabelsConfig from(Settings settings) {
    return new LabelsConfig(
        settings.requiredTexts("labels.input"), settings.number("max-reject-ratio", 0, 1));
  }
}
