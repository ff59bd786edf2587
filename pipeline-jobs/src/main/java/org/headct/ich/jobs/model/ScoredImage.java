package org.headct.ich.jobs.model;

import java.io.Serializable;

/**
 * A network's answer for one tensor.
 *
 * @param scores probability of each output of the head, in [0, 1]
 * @param labels 0 or 1 for each output of the head
 */
public record ScoredImage(
    String imageId, String patientId, String seriesId, float[] scores, byte[] labels)
    implements Serializable {}
