package org.headct.ich.common.ct;

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
 *   <li>Head: the core grown back by 2 steps more than the erosion, within the body only, and holes
 *       filled: whatever the border of the image cannot reach by 4-neighbourhood steps, such as
 *       sinuses and mastoid cells.
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
      stack = new int[pixels];
    }
    float[] hu = image.hu();
    for (int i = 0; i < pixels; i++) {
      body[i] = (byte) (hu[i] > BODY_ABOVE_HU ? 1 : 0);
    }
    int radius = Math.max(1, Math.round(EROSION_AT_512 * Math.min(rows, columns) / 512f));
    System.arraycopy(body, 0, work, 0, pixels);
    for (int i = 0; i < radius; i++) {
      erode();
    }
    if (!keepLargest()) {
      System.arraycopy(body, 0, work, 0, pixels);
      keepLargest();
    } else {
      for (int i = 0; i < radius + EXTRA_GROWTH; i++) {
        dilate();
        for (int p = 0; p < pixels; p++) {
          work[p] &= body[p];
        }
      }
    }
    fillHoles();
    dilate();
  }

  /** By one pixel, 3×3; beyond the border counts as body, so that a cut-off head keeps its edge. */
  private void erode() {
    for (int y = 0; y < rows; y++) {
      int row = y * columns;
      other[row] = (byte) (work[row] & work[row + Math.min(1, columns - 1)]);
      for (int i = row + 1; i < row + columns - 1; i++) {
        other[i] = (byte) (work[i - 1] & work[i] & work[i + 1]);
      }
      int last = row + columns - 1;
      other[last] = (byte) (work[last] & work[Math.max(row, last - 1)]);
    }
    for (int y = 0; y < rows; y++) {
      int above = Math.max(0, y - 1) * columns;
      int row = y * columns;
      int below = Math.min(rows - 1, y + 1) * columns;
      for (int x = 0; x < columns; x++) {
        work[row + x] = (byte) (other[above + x] & other[row + x] & other[below + x]);
      }
    }
  }

  private void dilate() {
    for (int y = 0; y < rows; y++) {
      int row = y * columns;
      other[row] = (byte) (work[row] | work[row + Math.min(1, columns - 1)]);
      for (int i = row + 1; i < row + columns - 1; i++) {
        other[i] = (byte) (work[i - 1] | work[i] | work[i + 1]);
      }
      int last = row + columns - 1;
      other[last] = (byte) (work[last] | work[Math.max(row, last - 1)]);
    }
    for (int y = 0; y < rows; y++) {
      int above = Math.max(0, y - 1) * columns;
      int row = y * columns;
      int below = Math.min(rows - 1, y + 1) * columns;
      for (int x = 0; x < columns; x++) {
        work[row + x] = (byte) (other[above + x] | other[row + x] | other[below + x]);
      }
    }
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

  /** Recolours the 4-connected area around a pixel and counts it. */
  private int flood(int seed, byte[] image, byte from, byte to) {
    int depth = 0;
    int size = 0;
    image[seed] = to;
    stack[depth++] = seed;
    while (depth > 0) {
      int pixel = stack[--depth];
      size++;
      int x = pixel % columns;
      if (x > 0 && image[pixel - 1] == from) {
        image[pixel - 1] = to;
        stack[depth++] = pixel - 1;
      }
      if (x < columns - 1 && image[pixel + 1] == from) {
        image[pixel + 1] = to;
        stack[depth++] = pixel + 1;
      }
      if (pixel >= columns && image[pixel - columns] == from) {
        image[pixel - columns] = to;
        stack[depth++] = pixel - columns;
      }
      if (pixel < image.length - columns && image[pixel + columns] == from) {
        image[pixel + columns] = to;
        stack[depth++] = pixel + columns;
      }
    }
    return size;
  }
}
