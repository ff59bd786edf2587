package org.headct.ich.domain.phantom;

/**
 * The skull and scalp of one patient. Head coordinates are in mm: x to the patient's left, y to the
 * back, z up. The origin lies in the third ventricle, where the head is widest. The inner table is
 * an egg-shaped ellipsoid, closed below by the floor of the three cranial fossae.
 */
final class HeadShape {
  private final double halfWidthMm;
  private final double halfLengthMm;
  private final double heightMm;
  private final double depthMm;
  private final double taper;
  private final double skewPerMm;
  private final double thicknessMm;
  private final double thicknessGrowth;
  private final double scalpMm;
  private final double bumpMm;
  private final NoiseLattice lattice;

  HeadShape(RandomDraws draws, NoiseLattice lattice) {
    this.lattice = lattice;
    double size = 1 + 0.035 * draws.normal();
    halfWidthMm = 65 * size * (1 + 0.03 * draws.normal());
    halfLengthMm = 81 * size * (1 + 0.03 * draws.normal());
    heightMm = 77 * size;
    depthMm = 70 * size;
    taper = draws.between(0.05, 0.16);
    skewPerMm = 0.03 * draws.normal();
    thicknessMm = draws.between(4, 6.8);
    thicknessGrowth = draws.between(0.1, 0.5);
    scalpMm = draws.between(3.2, 7);
    bumpMm = draws.between(0.8, 2.2);
  }

  double halfWidthMm() {
    return halfWidthMm;
  }

  double halfLengthMm() {
    return halfLengthMm;
  }

  double heightMm() {
    return heightMm;
  }

  /**
   * Returns the distance to the ellipsoid of the inner table in mm, negative inside. The floor of
   * the skull is not part of it.
   */
  double vaultMm(double x, double y, double z) {
    double along = (y + skewPerMm * x) / halfLengthMm;
    double width = halfWidthMm * (1 + taper * along - 0.07 * along * along);
    double u = x / width;
    double t = z > 0 ? z / heightMm : -z / depthMm;
    double tall = t * t * Math.sqrt(t);
    double rho2 = u * u + along * along + tall + 1e-9;
    double gz = 1.25 * t * Math.sqrt(t) / (z > 0 ? heightMm : depthMm);
    double gx = u / width;
    double gy = along / halfLengthMm;
    double rho = Math.sqrt(rho2);
    double distance = (rho2 - rho) / (Math.sqrt(gx * gx + gy * gy + gz * gz) + 1e-9);
    // The skull's bumps matter only near it. Far inside, the distance serves only as a depth.
    return distance < -25
        ? distance
        : distance + bumpMm * lattice.at(x / 37 + 5, y / 37 + 5, z / 37 + 5);
  }

  /**
   * Returns the distance to the floor of the skull (anterior, middle, posterior fossa) in mm,
   * positive below it.
   */
  double floorMm(double x, double y, double z) {
    double middle = -43 + 11 * bell(x / 15) + 5 * bell((y - 6) / 11);
    // The roofs of the orbits bulge up; the midline and the sides lie lower.
    double roof = -26 + 9 * bell((Math.abs(x) - 27) / 24) - 0.12 * Math.max(0, -45 - y);
    double front = smooth((-18 - y) / 22);
    double back = smooth((y - 8) / 16);
    double height = middle + front * (roof - middle) + back * (-62 - middle);
    double lumps = 2.5 * lattice.at(x / 14, y / 14 + 2, 0.5);
    return (height + lumps - z) * 0.85;
  }

  /** Returns the thickness of the vault's bone in mm: thicker at the forehead and the back. */
  double boneMm(double x, double y, double z) {
    double along = y / halfLengthMm;
    double noise = lattice.at(x / 21 + 11, y / 21, z / 21);
    return thicknessMm * (1 + thicknessGrowth * along * along * 0.8 + 0.28 * noise);
  }

  /**
   * Returns the thickness of the soft tissue over the vault in mm: thicker over the temple (the
   * muscle) and the nape.
   */
  double scalpMm(double x, double y, double z) {
    double temple = bell((y + 22) / 24) * bell((z + 25) / 26) * smooth((Math.abs(x) - 25) / 20);
    double nape = smooth((y - 20) / 30) * smooth((-25 - z) / 20);
    return scalpMm + 8 * temple + 9 * nape + 0.8 * lattice.at(x / 23, y / 23 + 7, z / 23);
  }

  /** Returns a smooth bell: 1 at 0, and 0 from 1 on. */
  static double bell(double t) {
    double s = Math.max(0, 1 - t * t);
    return s * s;
  }

  /** Returns a smooth step: 0 up to 0, and 1 from 1 on. */
  static double smooth(double t) {
    double s = Math.max(0, Math.min(1, t));
    return s * s * (3 - 2 * s);
  }
}
