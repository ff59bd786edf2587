package org.headct.ich.common.ct;

import java.util.Arrays;

/**
 * Which pixels of a head CT belong to the head: everything else (table, head rest, cables, air) is
 * made air.
 *
 * <ol>
 *   <li>Body: above -300 HU, halfway between air and fat, so that fat, skin and partial volume at
 *       the skin count as body and most foam does not.
 *   <li>Core: body eroded by a square (3 pixels to each side at 512×512, scaled with the image), so
 *       that the thin shell of a head rest vanishes and what touches the scalp lets go; then the
 *       largest component (4-neighbourhood: a corner is no bridge). If nothing survives, the
 *       largest component of the body itself.
 *   <li>Head: the core grown back by 2 steps more than the erosion, within the body only.
 *   <li>Holes filled: whatever the border of the image cannot reach by 4-neighbourhood steps, such
 *       as sinuses and mastoid cells; also when the way out is narrower than 16 pixels at 512×512,
 *       such as nostrils and ear canals, whose thin bones would be lost else.
 *   <li>One pixel more all round, for the skin's partial volume.
 * </ol>
 *
 * <p>An image without body gives an empty mask. Thin parts far from the head's outline (the edge of
 * the outer ear) may be lost; scalp, bone and brain are not. Keeps its buffers between calls: not
 * thread-safe, one for each thread.
 */
public final class HeadMask {
  private static final float BODY_ABOVE_HU = -300f;
  private static final int EROSION_AT_512 = 3;
  private static final int EXTRA_GROWTH = 2;
  private static final int INLET_AT_512 = 8;

  private byte[] body = {};
  private byte[] work = {};
  private byte[] other = {};
  private int[] stack = {};
  private int rows;
  private int columns;

  /** A copy of the image with -1000 HU outside the head. */
  public HuImage apply(HuImage image) {
    find(image);
    float[] hu = image.hu().clone();
    for (int i = 0; i < hu.length; i++) {
      if (work[i] == 0) {
        hu[i] = HuImage.AIR_HU;
      }
    }
    return new HuImage(rows, columns, hu);
  }

  /** Row-major, true on the head. */
  public boolean[] of(HuImage image) {
    find(image);
    boolean[] mask = new boolean[rows * columns];
    for (int i = 0; i < mask.length; i++) {
      mask[i] = work[i] != 0;
    }
    return mask;
  }

  /** Leaves the mask, 0 or 1, in {@link #work}. */
  private void find(HuImage image) {
    rows = image.rows();
    columns = image.columns();
    int pixels = rows * columns;
    if (body.length != pixels) {
      body = new byte[pixels];
      work = new byte[pixels];
      other = new byte[pixels];
      // A span of n pixels pushes at most n + 1 runs, and spans do not overlap.
      stack = new int[2 * pixels + 1];
    }
    float[] hu = image.hu();
    for (int i = 0; i < pixels; i++) {
      body[i] = (byte) (hu[i] > BODY_ABOVE_HU ? 1 : 0);
    }
    int radius = scaled(EROSION_AT_512);
    System.arraycopy(body, 0, work, 0, pixels);
    erode(radius);
    if (keepLargest()) {
      for (int i = 0; i < radius + EXTRA_GROWTH; i++) {
        dilate(1);
        and(work, body);
      }
    } else {
      System.arraycopy(body, 0, work, 0, pixels);
      keepLargest();
    }
    // Widened, an inlet becomes a hole; a step less on the way back leaves the skin's edge in.
    int inlet = scaled(INLET_AT_512);
    dilate(inlet);
    fillHoles();
    erode(inlet - 1);
  }

  private int scaled(int pixelsAt512) {
    return Math.max(1, Math.round(pixelsAt512 * Math.min(rows, columns) / 512f));
  }

  /** By a square; beyond the border counts as body, so that a cut-off head keeps its edge. */
  private void erode(int radius) {
    invert();
    dilate(radius);
    invert();
  }

  /** By a square. Three copies a step apart: the reach more than doubles with each pass. */
  private void dilate(int radius) {
    int reach = 0;
    while (reach < radius) {
      int step = Math.min(radius - reach, 2 * reach + 1);
      for (int row = 0; row < rows * columns; row += columns) {
        for (int x = 0; x < columns; x = next(x, step)) {
          other[row + x] =
              (byte) (work[row + left(x, step)] | work[row + x] | work[row + right(x, step)]);
        }
        or(work, row, row + step, row + 2 * step, other, row + step, columns - 2 * step);
      }
      for (int y = 0; y < rows; y++) {
        int above = Math.max(0, y - step) * columns;
        int below = Math.min(rows - 1, y + step) * columns;
        or(other, above, y * columns, below, work, y * columns, columns);
      }
      reach += step;
    }
  }

  /** Plain enough for the JIT compiler to make it SIMD, as is what follows. */
  private static void or(byte[] from, int a, int b, int c, byte[] to, int at, int n) {
    for (int i = 0; i < n; i++) {
      to[at + i] = (byte) (from[a + i] | from[b + i] | from[c + i]);
    }
  }

  private static void and(byte[] image, byte[] with) {
    for (int i = 0; i < image.length; i++) {
      image[i] = (byte) (image[i] & with[i]);
    }
  }

  private void invert() {
    byte[] image = work;
    for (int i = 0; i < image.length; i++) {
      image[i] = (byte) (image[i] ^ 1);
    }
  }

  /** The next column that has less than a step to a side of the image. */
  private int next(int x, int step) {
    return x + 1 == step ? Math.max(step, columns - step) : x + 1;
  }

  private static int left(int x, int step) {
    return Math.max(0, x - step);
  }

  private int right(int x, int step) {
    return Math.min(columns - 1, x + step);
  }

  /**
   * Keeps the largest component of {@link #work}, of equals the one met first by rows.
   *
   * @return false if there is none
   */
  private boolean keepLargest() {
    int pixels = rows * columns;
    int largest = 0;
    int seed = -1;
    for (int i = 0; i < pixels; i++) {
      if (work[i] == 1) {
        int size = flood(i, work, (byte) 1, (byte) 2);
        if (size > largest) {
          largest = size;
          seed = i;
        }
      }
    }
    if (seed < 0) {
      return false;
    }
    flood(seed, work, (byte) 2, (byte) 1);
    for (int i = 0; i < pixels; i++) {
      work[i] &= 1;
    }
    return true;
  }

  private void fillHoles() {
    for (int x = 0; x < columns; x++) {
      drain(x);
      drain((rows - 1) * columns + x);
    }
    for (int y = 0; y < rows; y++) {
      drain(y * columns);
      drain(y * columns + columns - 1);
    }
    for (int i = 0; i < rows * columns; i++) {
      work[i] = (byte) (work[i] == 2 ? 0 : 1);
    }
  }

  private void drain(int border) {
    if (work[border] == 0) {
      flood(border, work, (byte) 0, (byte) 2);
    }
  }

  /** Recolours the 4-connected area around a pixel, span by span, and counts its pixels. */
  private int flood(int seed, byte[] image, byte from, byte to) {
    int depth = 0;
    int size = 0;
    stack[depth++] = seed;
    while (depth > 0) {
      int pixel = stack[--depth];
      if (image[pixel] != from) {
        continue;
      }
      int rowStart = pixel / columns * columns;
      int start = pixel;
      while (start > rowStart && image[start - 1] == from) {
        start--;
      }
      int end = pixel + 1;
      while (end < rowStart + columns && image[end] == from) {
        end++;
      }
      Arrays.fill(image, start, end, to);
      size += end - start;
      if (rowStart > 0) {
        depth = pushRuns(start - columns, end - columns, image, from, depth);
      }
      if (rowStart + columns < image.length) {
        depth = pushRuns(start + columns, end + columns, image, from, depth);
      }
    }
    return size;
  }

  /** Puts the first pixel of each run of a colour on the stack; returns the stack's new depth. */
  private int pushRuns(int start, int end, byte[] image, byte from, int depth) {
    int top = depth;
    for (int i = start; i < end; i++) {
      if (image[i] == from && (i == start || image[i - 1] != from)) {
        stack[top++] = i;
      }
    }
    return top;
  }
}
