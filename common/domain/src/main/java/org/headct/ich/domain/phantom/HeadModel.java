package org.headct.ich.domain.phantom;

import java.util.List;

/** One patient's head: all fields at a point, in the head coordinates of {@link HeadShape}. */
final class HeadModel {
  private static final double SCALP_REACH_MM = 4;

  private final HeadShape shape;
  private final BrainAnatomy brain;
  private final FaceAnatomy face;
  private final List<Haemorrhage> bleeds;

  HeadModel(HeadShape shape, BrainAnatomy brain, FaceAnatomy face, List<Haemorrhage> bleeds) {
    this.shape = shape;
    this.brain = brain;
    this.face = face;
    this.bleeds = bleeds;
  }

  double fluidHu() {
    return brain.fluidHu;
  }

  double falxHu() {
    return brain.falxHu;
  }

  double calcificationHu() {
    return brain.calcificationHu;
  }

  /**
   * Fills {@link Field#COUNT} values at a point, surfaces in mm. Returns false far outside the
   * head.
   */
  boolean sample(double x, double y, double z, double[] f) {
    double vault = shape.vaultMm(x, y, z);
    double skin = vault;
    double bone = 0;
    double scalp = 0;
    if (vault > -8) {
      bone = shape.boneMm(x, y, z);
      scalp = shape.scalpMm(x, y, z);
      skin = Math.min(vault - bone - scalp, faceMm(x, y, z));
      if (skin > SCALP_REACH_MM + 4) {
        return false;
      }
    }
    for (int i = 0; i < Field.SURFACES; i++) {
      f[i] = Field.FAR_MM;
    }
    for (int i = Field.SURFACES; i < Field.COUNT; i++) {
      f[i] = 0;
    }
    double floor = z < -5 ? shape.floorMm(x, y, z) : -Field.FAR_MM;
    double inner = Math.max(vault, floor);
    f[Field.SKIN] = skin;
    f[Field.OUTER_TABLE] = Math.max(vault - bone, floor - 4);
    f[Field.INNER_TABLE] = inner;
    f[Field.BRAIN] = Field.FAR_MM;
    f[Field.FOLD] = 30;
    f[Field.FOLD_HALF] = -3;
    f[Field.FALX_HALF] = -3;
    f[Field.FISSURE_HALF] = -3;
    f[Field.MIDLINE] = x;
    f[Field.SOFT_HU] = 45;
    f[Field.SKIN_DEPTH] = -skin;
    f[Field.BRAIN_HU] = brain.whiteHu();
    f[Field.BLOOD_HU] = 60;
    if (vault > -8 && inner > -3) {
      f[Field.SOFT_HU] = face.softHu(x, y, z, -skin, scalp);
    }
    if (z < 16 && inner > -6) {
      f[Field.AIR] = face.airMm(x, y, z);
    }
    if (z < 0 && inner > -22) {
      f[Field.BASE_BONE] = face.boneMm(x, y, z);
    }
    if (inner < 10) {
      inside(x, y, z, inner, f);
    }
    return true;
  }

  private void inside(double x, double y, double z, double inner, double[] f) {
    double gap = 0.5 + brain.atrophyMm * (y < 0 ? 1 : 0.55);
    double depth = -inner - gap;
    double sx = x - brain.shiftAt(y, z, -inner);
    double radius = Sdf.length(x, y, z) + 1;
    double fold = brain.foldMm(x, y, z, Math.min(2.5, 1 - inner / radius));
    f[Field.BRAIN] = -depth + 0.35 * Math.min(3, Math.abs(fold));
    f[Field.FOLD] = fold;
    f[Field.FOLD_HALF] = brain.foldHalfWidthMm(depth, y, z);
    f[Field.MIDLINE] = sx + 0.12 * fold * 0.5;
    f[Field.FALX_HALF] = brain.falxHalfWidthMm(y, z);
    f[Field.FISSURE_HALF] = brain.fissureHalfWidthMm(y, z, fold);
    f[Field.VENTRICLE] = brain.ventriclesMm(sx, y, z);
    f[Field.CISTERN] = brain.cisternsMm(sx, y, z);
    f[Field.CALCIFICATION] = brain.calcificationMm(sx, y, z);
    f[Field.BRAIN_HU] = brain.tissueHu(sx, y, z, depth, fold);
    if (y > 40 && inner > -14 && z > -30) {
      // The superior sagittal sinus: a bright triangle at the back that is not a bleed.
      f[Field.SINUS] = Math.max(Math.abs(sx) - (4.2 + 0.7 * inner), -20 - z);
    }
    double nearest = Field.FAR_MM;
    for (int i = 0; i < bleeds.size(); i++) {
      Haemorrhage bleed = bleeds.get(i);
      double distance = bleed.signedMm(x, y, z, inner);
      int field =
          switch (bleed.subtype()) {
            case EPIDURAL -> Field.EPIDURAL;
            case SUBDURAL -> Field.SUBDURAL;
            case INTRAPARENCHYMAL -> Field.CLOT;
            case INTRAVENTRICULAR -> Field.VENTRICULAR_BLOOD;
            default -> Field.SUBARACHNOID;
          };
      f[field] = Math.min(f[field], distance);
      if (bleed instanceof Haemorrhage.Intraparenchymal clot) {
        f[Field.OEDEMA] = Math.min(f[Field.OEDEMA], distance - clot.oedemaMm());
      }
      if (bleed instanceof Haemorrhage.Subarachnoid filling && distance < 6) {
        double widen = filling.widenMm() * (1 - HeadShape.smooth(distance / 6));
        f[Field.FOLD_HALF] += widen * HeadShape.smooth((16 - depth) / 9);
        f[Field.CISTERN] -= widen;
        f[Field.FISSURE_HALF] += f[Field.FISSURE_HALF] > 0 ? 0.6 * widen : 0;
        f[Field.BRAIN] += 0.3 * widen;
      }
      if (distance < nearest) {
        nearest = distance;
        f[Field.BLOOD_HU] = bleed.bloodHu();
      }
    }
  }

  /** Returns the signed distance to the skin of face and neck, in mm; far for z above -8. */
  private double faceMm(double x, double y, double z) {
    if (z > -8) {
      return Field.FAR_MM;
    }
    double neck = Sdf.length(x * 0.95, (y - 22) * 0.9, 0) - 58 + 0.12 * Math.max(0, z + 60);
    double front = Sdf.ellipsoid(x, y + 38, z + 62, 62, 62, 78);
    double nose = Sdf.capsule(x, y, z, 0, -88, -35, 0, -102, -64, 9);
    double down = z + 18;
    return Math.max(Math.min(Math.min(neck, front), nose), down);
  }
}
