package org.headct.ich.domain.ct.fast;

import java.util.ArrayList;
import java.util.List;
import org.headct.ich.domain.ct.CtWindow;
import org.headct.ich.domain.ct.RescaleRule;
import org.headct.ich.domain.ct.TensorSpec;
import org.headct.ich.domain.dicom.StoredPixels;

/**
 * The short way to a tensor, for frames as {@link WholeHu} takes them: sums of whole numbers
 * instead of images of float32. To the bit what the long way gives, for on both every mean is a
 * whole number below 2^24 divided by a power of two, which float32 holds.
 *
 * <p>Keeps its buffers between calls: not thread-safe, one for each thread.
 */
final class WholeTensor {
  /** 16 bits must hold the sum of a column, see {@link AreaSums#sideWeight}. */
  private static final int MAX_SIDE_WEIGHT = 16;

  /** Tables of more sums are of megabytes, and so costlier to look at than to calculate. */
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
    // 13 bits reach from -2048 to 6143 HU; 12 bits, from -1024, hold what plain CT has.
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

  /** Takes a frame, or says that it must go the long way. */
  boolean take(StoredPixels pixels, RescaleRule rule) {
    return fits && image.take(pixels, rule);
  }

  /** The frame taken last. */
  WholeHu image() {
    return image;
  }

  /** The area means in HU, size × size. */
  void means(float[] hu) {
    for (int y = 0; y < size; y++) {
      area.row(image.values(), y, sums);
      for (int x = 0; x < size; x++) {
        hu[y * size + x] = mean(sums[x]);
      }
    }
  }

  /** Whether {@link #greys} has tables; without, grey levels are those of {@link #means}. */
  boolean hasGreys() {
    return !tables.isEmpty();
  }

  /** The grey levels, C×H×W. */
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
