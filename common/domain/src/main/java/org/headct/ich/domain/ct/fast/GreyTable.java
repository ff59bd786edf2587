package org.headct.ich.domain.ct.fast;

import java.util.List;
import java.util.function.IntToDoubleFunction;
import org.headct.ich.domain.ct.CtWindow;

/** A table from the sum behind a mean to the grey levels of up to three windows: one look-up. */
final class GreyTable {
  static final int MAX_WINDOWS = 3;

  /** The grey levels by sum: eight bits for each window, the first window lowest. */
  private final int[] levels;

  /**
   * Fills the table.
   *
   * @param windows one to three windows
   * @param sums number of sums, from 0 on
   * @param meanHu maps a sum to its mean in HU
   */
  GreyTable(List<CtWindow> windows, int sums, IntToDoubleFunction meanHu) {
    levels = new int[sums];
    for (int sum = 0; sum < sums; sum++) {
      for (int i = MAX_WINDOWS - 1; i >= 0; i--) {
        // With fewer windows, the last one fills the other places.
        CtWindow window = windows.get(Math.min(i, windows.size() - 1));
        levels[sum] = levels[sum] << 8 | window.grey(meanHu.applyAsDouble(sum));
      }
    }
  }

  /**
   * Writes one row of each window's plane.
   *
   * @param sums sums of the row
   * @param target receives the grey levels
   * @param first index in {@code target} of the first window's row. With fewer than three windows,
   *     repeat the index of the last
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
