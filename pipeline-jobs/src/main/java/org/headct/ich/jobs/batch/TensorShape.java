package org.headct.ich.jobs.batch;

import java.io.Serializable;
import java.util.Arrays;

/**
 * The shape that all tensors of a run share.
 *
 * @param channels C, one for each window and slice
 * @param height H in pixels
 * @param width W in pixels
 * @param windows windows of the channels, as named in the tensors table
 * @param valueType type of a value, as named in the tensors table: uint8 or float32
 */
public record TensorShape(int channels, int height, int width, String windows, String valueType)
    implements Serializable {
  /** Returns the number of bytes in the pixels of one tensor. */
  public int bytes() {
    return channels * height * width * (isFloat() ? Float.BYTES : Byte.BYTES);
  }

  /** Returns the number of slices in the channels: 1, or 3 with the neighbours before and after. */
  public int slices() {
    long own = Arrays.stream(windows.split(",")).filter(name -> !name.contains("@")).count();
    return own == 0 || channels % own != 0 ? 1 : Math.toIntExact(channels / own);
  }

  /** Returns whether the values are little-endian float32, which are used unchanged. */
  boolean isFloat() {
    return "float32".equals(valueType);
  }
}
