package org.headct.ich.domain.phantom;

/**
 * The quantities that a head has at each point. A slice samples them on a grid of about 2 mm and
 * interpolates. Surfaces are in units of their own blur: signed distance over edge width. The share
 * of a voxel inside a surface is {@code 0.5 - value}, clamped to [0, 1]. This models thick slices
 * and the scanner's sharpness.
 */
final class Field {
  // Surfaces: signed distances over edge width, negative inside.
  static final int SKIN = 0;
  static final int OUTER_TABLE = 1;
  static final int INNER_TABLE = 2;
  static final int BRAIN = 3;
  static final int CISTERN = 4;
  static final int VENTRICLE = 5;
  static final int OEDEMA = 6;
  static final int CLOT = 7;
  static final int VENTRICULAR_BLOOD = 8;
  static final int SUBDURAL = 9;
  static final int EPIDURAL = 10;
  static final int CALCIFICATION = 11;
  static final int BASE_BONE = 12;
  static final int AIR = 13;
  static final int SUBARACHNOID = 14;
  static final int SINUS = 15;

  /** The number of surface fields, which come first and are normalised by their blur. */
  static final int SURFACES = 16;

  // Thin sheets: a signed coordinate and half a width, in mm. TissuePainter applies their blur.
  static final int FOLD = 16;
  static final int FOLD_HALF = 17;
  static final int MIDLINE = 18;
  static final int FALX_HALF = 19;
  static final int FISSURE_HALF = 20;

  /** Depth below the skin, in mm. */
  static final int SKIN_DEPTH = 24;

  // Values in HU.
  static final int SOFT_HU = 21;
  static final int BRAIN_HU = 22;
  static final int BLOOD_HU = 23;
  static final int COUNT = 25;

  /** The value of a surface that is too far away to matter, in mm. */
  static final double FAR_MM = 60;

  private Field() {}
}
