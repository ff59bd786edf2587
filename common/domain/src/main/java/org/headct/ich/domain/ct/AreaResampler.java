package org.headct.ich.domain.ct;

import java.util.Arrays;

/**
 * A resampler of images in HU to a square.
 *
 * <ul>
 *   <li>An image that is not square is first padded with air to the square of its longer side, so
 *       that the head keeps its proportions. The image is in the middle; an odd row or column of
 *       padding goes below or to the right. Pixels count as square; {@link SquarePixels} makes them
 *       so.
 *   <li>Down: the mean over the area of each target pixel (OpenCV's INTER_AREA). A source pixel
 *       that is partly covered counts by its covered fraction. The image keeps its mean HU.
 *   <li>Up: bilinear between pixel centres, edges repeated (OpenCV's INTER_LINEAR).
 * </ul>
 *
 * <p>Columns are summed first, then rows, in a fixed order. If a target pixel is a whole number of
 * source pixels wide, sums are float32, which is exact for integer HU from 512×512 down to 16×16.
 * Otherwise sums are float64. Weights are whole numbers, and the sum is divided once at the end. A
 * constant image therefore stays constant, and means of integer HU are exact up to the final
 * rounding to float32. Java's arithmetic is strict, so results are the same bits on every machine.
 *
 * <p>Reuses its buffers between calls, so it is not thread-safe; use one for each thread.
 */
public final class AreaResampler {
  private float[] padded = {};
  private float[] line = {};
  private double[] exactLine = {};
  private int[] left = {};
  private float[] share = {};

  /**
   * Resamples an image to a square of another size.
   *
   * @param size side of the result in pixels, at least 1
   * @return a new image of {@code size} × {@code size}
   * @throws IllegalArgumentException if {@code size} is below 1
   */
  public HuImage resample(HuImage image, int size) {
    if (size < 1) {
      throw new IllegalArgumentException("size must be at least 1, got " + size);
    }
    float[] target = new float[Math.multiplyExact(size, size)];
    int side = Math.max(image.rows(), image.columns());
    resample(square(image), side, target, size);
    return new HuImage(size, size, target);
  }

  /** Returns the values of a square image, or a buffer with the values padded to a square. */
  float[] square(HuImage image) {
    int rows = image.rows();
    int columns = image.columns();
    if (rows == columns) {
      return image.hu();
    }
    int side = Math.max(rows, columns);
    if (padded.length != side * side) {
      padded = new float[side * side];
    }
    Arrays.fill(padded, HuImage.AIR_HU);
    int top = (side - rows) / 2;
    int left = (side - columns) / 2;
    for (int row = 0; row < rows; row++) {
      System.arraycopy(image.hu(), row * columns, padded, (top + row) * side + left, columns);
    }
    return padded;
  }

  /** Resamples a square of side n to one of side m, both row-major. */
  void resample(float[] source, int n, float[] target, int m) {
    if (n == m) {
      System.arraycopy(source, 0, target, 0, m * m);
      return;
    }
    if (line.length != n) {
      line = new float[n];
    }
    if (n < m) {
      bilinear(source, n, target, m);
    } else if (n % m == 0) {
      wholeArea(source, n, target, m);
    } else {
      fractionalArea(source, n, target, m);
    }
  }

  private void wholeArea(float[] source, int n, float[] target, int m) {
    int factor = n / m;
    double share = 1.0 / ((double) factor * factor);
    for (int y = 0; y < m; y++) {
      int from = y * factor * n;
      copyRow(source, from, line, n);
      for (int row = 1; row < factor; row++) {
        addRow(source, from + row * n, line, n);
      }
      if (factor == 2) {
        meanOfPairs(line, target, y * m, m, (float) share);
      } else {
        meanOfRuns(line, factor, target, y * m, m, share);
      }
    }
  }

  private void fractionalArea(float[] source, int n, float[] target, int m) {
    // In units of 1/q source pixel, target pixel j covers [j·p, (j+1)·p) and source pixel i covers
    // [i·q, (i+1)·q). Every overlap is a whole number, and the overlaps add up to p.
    int divisor = gcd(n, m);
    int p = n / divisor;
    int q = m / divisor;
    double share = 1.0 / ((double) p * p);
    if (exactLine.length != n) {
      exactLine = new double[n];
    }
    for (int y = 0; y < m; y++) {
      Arrays.fill(exactLine, 0);
      int end = (y + 1) * p;
      for (int row = y * p / q; row * q < end; row++) {
        addRow(source, row * n, overlap(row, q, y, p), exactLine);
      }
      for (int x = 0; x < m; x++) {
        int first = x * p / q;
        int last = ((x + 1) * p - 1) / q;
        double sum = exactLine[first] * overlap(first, q, x, p);
        // Source pixels between the first and the last are covered completely.
        for (int column = first + 1; column < last; column++) {
          sum += exactLine[column] * q;
        }
        sum += exactLine[last] * overlap(last, q, x, p);
        target[y * m + x] = (float) (sum * share);
      }
    }
  }

  private void bilinear(float[] source, int n, float[] target, int m) {
    if (left.length != m) {
      left = new int[m];
      share = new float[m];
    }
    // The last pixel has no right neighbour, so it counts as the neighbour of the pixel before.
    int lastPair = Math.max(0, n - 2);
    for (int i = 0; i < m; i++) {
      double center = Math.max(0, Math.min(n - 1, (i + 0.5) * n / m - 0.5));
      left[i] = Math.min((int) center, lastPair);
      share[i] = (float) (center - left[i]);
    }
    int step = Math.min(1, n - 1);
    for (int y = 0; y < m; y++) {
      mixRows(source, left[y] * n, (left[y] + step) * n, share[y], line, n);
      for (int x = 0; x < m; x++) {
        float value = line[left[x]];
        target[y * m + x] = value + (line[left[x] + step] - value) * share[x];
      }
    }
  }

  // The loops below stay plain for the JIT compiler of Java 17. It uses SIMD if all arrays start at
  // index 0; with an offset in the index it only unrolls the loop.

  private static void copyRow(float[] source, int from, float[] sum, int n) {
    System.arraycopy(source, from, sum, 0, n);
  }

  private static void addRow(float[] source, int from, float[] sum, int n) {
    for (int x = 0; x < n; x++) {
      sum[x] += source[from + x];
    }
  }

  private static void addRow(float[] source, int from, int weight, double[] sum) {
    for (int x = 0; x < sum.length; x++) {
      sum[x] += (double) source[from + x] * weight;
    }
  }

  private static void mixRows(
      float[] source, int upper, int lower, float share, float[] mixed, int n) {
    for (int x = 0; x < n; x++) {
      mixed[x] = source[upper + x] + (source[lower + x] - source[upper + x]) * share;
    }
  }

  /** Averages pairs in float32, which is exact here because a quarter is exact in binary. */
  private static void meanOfPairs(float[] line, float[] target, int at, int m, float share) {
    for (int x = 0; x < m; x++) {
      target[at + x] = (line[2 * x] + line[2 * x + 1]) * share;
    }
  }

  private static void meanOfRuns(
      float[] line, int factor, float[] target, int at, int m, double share) {
    for (int x = 0; x < m; x++) {
      float sum = 0;
      for (int column = x * factor; column < (x + 1) * factor; column++) {
        sum += line[column];
      }
      target[at + x] = (float) (sum * share);
    }
  }

  public static int overlap(int i, int q, int j, int p) {
    return Math.min((i + 1) * q, (j + 1) * p) - Math.max(i * q, j * p);
  }

  public static int gcd(int a, int b) {
    return b == 0 ? a : gcd(b, a % b);
  }
}
