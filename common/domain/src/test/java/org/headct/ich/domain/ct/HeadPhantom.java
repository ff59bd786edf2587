package org.headct.ich.domain.ct;

/**
 * A synthetic slice for tests of {@link HeadMask}. It has scalp, skull, brain, a sinus, an open
 * nasal cavity with a thin septum, a head rest that touches the scalp, and a table.
 */
public final class HeadPhantom {
  private HeadPhantom() {}

  /** Returns a square image with this side in pixels; all coordinates below are at 512. */
  public static HuImage image(int side) {
    float[] hu = new float[side * side];
    for (int y = 0; y < side; y++) {
      for (int x = 0; x < side; x++) {
        hu[y * side + x] = at(x * 512.0 / side, y * 512.0 / side);
      }
    }
    return new HuImage(side, side, hu);
  }

  /** Returns whether a point belongs to the head or is enclosed by it. */
  static boolean isHead(double x, double y) {
    return radius(x, y, 160, 195) <= 1;
  }

  static float at(double x, double y) {
    if (isHead(x, y)) {
      return inHead(x, y);
    }
    // Head rest: a shell, 4 pixels thick, that touches the scalp at the back of the head.
    double rest = Math.hypot(x - 256, y - 200);
    if (rest >= 244 && rest <= 248 && y > 250) {
      return 50;
    }
    boolean table = y >= 490 && y < 504;
    return table ? 200 : -990;
  }

  private static float inHead(double x, double y) {
    boolean nose = y < 120 && Math.abs(x - 256) < 20;
    if (nose) {
      boolean nostril = Math.abs(x - 256) < 6 || y > 70;
      boolean septum = Math.abs(x - 256) < 1.5;
      return septum ? 300 : nostril ? -950 : 40;
    }
    if (Math.hypot(x - 200, y - 110) < 14) {
      return -980;
    }
    double scalp = radius(x, y, 150, 185);
    double skull = radius(x, y, 136, 171);
    return scalp > 1 ? -60 : skull > 1 ? 1200 : 35;
  }

  private static double radius(double x, double y, double width, double height) {
    return Math.hypot((x - 256) / width, (y - 250) / height);
  }
}
