package org.headct.ich.domain.phantom;

/**
 * The anatomy inside one patient's inner table: folds, grey and white matter, ventricles, cisterns
 * and midline. It also has harmless calcifications that a careless reader mistakes for blood.
 */
final class BrainAnatomy {
  private static final double FOLD_MM = 13;

  // Polyline of one lateral ventricle of medium size: x, y, z and radius, in mm.
  private static final double[][] VENTRICLE = {
    {9, -33, 4, 3.2}, {6.5, -13, 11, 4.2}, {10.5, 12, 21, 4.6}, {22, 33, 10, 5.6}, {18, 56, 5, 2.6}
  };

  private final NoiseLattice lattice;
  final double atrophyMm;
  private final double ventricleScale;
  private final double rightVentricle;
  private final double occipitalScale;
  private final double greyHu;
  private final double whiteHu;
  final double fluidHu;
  final double falxHu;
  private final double falxMm;
  private final double warpMm;
  private final double pinealMm;
  private final double plexusMm;
  private final double plexusRight;
  private final double plexusY;
  private final double basalMm;
  final double calcificationHu;
  final double shiftMm;
  private final double shiftZ;

  /**
   * @param age 0 (young, tight sulci) to 1 (old, wide sulci and ventricles)
   * @param hydrocephalus factor on the ventricles' radius
   * @param shiftMm sideways push of the midline by a mass, in mm, positive to the left
   */
  BrainAnatomy(
      RandomDraws draws,
      NoiseLattice lattice,
      double age,
      double hydrocephalus,
      double shiftMm,
      double shiftZ) {
    this.lattice = lattice;
    this.shiftMm = shiftMm;
    this.shiftZ = shiftZ;
    atrophyMm = 2.2 * age * age + draws.between(0, 0.4);
    ventricleScale = hydrocephalus * (0.62 + 0.75 * age + 0.12 * draws.normal());
    rightVentricle = 1 + 0.13 * draws.normal();
    occipitalScale = draws.between(0.5, 1.3);
    whiteHu = 28 + 1.3 * draws.normal();
    greyHu = whiteHu + draws.between(6, 9);
    fluidHu = draws.between(3, 10);
    falxHu = draws.between(42, 60);
    falxMm = draws.between(0.5, 1.1);
    warpMm = draws.between(1.5, 4);
    pinealMm = draws.chance(0.55) ? draws.between(1.4, 3.2) : 0;
    plexusMm = draws.chance(0.45) ? draws.between(1.4, 3.4) : 0;
    plexusRight = draws.chance(0.7) ? draws.between(0.5, 1.2) : 0;
    plexusY = draws.between(30, 40);
    basalMm = draws.chance(0.08) ? draws.between(2, 4.5) : 0;
    calcificationHu = draws.between(110, 320);
  }

  double whiteHu() {
    return whiteHu;
  }

  /**
   * Returns the sideways push at a point in mm: full in the middle of the brain, zero at the skull.
   */
  double shiftAt(double y, double z, double depthMm) {
    return shiftMm
        * HeadShape.smooth(depthMm / 45)
        * HeadShape.bell(y / 90)
        * HeadShape.bell((z - shiftZ) / 60);
  }

  /** Returns the signed distance to the lateral, third and fourth ventricles, in mm. */
  double ventriclesMm(double x, double y, double z) {
    double best = 60;
    double scale = ventricleScale * (x < 0 ? rightVentricle : 1);
    double ax = Math.abs(x);
    if (z > -24 && z < 46 && ax < 50) {
      for (int i = 0; i + 1 < VENTRICLE.length; i++) {
        best = Math.min(best, tube(ax, y, z, VENTRICLE[i], VENTRICLE[i + 1], scale, i));
      }
      double horn = Sdf.capsule(ax, y, z, 25, 32, 2, 31, 6, -16, 2.4 * scale - 0.3);
      best = Math.min(best, horn);
      if (best < 8) {
        best += 1.2 * lattice.at(x / 17, y / 17, z / 17 + 3);
      }
      double thirdHalf = 0.9 + 1.5 * ventricleScale;
      double third = Sdf.ellipsoid(x, y - 2, z + 4, thirdHalf, 15, 12);
      best = Math.min(best, third);
    }
    if (z < -12 && ax < 25) {
      best =
          Math.min(
              best,
              Sdf.ellipsoid(
                  x, y - 39, z + 33, 5 + 3 * ventricleScale, 3.5 + 2 * ventricleScale, 13));
    }
    return best;
  }

  /**
   * Returns the signed distance to a tapering tube in mm. It is flattened sideways, so that the
   * horns are slits, not pipes.
   */
  private double tube(
      double x, double y, double z, double[] a, double[] b, double scale, int part) {
    double dx = b[0] - a[0];
    double dy = b[1] - a[1];
    double dz = b[2] - a[2];
    double px = x - a[0] - (scale - 1) * 2;
    double py = y - a[1];
    double pz = z - a[2];
    double t = (px * dx + py * dy + pz * dz) / (dx * dx + dy * dy + dz * dz);
    t = Math.max(0, Math.min(1, t));
    double end = part == VENTRICLE.length - 2 ? occipitalScale : 1;
    double radius = (a[3] + t * (b[3] * end - a[3])) * scale;
    double qx = px - t * dx;
    double qy = py - t * dy;
    double qz = (pz - t * dz) * 0.8;
    return Math.sqrt(qx * qx + qy * qy + qz * qz) - radius;
  }

  /** Returns the signed distance to the basal cisterns and Sylvian fissures, in mm. */
  double cisternsMm(double x, double y, double z) {
    double ax = Math.abs(x);
    double open = 0.7 * atrophyMm;
    double best = 60;
    if (z > -22 && z < 22 && ax > 22) {
      double bend = 1.5 * lattice.at(x / 11, y / 11, z / 11 + 9);
      double insula = Sdf.capsule(ax, y, 0, 39, -22, 0, 42, 9, 0, 0.5 + open) + bend * 0.4;
      double outward = Sdf.capsule(ax, y - 0.3 * z, 0, 41, -12, 0, 70, 4, 0, 0.6 + open) + bend;
      best = Math.max(Math.min(insula, outward), Math.abs(z) - 16 + bend);
    }
    if (z < 0 && z > -56 && ax < 32 && Math.abs(y) < 60) {
      double star =
          Math.min(
              Sdf.capsule(ax, y, z, 0, -4, -24, 15, -17, -22, 2.2 + open),
              Sdf.capsule(ax, y, z, 2, 2, -26, 13, 6, -24, 2 + open));
      double ambient =
          Math.min(
              Sdf.capsule(ax, y, z, 15, 6, -20, 15, 22, -14, 1.1 + open),
              Sdf.capsule(ax, y, z, 15, 22, -14, 0, 27, -10, 1.8 + open));
      double pontine = Sdf.capsule(ax, y, z, 0, -3, -28, 0, 4, -46, 3 + open);
      best = Math.min(best, Math.min(pontine, Math.min(star, ambient)));
    }
    return best;
  }

  /**
   * Returns a signed approximate distance to the middle of the nearest fold, in mm.
   *
   * @param outward the skull's radius in this direction over the point's own, at least 1
   */
  double foldMm(double px, double py, double pz, double outward) {
    // The lookup moves the point outwards, so that folds run from the surface inwards.
    double root = Math.sqrt(outward);
    double stretch = root * Math.sqrt(root);
    double x = px * stretch;
    double y = py * stretch;
    double z = pz * stretch;
    double warp = warpMm * lattice.at(x / 19 + 3, y / 19 + 8, z / 24 + 1);
    double n = lattice.at((x + warp) / FOLD_MM, (y - warp) / FOLD_MM, z / 21);
    double fine = lattice.at(x / 8, y / 8 + 4, z / 15 + 6);
    return FOLD_MM * 0.62 * (n + 0.35 * fine);
  }

  /**
   * Returns half the width of a fold in mm, given the depth below the brain's surface; negative if
   * closed.
   */
  double foldHalfWidthMm(double depthMm, double y, double z) {
    double reach = z < -22 && y > 5 ? 5 : 15 + 3 * atrophyMm;
    return (0.35 + 0.62 * atrophyMm) * (1 - depthMm / reach) - 0.25 * Math.max(0, depthMm - reach);
  }

  /** Returns the HU of grey or white matter at a point, without folds. */
  double tissueHu(double x, double y, double z, double depthMm, double foldMm) {
    double reach = 19 * HeadShape.smooth((24 - depthMm) / 12);
    double ribbon = Math.min(depthMm - 3.2, Math.abs(foldMm) * 1.5 + (19 - reach) - 2.6);
    double grey = 1 - HeadShape.smooth(ribbon / 4 + 0.5);
    double ax = Math.abs(x);
    if (ax < 40 && Math.abs(z) < 26) {
      double nuclei =
          Math.min(
              Sdf.ellipsoid(ax - 11.5, y - 9, z - 1, 8, 13, 10),
              Math.min(
                  Sdf.ellipsoid(ax - 24 - 0.12 * y, y + 5, z - 1, 5.5, 15, 11),
                  Sdf.ellipsoid(ax - 13.5, y + 22, z - 7, 4.2, 8, 9)));
      grey = Math.max(grey, 0.75 * (1 - HeadShape.smooth(nuclei / 5 + 0.5)));
    }
    if (z < -22 && y > 5) {
      grey = Math.max(grey, 0.7);
    }
    double patchy = 1.6 * lattice.at(x / 15, y / 15 + 13, z / 15);
    return whiteHu + (greyHu - whiteHu) * grey + patchy;
  }

  /** Returns half the width of the falx in mm; negative if there is none. */
  double falxHalfWidthMm(double y, double z) {
    double low = (y / 56) * (y / 56) + Math.max(0, z + 4) / 46 * (Math.max(0, z + 4) / 46);
    double present = z < -22 ? -1 : Math.min(1, (low - 1) * 8);
    return falxMm * present;
  }

  /**
   * Returns half the width of the fissure between the hemispheres in mm; negative if there is none.
   */
  double fissureHalfWidthMm(double y, double z, double fold) {
    double low = (y / 43) * (y / 43) + Math.max(0, z - 2) / 27 * (Math.max(0, z - 2) / 27);
    boolean closed = z < -18 || (y > 30 && z < 2);
    double present = closed ? -1 : Math.min(1, (low - 1) * 5);
    double front = y < 0 ? 1 : 0.55;
    return (0.7 + atrophyMm * 0.8 * front + 0.25 * fold / 4) * present;
  }

  /** Returns the signed distance to calcified pineal, choroid plexus and basal ganglia, in mm. */
  double calcificationMm(double x, double y, double z) {
    double best = 60;
    double ax = Math.abs(x);
    if (Math.abs(z) < 25 && ax < 40) {
      if (pinealMm > 0) {
        best = Sdf.length(x, y - 22, z + 1) - pinealMm;
      }
      double plexus = plexusMm * (x < 0 ? plexusRight : 1);
      if (plexus > 0) {
        best =
            Math.min(
                best, Sdf.ellipsoid(ax - 22, y - plexusY, z - 9, plexus, plexus * 1.4, plexus));
      }
      if (basalMm > 0) {
        best = Math.min(best, Sdf.ellipsoid(ax - 20, y + 4, z, basalMm, basalMm * 1.7, 4));
      }
    }
    return best;
  }
}
