package org.headct.ich.jobs.model;

import java.io.Serializable;

/**
 * What all tensors of a run have in common.
 *
 * @param channels C, one a window
 * @param height H in pixels
 * @param width W in pixels
 * @param windows the windows of the channels as the tensors table names them
 */
public record TensorShape(int channels, int height, int width, String windows)
    implements Serializable {
  /** Length of the pixels of one tensor. */
  public int bytes() {
    return channels * height * width;
  }
}
