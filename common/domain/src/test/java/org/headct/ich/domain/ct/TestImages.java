package org.headct.ich.domain.ct;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Assumptions;

/** The images and data that several tests of this package use. */
public final class TestImages {
  private TestImages() {}

  /** Returns the image that {@code src/test/golden/tensor_golden.py} generates, step for step. */
  public static HuImage seeded(int rows, int columns, int seed) {
    int[] state = {seed};
    int across = (columns + 7) / 8;
    int[] levels = new int[(rows + 7) / 8 * across];
    for (int i = 0; i < levels.length; i++) {
      boolean wide = next(state, 4) == 0;
      levels[i] = wide ? next(state, 4096) - 1024 : next(state, 160) - 40;
    }
    float[] hu = new float[rows * columns];
    for (int y = 0; y < rows; y++) {
      for (int x = 0; x < columns; x++) {
        hu[y * columns + x] = levels[y / 8 * across + x / 8] + next(state, 32);
      }
    }
    return new HuImage(rows, columns, hu);
  }

  static HuImage constant(int rows, int columns, float value) {
    float[] hu = new float[rows * columns];
    Arrays.fill(hu, value);
    return new HuImage(rows, columns, hu);
  }

  static double mean(HuImage image) {
    double sum = 0;
    for (float value : image.hu()) {
      sum += value;
    }
    return sum / image.hu().length;
  }

  /** Returns an archive of real data beside the project, or skips the test with a message. */
  static Path sharedData(String name) {
    Path top = Path.of("").toAbsolutePath();
    while (top != null && !Files.isDirectory(top.resolve(".mvn"))) {
      top = top.getParent();
    }
    Assumptions.assumeTrue(top != null, "the top of the project is not above the working folder");
    Path archive = top.resolveSibling("shared").resolve("data").resolve(name);
    Assumptions.assumeTrue(Files.isReadable(archive), "real data is not there: " + archive);
    return archive;
  }

  private static int next(int[] state, int bound) {
    state[0] = state[0] * 1664525 + 1013904223;
    return (state[0] >>> 16) % bound;
  }
}
