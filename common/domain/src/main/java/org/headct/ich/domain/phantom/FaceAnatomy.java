package org.headct.ich.domain.phantom;

/**
 * The anatomy outside one patient's inner table: bone of base and face, sinuses, orbits, and the
 * fat and muscle between them. It is coarser than the brain, because the pipeline's middle slices
 * rarely reach it.
 */
final class FaceAnatomy {
  private final NoiseLattice lattice;
  private final double frontalSinus;
  private final double mastoidAir;
  private final double fatHu;
  private final double halfLengthMm;

  FaceAnatomy(RandomDraws draws, NoiseLattice lattice, HeadShape shape) {
    this.lattice = lattice;
    halfLengthMm = shape.halfLengthMm();
    frontalSinus = draws.chance(0.7) ? draws.between(0.6, 1.25) : 0;
    mastoidAir = draws.between(0.1, 0.55);
    fatHu = draws.between(-105, -80);
  }

  /** Returns the signed distance to bone other than the vault, in mm. Called only for z below 0. */
  double boneMm(double x, double y, double z) {
    double ax = Math.abs(x);
    double petrous = Sdf.capsule(ax, y, z, 12, 2, -37, 56, 24, -35, 6.5);
    double mastoid = Sdf.ellipsoid(ax - 52, y - 27, z + 46, 14, 17, 22);
    double sphenoid = Sdf.capsule(ax, y, z, 18, -24, -24, 50, -30, -16, 2.6);
    double clivus = Sdf.capsule(ax, y, z, 0, 2, -36, 0, 14, -60, 6);
    double condyle = Sdf.capsule(ax, y, z, 12, 18, -60, 18, 32, -66, 6);
    double best =
        Math.min(Math.min(petrous, mastoid), Math.min(sphenoid, Math.min(clivus, condyle)));
    double orbit = Math.max(Math.abs(orbitMm(ax, y, z)) - 0.7, Math.max(y + 34, -76 - y));
    best = Math.min(best, orbit);
    double wall = Math.abs(Sdf.ellipsoid(ax - 27, y + 58, z + 66, 15, 17, 17)) - 0.4;
    double septum = Math.max(Math.max(ax - 0.7, z + 24), Math.max(y + 38, -84 - y));
    double zygoma = Sdf.capsule(ax, y, z, 46, -62, -50, 66, -18, -50, 3.2);
    double jaw = Sdf.capsule(ax, y, z, 50, -12, -58, 46, -34, -110, 5);
    double palate = Math.max(Math.abs(z + 86) - 2, Sdf.ellipsoid(x, y + 60, 0, 28, 32, 40));
    double face = Math.min(Math.min(wall, septum), Math.min(zygoma, Math.min(jaw, palate)));
    double atlas =
        Math.max(Math.abs(Sdf.length(x, (y - 32) * 1.1, 0) - 19) - 5, Math.abs(z + 78) - 8);
    double dens = Sdf.capsule(x, y, z, 0, 18, -74, 0, 18, -120, 7);
    double porous = 0.9 * lattice.at(x / 5, y / 5, z / 7);
    return Math.min(best, Math.min(face, Math.min(atlas, dens))) + porous;
  }

  private static double orbitMm(double ax, double y, double z) {
    double tip = Math.max(0, Math.min(1, (-34 - y) / 34));
    double centre = 20 + 12 * tip;
    double radius = 4 + 14 * Math.sqrt(tip);
    return Math.sqrt((ax - centre) * (ax - centre) + (z + 36) * (z + 36)) - radius;
  }

  /** Returns the signed distance to air inside the head, in mm. Called only for z below 16. */
  double airMm(double x, double y, double z) {
    double ax = Math.abs(x);
    double best = 60;
    if (frontalSinus > 0 && y < -60) {
      double cell =
          Sdf.ellipsoid(
              ax - 9 * frontalSinus,
              y + halfLengthMm + 4.5,
              z + 14,
              12 * frontalSinus,
              3.2,
              17 * frontalSinus);
      best = cell + 0.9 * lattice.at(x / 6 + 2, y / 6, z / 9);
    }
    if (z > -14) {
      return best;
    }
    double cells = 1.2 * lattice.at(x / 4.5, y / 4.5, z / 6 + 5);
    double ethmoid = Math.max(ax - 12, Math.max(Math.abs(y + 55) - 20, Math.abs(z + 36) - 14));
    best = Math.min(best, ethmoid + 0.5 + 2.5 * Math.abs(cells));
    best = Math.min(best, Sdf.ellipsoid(x, y + 20, z + 40, 12, 9, 9) + Math.abs(cells));
    best = Math.min(best, Sdf.ellipsoid(ax - 27, y + 58, z + 66, 14, 16, 16));
    double nose =
        Math.max(Math.abs(ax - 7) - 3.5, Math.max(Math.abs(y + 62) - 24, Math.abs(z + 68) - 15));
    best = Math.min(best, nose + Math.abs(cells));
    double mastoid = Sdf.ellipsoid(ax - 54, y - 28, z + 45, 11, 13, 17);
    best = Math.min(best, Math.max(mastoid, 6 * (0.5 - mastoidAir - cells)));
    best = Math.min(best, Sdf.capsule(ax, y, z, 58, 8, -42, 82, 4, -42, 3.2));
    double throat = Sdf.capsule(x, y, z, 0, -10, -72, 0, -6, -130, 8);
    return Math.min(best, throat);
  }

  /** Returns the HU of skin, fat, muscle or eye at a depth below the skin in mm. */
  double softHu(double x, double y, double z, double skinDepthMm, double scalpMm) {
    if (z < -12 && y < -34 && y > -84) {
      double ax = Math.abs(x);
      double eye = Sdf.ellipsoid(ax - 31, y + 71, z + 36, 12, 12, 12);
      if (eye < 1.5) {
        double lens = Sdf.ellipsoid(ax - 31, y + 79, z + 36, 4.5, 2.2, 4.5);
        return lens < 0 ? 75 : eye < -1.2 ? 8 : 45;
      }
      double socket = orbitMm(ax, y, z);
      if (socket < 0) {
        double nerve = Sdf.capsule(ax, y, z, 31, -60, -36, 20, -34, -34, 2);
        return nerve < 0 || socket > -2.6 ? 45 : fatHu;
      }
    }
    double share = skinDepthMm / Math.max(1, scalpMm);
    double fat = HeadShape.smooth((0.72 - share) / 0.35);
    double deep =
        z < -25 ? HeadShape.smooth((0.2 - Math.abs(lattice.at(x / 13, y / 13, z / 16))) / 0.2) : 0;
    return 55 + (fatHu - 55) * Math.max(fat, share > 1 ? deep * 0.85 : 0);
  }
}
