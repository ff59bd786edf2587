package org.headct.ich.domain.ct.fast;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.IntBuffer;
import java.nio.ShortBuffer;
import java.util.Arrays;
import org.headct.ich.domain.ct.AreaResampler;

/**
 * The sums of whole numbers by which {@link AreaResampler} shrinks an image of side 512. They use
 * the same whole weights, are not divided yet, and are exact.
 *
 * <p>Loops cover whole arrays, see {@link WholeHu}. Reuses its buffers between calls, so it is not
 * thread-safe; use one for each thread.
 */
final class AreaSums {
  private static final int SIDE = WholeHu.SIDE;

  private final int size;
  // In units of 1/q source pixel, a target pixel is p wide and a source pixel is q wide.
  private final int p;
  private final int q;
  private final short[] row = new short[SIDE];
  private final short[] line = new short[SIDE];
  private final short[] twoRows = new short[2 * SIDE];
  private final int[] pairs = new int[SIDE / 2];
  // For each target column: its first and last source column, and how much it covers of them.
  private final int[] first;
  private final int[] last;
  private final int[] firstShare;
  private final int[] lastShare;
  private final ShortBuffer lineIn;
  private final IntBuffer pairsOut;

  /** Creates the sums for a target of side {@code size}, at most 512. */
  AreaSums(int size) {
    this.size = size;
    p = sideWeight(size);
    q = p * size / SIDE;
    first = new int[size];
    last = new int[size];
    firstShare = new int[size];
    lastShare = new int[size];
    for (int x = 0; x < size; x++) {
      first[x] = x * p / q;
      last[x] = ((x + 1) * p - 1) / q;
      firstShare[x] = AreaResampler.overlap(first[x], q, x, p);
      lastShare[x] = last[x] == first[x] ? 0 : AreaResampler.overlap(last[x], q, x, p);
    }
    ByteBuffer bytes = ByteBuffer.allocate(Short.BYTES * SIDE).order(ByteOrder.nativeOrder());
    lineIn = bytes.asShortBuffer();
    pairsOut = bytes.asIntBuffer();
  }

  /**
   * Returns the total weight along one side of a target pixel, a power of two. A mean is a sum
   * divided by its square. The largest value times this weight must be below 2^16.
   */
  static int sideWeight(int size) {
    return SIDE / AreaResampler.gcd(SIDE, size);
  }

  /**
   * Computes the sums of one target row.
   *
   * @param values source values, 512×512, row-major, read as unsigned
   * @param y row of the target
   * @param sums receives one sum for each target column
   */
  void row(short[] values, int y, int[] sums) {
    if (p == 2) {
      System.arraycopy(values, 2 * y * SIDE, twoRows, 0, 2 * SIDE);
      addPairs(twoRows, line);
      // Read as ints, the bytes hold two neighbours each, which a loop of stride one can add.
      lineIn.clear().put(line);
      pairsOut.clear().get(pairs);
      foldPairs(pairs, sums);
    } else {
      Arrays.fill(line, (short) 0);
      int end = (y + 1) * p;
      for (int from = y * p / q; from * q < end; from++) {
        System.arraycopy(values, from * SIDE, row, 0, SIDE);
        add(row, AreaResampler.overlap(from, q, y, p), line);
      }
      across(sums);
    }
  }

  private static void addPairs(short[] twoRows, short[] line) {
    for (int x = 0; x < line.length; x++) {
      line[x] = (short) (twoRows[x] + twoRows[x + SIDE]);
    }
  }

  private static void foldPairs(int[] pairs, int[] sums) {
    for (int x = 0; x < sums.length; x++) {
      sums[x] = (pairs[x] & 0xFFFF) + (pairs[x] >>> 16);
    }
  }

  private static void add(short[] row, int weight, short[] line) {
    for (int x = 0; x < line.length; x++) {
      line[x] = (short) (line[x] + row[x] * weight);
    }
  }

  private void across(int[] sums) {
    for (int x = 0; x < size; x++) {
      int between = 0;
      for (int column = first[x] + 1; column < last[x]; column++) {
        between += line[column] & 0xFFFF;
      }
      sums[x] =
          (line[first[x]] & 0xFFFF) * firstShare[x]
              + between * q
              + (line[last[x]] & 0xFFFF) * lastShare[x];
    }
  }
}
