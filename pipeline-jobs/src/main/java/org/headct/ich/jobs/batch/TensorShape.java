package org.headct.ich.jobs.batch;

import java.io.Serializable;
import java.util.Arrays;

/**
 * What all tensors of a run have in common.
 *
 * @param channels C, one a window
 * @param height H in pixels
 * @param width W in pixels
 * @param windows the windows of the channels as the tensors table names them
 * @param valueType of a number, as the tensors table names it: uint8 or float32
 */
public record TensorShape(int channels, int height, int width, String windows, String valueType)
    implements Serializable {
  /** Length of the pixels of one tensor. */
  public int bytes() {
    return channels * height * width * (isFloat() ? Float.BYTES : Byte.BYTES);
  }

  /** Slices of which the channels are: 1, or 3 with the neighbours before and after. */
  public int slices() {
    long own = Arrays.stream(windows.split(",")).filter(name -> !name.contains("@")).count();
    return own == 0 || channels % own != 0 ? 1 : Math.toIntExact(channels / own);
  }

  /** Whether the numbers are float32, little endian, to be taken as they are. */
  boolean isFloat() {
    return "float32".equals(valueType);
  }
}
