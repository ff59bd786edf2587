package org.headct.ich.domain.phantom;

/**
 * Smooth 3-D value noise in [-1, 1] on a 32x32x32 lattice that wraps, with trilinear interpolation
 * by a smooth step. It gives each patient individual folds, bone and clots that continue from slice
 * to slice.
 */
final class NoiseLattice {
  private static final int SIDE = 32;
  private static final int MASK = SIDE - 1;

  private final float[] values = new float[SIDE * SIDE * SIDE];

  NoiseLattice(RandomDraws draws) {
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) draws.between(-1, 1);
    }
  }

  /** Returns the noise at a point, in cells of the lattice (not mm). */
  double at(double x, double y, double z) {
    double fx = Math.floor(x);
    double fy = Math.floor(y);
    double fz = Math.floor(z);
    int x0 = (int) fx & MASK;
    int x1 = (x0 + 1) & MASK;
    int y0 = ((int) fy & MASK) * SIDE;
    int y1 = (y0 + SIDE) & (MASK * SIDE);
    int z0 = ((int) fz & MASK) * SIDE * SIDE;
    int z1 = (z0 + SIDE * SIDE) & (MASK * SIDE * SIDE);
    double u = smooth(x - fx);
    double v = smooth(y - fy);
    double w = smooth(z - fz);
    double low =
        mix(
            mix(values[z0 + y0 + x0], values[z0 + y0 + x1], u),
            mix(values[z0 + y1 + x0], values[z0 + y1 + x1], u),
            v);
    double high =
        mix(
            mix(values[z1 + y0 + x0], values[z1 + y0 + x1], u),
            mix(values[z1 + y1 + x0], values[z1 + y1 + x1], u),
            v);
    return mix(low, high, w);
  }

  private static double smooth(double t) {
    return t * t * (3 - 2 * t);
  }

  private static double mix(double a, double b, double t) {
    return a + (b - a) * t;
  }
}
