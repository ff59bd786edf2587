package org.headct.ich.domain.ct;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.headct.ich.domain.dicom.StoredPixels;

/**
 * The content of a frame's pixels.
 *
 * @param pixelHash SHA-256 of rows, columns and the stored values
 * @param minHu lowest HU after rescale and repairs
 * @param maxHu highest HU after rescale and repairs
 * @param brainShare fraction of the pixels between 0 and 80 HU, both excluded, 0 to 1. The brain
 *     window (centre 40, width 80) shows them grey. Slices above and below the brain have few.
 */
public record SliceContent(String pixelHash, double minHu, double maxHu, double brainShare) {
  private static final float BRAIN_ABOVE_HU = 0;
  private static final float BRAIN_BELOW_HU = 80;

  /** Returns the content of a frame, given as stored and in HU. */
  static SliceContent of(StoredPixels stored, HuImage image) {
    float min = Float.POSITIVE_INFINITY;
    float max = Float.NEGATIVE_INFINITY;
    int brain = 0;
    for (float hu : image.hu()) {
      // Never NaN, because slope and intercept are finite. Math.min would check each pixel for NaN.
      min = hu < min ? hu : min;
      max = hu > max ? hu : max;
      brain += hu > BRAIN_ABOVE_HU && hu < BRAIN_BELOW_HU ? 1 : 0;
    }
    return new SliceContent(hash(stored), min, max, (double) brain / image.hu().length);
  }

  private static String hash(StoredPixels pixels) {
    short[] values = pixels.values();
    ByteBuffer bytes = ByteBuffer.allocate(8 + 2 * values.length).order(ByteOrder.LITTLE_ENDIAN);
    bytes.putInt(pixels.rows()).putInt(pixels.columns());
    bytes.asShortBuffer().put(values);
    return SliceAudit.sha256(bytes.array());
  }
}
