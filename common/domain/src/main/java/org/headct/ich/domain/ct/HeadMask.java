package org.headct.ich.domain.ct;

import java.util.Arrays;

/**
 * The mask of a head CT: finds the pixels of the head and turns everything else (table, head rest,
 * cables, air) into air.
 *
 * <ol>
 *   <li>Body: pixels above -300 HU, halfway between air and fat. Fat, skin and partial volume at
 *       the skin count as body; most foam does not.
 *   <li>Core: the body eroded by a square (3 pixels to each side at 512×512, scaled with the
 *       image). This removes the thin shell of a head rest and separates objects that touch the
 *       scalp. Then only the largest component stays (4-neighbourhood: a corner is no bridge). If
 *       the erosion leaves nothing, the core is the largest component of the body.
 *   <li>Head: the core, grown back within the body by 2 steps more than the erosion.
 *   <li>Holes filled: pixels that the border of the image cannot reach by 4-neighbourhood steps,
 *       such as sinuses and mastoid cells. Openings narrower than 16 pixels at 512×512 count as
 *       closed, such as nostrils and ear canals; otherwise their thin bones would be lost.
 *   <li>One more pixel all round, for the skin's partial volume.
 * </ol>
 *
 * <p>An image without body gives an empty mask. Thin parts far from the head's outline, such as the
 * edge of the outer ear, may be lost. Scalp, bone and brain are kept. Reuses its buffers between
 * calls, so it is not thread-safe; use one for each thread.
 */
public final class HeadMask {
  private static final int BODY_ABOVE_HU = -300;
  private static final int EROSION_AT_512 = 3;
  private static final int EXTRA_GROWTH = 2;
  private static final int INLET_AT_512 = 8;

  private BitImage body = new BitImage(1, 1);
  private BitImage head = new BitImage(1, 1);

  /** Returns a copy of the image with -1000 HU outside the head. */
  public HuImage apply(HuImage image) {
    find(image);
    float[] hu = image.hu().clone();
    for (int y = 0; y < image.rows(); y++) {
      int row = y * image.columns();
      int x = head.next(y, 0, false);
      while (x < image.columns()) {
        int end = head.next(y, x, true);
        Arrays.fill(hu, row + x, row + end, HuImage.AIR_HU);
        x = head.next(y, end, false);
      }
    }
    return new HuImage(image.rows(), image.columns(), hu);
  }

  /**
   * Sets everything outside the head to air, in place.
   *
   * @param values side × side values, row-major, each HU - {@code lowest}
   * @param side side of the image in pixels
   * @param lowest HU of the value 0
   */
  public void apply(short[] values, int side, int lowest) {
    resize(side, side);
    short air = (short) (HuImage.AIR_HU - lowest);
    body.setAbove(values, BODY_ABOVE_HU - lowest);
    find();
    for (int y = 0; y < side; y++) {
      int row = y * side;
      int x = head.next(y, 0, false);
      while (x < side) {
        int end = head.next(y, x, true);
        Arrays.fill(values, row + x, row + end, air);
        x = head.next(y, end, false);
      }
    }
  }

  /** Returns the mask, row-major: true on the head. */
  public boolean[] of(HuImage image) {
    find(image);
    boolean[] mask = new boolean[image.hu().length];
    for (int y = 0; y < image.rows(); y++) {
      int row = y * image.columns();
      int x = head.next(y, 0, true);
      while (x < image.columns()) {
        int end = head.next(y, x, false);
        Arrays.fill(mask, row + x, row + end, true);
        x = head.next(y, end, true);
      }
    }
    return mask;
  }

  private void find(HuImage image) {
    resize(image.rows(), image.columns());
    body.setAbove(image.hu(), BODY_ABOVE_HU);
    find();
  }

  private void resize(int rows, int columns) {
    if (body.rows() != rows || body.columns() != columns) {
      body = new BitImage(rows, columns);
      head = new BitImage(rows, columns);
    }
  }

  /** Computes {@link #head} from {@link #body}. */
  private void find() {
    int radius = scaled(EROSION_AT_512);
    body.copyTo(head);
    head.erode(radius);
    if (head.keepLargest()) {
      for (int i = 0; i < radius + EXTRA_GROWTH; i++) {
        head.dilate(1);
        head.and(body);
      }
    } else {
      body.copyTo(head);
      head.keepLargest();
    }
    // Dilation closes an inlet to a hole. One step less of erosion keeps the skin's edge.
    int inlet = scaled(INLET_AT_512);
    head.dilate(inlet);
    head.fillHoles();
    head.erode(inlet - 1);
  }

  private int scaled(int pixelsAt512) {
    return Math.max(1, Math.round(pixelsAt512 * Math.min(body.rows(), body.columns()) / 512f));
  }
}
