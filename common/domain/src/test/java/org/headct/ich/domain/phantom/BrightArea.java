package org.headct.ich.domain.phantom;

import org.headct.ich.domain.dicom.StoredPixels;

/** Detector of blood in pixels: 3x3 means of 46 to 85 HU, 9 mm from any bone, inside the skull. */
final class BrightArea {
  private static final double FROM_BONE_MM = 9;

  private BrightArea() {}

  static double ofBlood(PhantomSlice slice) {
    StoredPixels pixels = slice.pixels();
    double[] spacing = slice.header().pixelSpacingMm();
    double mm = spacing == null ? 1 : spacing[0];
    int reach = (int) Math.ceil(FROM_BONE_MM / mm);
    int count = 0;
    for (int y = reach; y < pixels.rows() - reach; y++) {
      for (int x = reach; x < pixels.columns() - reach; x++) {
        double mean = mean(pixels, x, y);
        if (mean > 46 && mean < 85 && enclosed(pixels, x, y) && !nearBone(pixels, x, y, reach)) {
          count++;
        }
      }
    }
    return count * mm * mm;
  }

  private static int hu(StoredPixels pixels, int x, int y) {
    return pixels.at(y * pixels.columns() + x) - 1024;
  }

  private static double mean(StoredPixels pixels, int x, int y) {
    double sum = 0;
    for (int i = 0; i < 9; i++) {
      sum += hu(pixels, x - 1 + i % 3, y - 1 + i / 3);
    }
    return sum / 9;
  }

  private static boolean nearBone(StoredPixels pixels, int x, int y, int reach) {
    for (int dy = -reach; dy <= reach; dy++) {
      for (int dx = -reach; dx <= reach; dx++) {
        if (dx * dx + dy * dy <= reach * reach && hu(pixels, x + dx, y + dy) > 150) {
          return true;
        }
      }
    }
    return false;
  }

  private static boolean enclosed(StoredPixels pixels, int x, int y) {
    boolean left = false;
    boolean right = false;
    for (int i = 0; i < pixels.columns(); i++) {
      if (hu(pixels, i, y) > 400) {
        left |= i < x;
        right |= i > x;
      }
    }
    return left && right;
  }
}
