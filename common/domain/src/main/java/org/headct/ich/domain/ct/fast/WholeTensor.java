package org.headct.ich.domain.ct.fast;

import java.util.ArrayList;
import java.util.List;
import org.headct.ich.domain.ct.CtWindow;
import org.headct.ich.domain.ct.RescaleRule;
import org.headct.ich.domain.ct.TensorSpec;
import org.headct.ich.domain.dicom.StoredPixels;

/**
 * The fast path to a tensor, for frames that {@link WholeHu} takes. It sums whole numbers, not
 * float32 images. The bits are those of the plain path: on both paths every mean is a whole number
 * below 2^24 divided by a power of two, which float32 holds exactly.
 *
 * <p>Reuses its buffers between calls, so it is not thread-safe; use one for each thread.
 */
final class WholeTensor {
  /** The largest {@link AreaSums#sideWeight} with which 16 bits hold the sum of a column. */
  private static final int MAX_SIDE_WEIGHT = 16;

  /** The largest side weight with tables. Larger tables have megabytes; arithmetic is faster. */
  private static final int MAX_TABLE_WEIGHT = 2;

  private final boolean fits;
  private final int size;
  private final int channels;
  private final WholeHu image;
  private final AreaSums area;
  private final List<GreyTable> tables = new ArrayList<>();
  private final int[] sums;
  private final int offset;
  private final float share;

  WholeTensor(TensorSpec spec) {
    size = spec.size();
    channels = spec.channels();
    int weight = AreaSums.sideWeight(size);
    fits = size <= WholeHu.SIDE && weight <= MAX_SIDE_WEIGHT;
    // 13 bits reach from -2048 to 6143 HU. 12 bits, from -1024 HU, hold plain CT.
    int bits = weight < MAX_SIDE_WEIGHT ? 13 : 12;
    image = new WholeHu(bits == 13 ? -2048 : -1024, bits);
    area = new AreaSums(size);
    sums = new int[size];
    offset = image.lowest() * weight * weight;
    share = 1f / (weight * weight);
    if (weight <= MAX_TABLE_WEIGHT) {
      for (int i = 0; i < channels; i += GreyTable.MAX_WINDOWS) {
        List<CtWindow> windows =
            spec.windows().subList(i, Math.min(channels, i + GreyTable.MAX_WINDOWS));
        tables.add(new GreyTable(windows, weight * weight << bits, this::mean));
      }
    }
  }

  /** Takes a frame; returns false if it needs the plain path. */
  boolean take(StoredPixels pixels, RescaleRule rule) {
    return fits && image.take(pixels, rule);
  }

  /** Returns the frame taken last. */
  WholeHu image() {
    return image;
  }

  /** Writes the area means in HU, size × size. */
  void means(float[] hu) {
    for (int y = 0; y < size; y++) {
      area.row(image.values(), y, sums);
      for (int x = 0; x < size; x++) {
        hu[y * size + x] = mean(sums[x]);
      }
    }
  }

  /** Returns whether {@link #greys} has tables. If not, take grey levels from {@link #means}. */
  boolean hasGreys() {
    return !tables.isEmpty();
  }

  /** Writes the grey levels, C×H×W, from index {@code at} on. */
  void greys(byte[] target, int at) {
    int plane = size * size;
    int last = at + (channels - 1) * plane;
    for (int y = 0; y < size; y++) {
      area.row(image.values(), y, sums);
      int row = at + y * size;
      for (GreyTable table : tables) {
        int end = last + y * size;
        table.row(sums, target, row, Math.min(end, row + plane), Math.min(end, row + 2 * plane));
        row += GreyTable.MAX_WINDOWS * plane;
      }
    }
  }

  private float mean(int sum) {
    return (sum + offset) * share;
  }
}
