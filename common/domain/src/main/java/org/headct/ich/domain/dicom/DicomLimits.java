package org.headct.ich.domain.dicom;

/**
 * Bounds on what an object may ask of the reader, so that no object, however made, costs more
 * memory than these.
 *
 * @param maxNesting sequences inside sequences, in [1, 512]; real objects stay below 10
 * @param maxInflatedBytes size of a deflated data set once inflated, in bytes
 * @param maxFramePixels rows times columns of a frame
 * @param maxFrames frames of an object
 */
public record DicomLimits(int maxNesting, int maxInflatedBytes, int maxFramePixels, int maxFrames) {

  public DicomLimits {
    require("maxNesting", maxNesting, 512);
    require("maxInflatedBytes", maxInflatedBytes, 1 << 30);
    require("maxFramePixels", maxFramePixels, 1 << 28);
    require("maxFrames", maxFrames, Integer.MAX_VALUE);
  }

  /**
   * 64 sequences, 256 MiB inflated, 4096 x 4096 pixels (CT goes to 2048 x 2048), 65,536 frames. In
   * a heap of less than 2 GiB an eighth of it is inflated at most, for growing takes that twice
   * over, and a small object must not take an executor down.
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
