package org.headct.ich.domain.ct.fast;

import java.util.List;
import java.util.function.IntToDoubleFunction;
import org.headct.ich.domain.ct.CtWindow;

/**
 * Grey levels of up to three windows by the sum that a mean is made of: one look instead of three.
 */
final class GreyTable {
  static final int MAX_WINDOWS = 3;

  /** The levels of the windows, eight bits each, the first lowest. */
  private final int[] levels;

  /** Of one window to three, the sums from 0 to below {@code sums}, and their means in HU. */
  GreyTable(List<CtWindow> windows, int sums, IntToDoubleFunction meanHu) {
    levels = new int[sums];
    for (int sum = 0; sum < sums; sum++) {
      for (int i = MAX_WINDOWS - 1; i >= 0; i--) {
        // Where there are fewer, the last stands in for the rest.
        CtWindow window = windows.get(Math.min(i, windows.size() - 1));
        levels[sum] = levels[sum] << 8 | window.grey(meanHu.applyAsDouble(sum));
      }
    }
  }

  /**
   * One row of each window's plane.
   *
   * @param first where the first window's row begins in {@code target}; fewer windows repeat the
   *     place of the last
   */
  void row(int[] sums, byte[] target, int first, int second, int third) {
    for (int x = 0; x < sums.length; x++) {
      int level = levels[sums[x]];
      target[first + x] = (byte) level;
      target[second + x] = (byte) (level >> 8);
      target[third + x] = (byte) (level >> 16);
    }
  }
}
