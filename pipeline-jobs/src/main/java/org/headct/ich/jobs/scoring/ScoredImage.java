package org.headct.ich.jobs.scoring;

import java.io.Serializable;
import java.util.Arrays;

/**
 * A network's answer for one tensor.
 *
 * @param scores probability of each output of the network, in [0, 1]: what it says of the slice,
 *     and behind that, where it reads series, of the scan, the same for each of its slices
 * @param labels 0 or 1 for each output of the network
 */
public record ScoredImage(
    String imageId, String patientId, String seriesId, float[] scores, byte[] labels)
    implements Serializable {

  /** The same with some of the outputs, from the first to before the end. */
  public ScoredImage outputs(int first, int end) {
    return new ScoredImage(
        imageId,
        patientId,
        seriesId,
        Arrays.copyOfRange(scores, first, end),
        Arrays.copyOfRange(labels, first, end));
  }
}
