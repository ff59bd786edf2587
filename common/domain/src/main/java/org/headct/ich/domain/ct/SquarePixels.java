package org.headct.ich.domain.ct;

import java.util.Arrays;

/**
 * A resampler of images whose pixels are not square. The longer side of the body that the image
 * shows becomes 512 pixels, and the other as many as its millimetres make. An image of 512 × 512
 * pixels, 0.4 mm high and 0.6 mm wide, becomes 341 rows of 512 columns.
 *
 * <p>An axis that shrinks takes the mean over the area of each target pixel, an axis that grows is
 * linear between pixel centres, edges repeated, as in {@link AreaResampler}. Weights are whole
 * numbers, and a sum is divided once at the end, so a constant image stays constant.
 *
 * <p>Reuses its buffers between calls, so it is not thread-safe; use one for each thread.
 */
public final class SquarePixels {
  private double[] line = {};

  /** Returns the image itself if its pixels are square, else a new image of square pixels. */
  public HuImage of(HuImage image, PixelShape shape) {
    int rows = image.rows();
    int columns = image.columns();
    if (shape.isSquare(rows, columns)) {
      return image;
    }
    Axis down = new Axis(rows, shape.squareRows(rows, columns));
    Axis across = new Axis(columns, shape.squareColumns(rows, columns));
    float[] square = new float[down.to() * across.to()];
    if (line.length != columns) {
      line = new double[columns];
    }
    double total = (double) down.total() * across.total();
    for (int y = 0; y < down.to(); y++) {
      Arrays.fill(line, 0);
      for (int row = down.first(y); row <= down.last(y); row++) {
        add(image.hu(), row * columns, down.weight(row, y));
      }
      for (int x = 0; x < across.to(); x++) {
        double sum = 0;
        for (int column = across.first(x); column <= across.last(x); column++) {
          sum += line[column] * across.weight(column, x);
        }
        square[y * across.to() + x] = (float) (sum / total);
      }
    }
    return new HuImage(down.to(), across.to(), square);
  }

  private void add(float[] source, int from, long weight) {
    for (int x = 0; x < line.length; x++) {
      line[x] += source[from + x] * (double) weight;
    }
  }

  /**
   * The whole weights by which {@code from} pixels become {@code to} pixels.
   *
   * @param from number of source pixels, at least 1
   * @param to number of target pixels, at least 1
   */
  private record Axis(int from, int to) {
    /** Returns the sum of the weights of a target pixel. */
    long total() {
      return to <= from ? from : 2L * to;
    }

    int first(int target) {
      return (int) (to <= from ? (long) target * from / to : center(target) / total());
    }

    int last(int target) {
      return to <= from
          ? (int) (((target + 1L) * from - 1) / to)
          : Math.min(from - 1, first(target) + 1);
    }

    long weight(int source, int target) {
      if (to <= from) {
        // In units of 1/to source pixel, a target pixel is `from` wide and a source pixel `to`.
        return Math.min((source + 1L) * to, (target + 1L) * from)
            - Math.max((long) source * to, (long) target * from);
      }
      if (first(target) == from - 1) {
        return total();
      }
      long share = center(target) % total();
      return source == first(target) ? total() - share : share;
    }

    /** Returns the target's centre, from the first source pixel's centre, in 1/total. */
    private long center(int target) {
      long center = (2L * target + 1) * from - to;
      return Math.max(0, Math.min(center, total() * (from - 1)));
    }
  }
}
