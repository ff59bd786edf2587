package org.headct.ich.domain.phantom;

import org.headct.ich.domain.label.Subtype;

/**
 * One bleed of a patient. Its shape and place define its subtype, as in clinical reading:
 *
 * <ul>
 *   <li>a biconvex lens between bone and brain
 *   <li>a crescent along the inner table
 *   <li>a clot in the brain
 *   <li>a level in the ventricles
 *   <li>a bright filling of folds and cisterns
 * </ul>
 */
sealed interface Haemorrhage {
  Subtype subtype();

  /** Returns the HU of the blood: 55 to 80 HU when acute (haematocrit 45 % or more). */
  double bloodHu();

  /**
   * Returns the signed distance to the bleed at a point of the head, in mm.
   *
   * @param vaultMm the point's signed distance to the inner table, in mm
   */
  double signedMm(double x, double y, double z, double vaultMm);

  /**
   * A ball that dips into the inside of the skull: biconvex, not stopped by the midline, not
   * spreading.
   */
  record Epidural(double x0, double y0, double z0, double radiusMm, double bloodHu)
      implements Haemorrhage {
    @Override
    public Subtype subtype() {
      return Subtype.EPIDURAL;
    }

    @Override
    public double signedMm(double x, double y, double z, double vaultMm) {
      return Sdf.length(x - x0, y - y0, z - z0) - radiusMm;
    }
  }

  /** A crescent on one side: thickest in the middle, long from front to back. */
  record Subdural(
      int side,
      double y0,
      double z0,
      double lengthMm,
      double heightMm,
      double thicknessMm,
      double waveMm,
      NoiseLattice lattice,
      double bloodHu)
      implements Haemorrhage {
    @Override
    public Subtype subtype() {
      return Subtype.SUBDURAL;
    }

    @Override
    public double signedMm(double x, double y, double z, double vaultMm) {
      double along = (y - y0) / lengthMm;
      double up = (z - z0) / heightMm;
      double left = 1 - along * along - up * up;
      double profile = left > 0 ? Math.sqrt(left) : 2 * left;
      double wave = waveMm * lattice.at(x / 14, y / 14, z / 14);
      return Math.max(-vaultMm - (thicknessMm + wave) * profile, 4 - x * side);
    }
  }

  /** An irregular ellipsoid in the brain with a rim of oedema. */
  record Intraparenchymal(
      double x0,
      double y0,
      double z0,
      double a,
      double b,
      double c,
      double turnCos,
      double turnSin,
      double roughMm,
      NoiseLattice lattice,
      double oedemaMm,
      double bloodHu)
      implements Haemorrhage {
    @Override
    public Subtype subtype() {
      return Subtype.INTRAPARENCHYMAL;
    }

    @Override
    public double signedMm(double x, double y, double z, double vaultMm) {
      double dx = x - x0;
      double dy = y - y0;
      double u = turnCos * dx + turnSin * dy;
      double v = turnCos * dy - turnSin * dx;
      double rough = lattice.at(x / 12 + 1, y / 12, z / 12) + 0.5 * lattice.at(x / 5, y / 5, z / 6);
      return Sdf.ellipsoid(u, v, z - z0, a, b, c) + roughMm * rough;
    }
  }

  /**
   * Blood in the ventricles. It sinks to the back of a supine patient and forms a level. A clot may
   * also fill one part. Only the part inside a ventricle is visible.
   */
  record Intraventricular(
      double levelY, double clotX, double clotY, double clotZ, double clotMm, double bloodHu)
      implements Haemorrhage {
    @Override
    public Subtype subtype() {
      return Subtype.INTRAVENTRICULAR;
    }

    @Override
    public double signedMm(double x, double y, double z, double vaultMm) {
      double level = levelY + 0.1 * Math.abs(z) - y;
      return Math.min(level, Sdf.length(x - clotX, y - clotY, z - clotZ) - clotMm);
    }
  }

  /** Blood in the folds, cisterns and fissures of a region. Their fluid is bright inside it. */
  record Subarachnoid(
      double x0, double y0, double z0, double radiusMm, double widenMm, double bloodHu)
      implements Haemorrhage {
    @Override
    public Subtype subtype() {
      return Subtype.SUBARACHNOID;
    }

    @Override
    public double signedMm(double x, double y, double z, double vaultMm) {
      return Sdf.length(x - x0, y - y0, (z - z0) * 1.15) - radiusMm;
    }
  }
}
