package org.headct.ich.jobs.scoring;

import java.io.Serializable;
import java.util.Arrays;

/**
 * The scores of a network for one tensor.
 *
 * @param scores probability of each output of the network, in [0, 1]: first those of the slice and
 *     then, if the network reads series, those of the scan, equal for all its slices
 * @param labels 0 or 1 for each output of the network
 */
public record ScoredImage(
    String imageId, String patientId, String seriesId, float[] scores, byte[] labels)
    implements Serializable {

  /**
   * Returns a copy with some of the outputs.
   *
   * @param first first output
   * @param end output after the last
   */
  public ScoredImage outputs(int first, int end) {
    return new ScoredImage(
        imageId,
        patientId,
        seriesId,
        Arrays.copyOfRange(scores, first, end),
        Arrays.copyOfRange(labels, first, end));
  }
}
