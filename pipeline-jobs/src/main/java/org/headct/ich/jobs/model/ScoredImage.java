package org.headct.ich.jobs.model;

import java.io.Serializable;

/**
 * A network's answer for one tensor.
 *
 * @param scores probability of each output of the head, in [0, 1]
 * @param labels 0 or 1 for each output of the head
 * @param weight of the row in the loss
 */
public record ScoredImage(
    String imageId,
    int copy,
    String patientId,
    String seriesId,
    float[] scores,
    byte[] labels,
    float weight)
    implements Serializable {}
