package org.headct.ich.domain.dicom;

/**
 * Bounds on the memory that one object may cost.
 *
 * @param maxNesting depth of nested sequences, in [1, 512]; real objects stay below 10
 * @param maxInflatedBytes size of a deflated data set after inflation, in bytes
 * @param maxFramePixels rows times columns of a frame
 * @param maxFrames number of frames of an object
 */
public record DicomLimits(int maxNesting, int maxInflatedBytes, int maxFramePixels, int maxFrames) {

  public DicomLimits {
    require("maxNesting", maxNesting, 512);
    require("maxInflatedBytes", maxInflatedBytes, 1 << 30);
    require("maxFramePixels", maxFramePixels, 1 << 28);
    require("maxFrames", maxFrames, Integer.MAX_VALUE);
  }

  /**
   * Returns the default bounds: 64 nested sequences, 256 MiB inflated, 4096 x 4096 pixels (CT goes
   * to 2048 x 2048) and 65,536 frames. In a heap below 2 GiB, the bound on inflated bytes is an
   * eighth of the heap: growing the buffer takes twice the size, and a small object must not
   * exhaust an executor.
   */
  public static DicomLimits defaults() {
    long inflated = Math.min(256 << 20, Runtime.getRuntime().maxMemory() / 8);
    return new DicomLimits(64, (int) inflated, 4096 * 4096, 65_536);
  }

  private static void require(String name, int value, int most) {
    if (value < 1 || value > most) {
      throw new IllegalArgumentException(name + " must be in [1, " + most + "], got " + value);
    }
  }
}
