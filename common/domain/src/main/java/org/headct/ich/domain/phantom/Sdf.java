package org.headct.ich.domain.phantom;

/** Signed distances in mm, negative inside. */
final class Sdf {
  private Sdf() {}

  /** Returns the distance to a rod with a radius around the segment a-b. */
  static double capsule(
      double x,
      double y,
      double z,
      double ax,
      double ay,
      double az,
      double bx,
      double by,
      double bz,
      double radius) {
    double dx = bx - ax;
    double dy = by - ay;
    double dz = bz - az;
    double px = x - ax;
    double py = y - ay;
    double pz = z - az;
    double t = (px * dx + py * dy + pz * dz) / (dx * dx + dy * dy + dz * dz);
    t = Math.max(0, Math.min(1, t));
    return length(px - t * dx, py - t * dy, pz - t * dz) - radius;
  }

  /** Returns the distance to an axis-parallel ellipsoid, exact to first order at its surface. */
  static double ellipsoid(double x, double y, double z, double a, double b, double c) {
    double u = x / a;
    double v = y / b;
    double w = z / c;
    double rho = Math.sqrt(u * u + v * v + w * w) + 1e-9;
    double gradient = length(u / a, v / b, w / c) / rho + 1e-9;
    return (rho - 1) / gradient;
  }

  static double length(double x, double y, double z) {
    return Math.sqrt(x * x + y * y + z * z);
  }
}
