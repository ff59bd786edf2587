package org.headct.ich.domain.ct;

import java.util.Arrays;

/**
 * A binary image with 64 pixels in a word, and the mask operations of {@link HeadMask}. Bit {@code
 * x & 63} of word {@code y * stride + x / 64} is column x of row y. Bits beyond the last column are
 * 0.
 *
 * <p>Reuses its buffers between calls, so it is not thread-safe.
 */
final class BitImage {
  /** The longest shift in bits, so that a shifted bit stays within the next word. */
  private static final int MAX_STEP = 63;

  private final int rows;
  private final int columns;
  private final int stride;
  private long[] words;
  private long[] other;
  private long[] third;
  private final long[] right;
  private int[] stack = new int[64];

  /** Creates an image of zeros. */
  BitImage(int rows, int columns) {
    this.rows = rows;
    this.columns = columns;
    stride = (columns + 63) / 64;
    words = new long[rows * stride];
    other = new long[words.length];
    third = new long[words.length];
    right = new long[stride];
  }

  int rows() {
    return rows;
  }

  int columns() {
    return columns;
  }

  /** Sets the pixels whose value is above a bound and clears the others. */
  void setAbove(float[] values, float bound) {
    for (int y = 0, i = 0; y < rows; y++) {
      for (int x = 0; x < columns; x += 64) {
        long word = 0;
        int end = Math.min(64, columns - x);
        for (int bit = 0; bit < end; bit++, i++) {
          word |= (values[i] > bound ? 1L : 0L) << bit;
        }
        words[y * stride + (x >> 6)] = word;
      }
    }
  }

  /** Sets the pixels whose value, in [0, 32767], is above a bound and clears the others. */
  void setAbove(short[] values, int bound) {
    for (int y = 0, i = 0; y < rows; y++) {
      for (int x = 0; x < columns; x += 64) {
        long word = 0;
        int end = Math.min(64, columns - x);
        for (int bit = 0; bit < end; bit++, i++) {
          // The sign of the difference. A branch would be mispredicted along every edge.
          word |= (long) (bound - values[i] >>> 31) << bit;
        }
        words[y * stride + (x >> 6)] = word;
      }
    }
  }

  void copyTo(BitImage image) {
    System.arraycopy(words, 0, image.words, 0, words.length);
  }

  void and(BitImage image) {
    for (int i = 0; i < words.length; i++) {
      words[i] &= image.words[i];
    }
  }

  /** Returns the first column from {@code x} on with this value, or {@link #columns}. */
  int next(int y, int x, boolean value) {
    int start = y * stride * 64;
    return next(words, start + x, start + columns, value ? 0 : -1L) - start;
  }

  /** Erodes by a square of {@code 2 * radius + 1} a side; pixels beyond the border count as set. */
  void erode(int radius) {
    invert();
    dilate(radius);
    invert();
  }

  /** Dilates by a square of {@code 2 * radius + 1} a side. */
  void dilate(int radius) {
    for (int y = 0; y < rows; y++) {
      widen(y * stride, radius);
    }
    // Each pass joins three copies that are a step apart, so the reach more than doubles.
    for (int reach = 0, step; reach < radius; reach += step) {
      step = Math.min(radius - reach, 2 * reach + 1);
      for (int y = 0; y < rows; y++) {
        int above = Math.max(0, y - step) * stride;
        int below = Math.min(rows - 1, y + step) * stride;
        for (int x = 0; x < stride; x++) {
          other[y * stride + x] = words[above + x] | words[y * stride + x] | words[below + x];
        }
      }
      long[] dilated = other;
      other = words;
      words = dilated;
    }
  }

  /** Widens a row to both sides separately, because bits that are shifted out are lost. */
  private void widen(int row, int radius) {
    System.arraycopy(words, row, right, 0, stride);
    for (int reach = 0, step; reach < radius; reach += step) {
      step = Math.min(Math.min(radius - reach, reach + 1), MAX_STEP);
      for (int i = stride - 1; i >= 0; i--) {
        long carried = i == 0 ? 0 : words[row + i - 1] >>> 64 - step;
        words[row + i] |= words[row + i] << step | carried;
      }
      for (int i = 0; i < stride; i++) {
        long carried = i == stride - 1 ? 0 : right[i + 1] << 64 - step;
        right[i] |= right[i] >>> step | carried;
      }
    }
    for (int i = 0; i < stride; i++) {
      words[row + i] |= right[i];
    }
    words[row + stride - 1] &= lastWord();
  }

  private void invert() {
    for (int i = 0; i < words.length; i++) {
      words[i] = ~words[i];
    }
    for (int i = stride - 1; i < words.length; i += stride) {
      words[i] &= lastWord();
    }
  }

  /** Returns the bits of a row's last word that are pixels. */
  private long lastWord() {
    return -1L >>> stride * 64 - columns;
  }

  /**
   * Keeps the largest component by 4-neighbourhood. Of equally large ones the first by rows stays.
   *
   * @return false if no pixel is set
   */
  boolean keepLargest() {
    System.arraycopy(words, 0, third, 0, words.length);
    int largest = 0;
    int seed = -1;
    int end = words.length * 64;
    for (int at = next(third, 0, end, 0); at < end; at = next(third, at, end, 0)) {
      int size = move(at, third, other);
      if (size > largest) {
        largest = size;
        seed = at;
      }
    }
    if (seed < 0) {
      return false;
    }
    Arrays.fill(third, 0);
    move(seed, words, third);
    long[] kept = third;
    third = words;
    words = kept;
    return true;
  }

  /** Sets unset pixels that the border cannot reach by 4-neighbourhood steps over unset pixels. */
  void fillHoles() {
    invert();
    Arrays.fill(other, 0);
    int last = (rows - 1) * stride * 64;
    for (int x = 0; x < columns; x++) {
      move(x, words, other);
      move(last + x, words, other);
    }
    for (int start = 0; start <= last; start += stride * 64) {
      move(start, words, other);
      move(start + columns - 1, words, other);
    }
    long[] outside = other;
    other = words;
    words = outside;
    invert();
  }

  /**
   * Moves the component of a pixel to another image, run by run.
   *
   * @param seed position of the pixel in bits
   * @return number of pixels moved; 0 if the pixel itself is not set
   */
  private int move(int seed, long[] from, long[] to) {
    int depth = 0;
    int size = 0;
    stack[depth++] = seed;
    while (depth > 0) {
      int at = stack[--depth];
      if ((from[at >> 6] >>> at & 1) == 0) {
        continue;
      }
      int row = at / (stride * 64) * (stride * 64);
      int start = first(from, at, row);
      int end = next(from, at, row + columns, -1L);
      moveRun(start, end, from, to);
      size += end - start;
      depth = pushRuns(start - stride * 64, end - stride * 64, from, depth);
      depth = pushRuns(start + stride * 64, end + stride * 64, from, depth);
    }
    return size;
  }

  private static void moveRun(int start, int end, long[] from, long[] to) {
    int last = end - 1 >> 6;
    for (int word = start >> 6; word <= last; word++) {
      long mask = word == start >> 6 ? -1L << start : -1L;
      if (word == last) {
        mask &= -1L >>> -end;
      }
      from[word] &= ~mask;
      to[word] |= mask;
    }
  }

  /** Pushes the first pixel of each run on the stack; returns the stack's new depth. */
  private int pushRuns(int start, int end, long[] from, int depth) {
    if (start < 0 || start >= from.length * 64) {
      return depth;
    }
    int top = depth;
    int at = next(from, start, end, 0);
    while (at < end) {
      if (top == stack.length) {
        stack = Arrays.copyOf(stack, 2 * top);
      }
      stack[top++] = at;
      at = next(from, next(from, at, end, -1L), end, 0);
    }
    return top;
  }

  /** Returns the first position of the run that holds the set bit {@code at}. */
  private static int first(long[] words, int at, int rowStart) {
    int word = at >> 6;
    long unset = ~words[word] & (1L << at) - 1;
    while (unset == 0) {
      if (word == rowStart >> 6) {
        return rowStart;
      }
      unset = ~words[--word];
    }
    return word * 64 + 64 - Long.numberOfLeadingZeros(unset);
  }

  /**
   * Returns the next set position, or the next unset one if {@code flip} is -1.
   *
   * @return {@code end} if there is none
   */
  private static int next(long[] words, int at, int end, long flip) {
    if (at >= end) {
      return end;
    }
    int word = at >> 6;
    long found = (words[word] ^ flip) & -1L << at;
    while (found == 0) {
      word++;
      if (word * 64 >= end) {
        return end;
      }
      found = words[word] ^ flip;
    }
    return Math.min(end, word * 64 + Long.numberOfTrailingZeros(found));
  }
}
