package org.headct.ich.domain.phantom;

import java.util.Arrays;
import org.headct.ich.domain.label.Subtype;

/**
 * Painter of tissues from interpolated fields, one grid cell at a time, from the outside in. It
 * also sums the visible area of each kind of blood.
 */
final class TissuePainter {
  private static final float SHEET_MM = 1.7f;
  private static final float SKIN_MM = 2;
  private static final float SKIN_HU = 45;
  private static final float AIR_HU = -1000;
  private static final float CAVITY_HU = -940;
  private static final float SINUS_HU = 56;
  private static final float BASE_HU = 1050;

  private final float corticalHu;
  private final float diploeHu;
  private final float fluidHu;
  private final float falxHu;
  private final float calcificationHu;
  private final float oedemaHu;

  private final int step;
  private final float[] t;
  private final float[][] row;
  private final float[][] cover = new float[Field.COUNT][];
  private final boolean[] seen = new boolean[Field.COUNT];
  private final double[] shownPixels = new double[Subtype.ALL.size()];

  TissuePainter(HeadModel head, double corticalHu, double diploeHu, int step, int side) {
    this.corticalHu = (float) corticalHu;
    this.diploeHu = (float) diploeHu;
    this.step = step;
    fluidHu = (float) head.fluidHu();
    falxHu = (float) head.falxHu();
    calcificationHu = (float) head.calcificationHu();
    oedemaHu = 21;
    t = new float[step];
    for (int k = 0; k < step; k++) {
      t[k] = (float) k / step;
    }
    row = new float[Field.COUNT][side + 1];
    for (int field = 0; field < Field.COUNT; field++) {
      cover[field] = new float[step];
    }
  }

  /**
   * Sets the fields of a row of pixels. The row lies at the fraction {@code down} (0 to 1) between
   * this node row and the next.
   */
  void row(SliceGrid grid, int nodeRow, float down) {
    int side = grid.side;
    int from = nodeRow * side;
    int to = Math.min(nodeRow + 1, side - 1) * side;
    for (int field = 0; field < Field.COUNT; field++) {
      float[] values = grid.values[field];
      float[] line = row[field];
      for (int i = 0; i < side; i++) {
        float a = values[from + i];
        line[i] = a + down * (values[to + i] - a);
      }
      line[side] = line[side - 1];
    }
  }

  /**
   * Returns the pixels of blood painted so far, by the subtype's ordinal, summed by their share.
   */
  double[] shownPixels() {
    return shownPixels.clone();
  }

  /**
   * Paints {@code count} pixels of the cell to the right of a node into {@code hu} from index
   * {@code at}.
   */
  void cell(int node, float[] hu, int at, int count) {
    Arrays.fill(hu, at, at + count, AIR_HU);
    if (!surface(Field.SKIN, node)) {
      return;
    }
    boolean table = surface(Field.OUTER_TABLE, node);
    boolean inner = surface(Field.INNER_TABLE, node);
    boolean base = surface(Field.BASE_BONE, node);
    boolean air = surface(Field.AIR, node);
    if (inner) {
      insideCovers(node);
    }
    for (int k = 0; k < count; k++) {
      float value = mix(AIR_HU, softHu(node, k), cover[Field.SKIN][k]);
      if (table) {
        value = mix(value, boneHu(node, k), cover[Field.OUTER_TABLE][k]);
      }
      float bare = base ? 1 - cover[Field.BASE_BONE][k] : 1;
      float share = inner ? cover[Field.INNER_TABLE][k] : 0;
      if (share > 0) {
        value = mix(value, insideHu(node, k, share * bare), share);
      }
      value = mix(BASE_HU, value, bare);
      hu[at + k] = air ? mix(value, CAVITY_HU, cover[Field.AIR][k]) : value;
    }
  }

  private void insideCovers(int node) {
    surface(Field.BRAIN, node);
    surface(Field.CISTERN, node);
    surface(Field.VENTRICLE, node);
    surface(Field.OEDEMA, node);
    surface(Field.CLOT, node);
    surface(Field.VENTRICULAR_BLOOD, node);
    surface(Field.SUBDURAL, node);
    surface(Field.EPIDURAL, node);
    surface(Field.CALCIFICATION, node);
    surface(Field.SUBARACHNOID, node);
    surface(Field.SINUS, node);
    sheet(Field.FOLD, Field.FOLD_HALF, node);
    sheet(Field.MIDLINE, Field.FALX_HALF, node);
    sheet(Field.MIDLINE, Field.FISSURE_HALF, node);
  }

  private float insideHu(int node, int k, float share) {
    float tissue = between(Field.BRAIN_HU, node, k);
    float blood = between(Field.BLOOD_HU, node, k);
    float solid =
        cover[Field.BRAIN][k]
            * (1 - cover[Field.FOLD_HALF][k])
            * (1 - cover[Field.CISTERN][k])
            * (1 - cover[Field.FISSURE_HALF][k]);
    float filled = cover[Field.SUBARACHNOID][k];
    float value = mix(mix(fluidHu, blood, filled), tissue, solid);
    value = mix(value, oedemaHu, seen[Field.OEDEMA] ? cover[Field.OEDEMA][k] * solid * 0.9f : 0);
    if (seen[Field.SUBARACHNOID]) {
      show(Subtype.SUBARACHNOID, share * filled * (1 - solid) * (1 - cover[Field.FALX_HALF][k]));
    }
    if (seen[Field.VENTRICLE]) {
      float sunk = cover[Field.VENTRICULAR_BLOOD][k];
      value = mix(value, mix(fluidHu, blood, sunk), cover[Field.VENTRICLE][k]);
      show(Subtype.INTRAVENTRICULAR, share * sunk * cover[Field.VENTRICLE][k]);
    }
    value = mix(value, falxHu, cover[Field.FALX_HALF][k]);
    value = mix(value, SINUS_HU, cover[Field.SINUS][k]);
    if (seen[Field.CLOT]) {
      value = mix(value, blood, cover[Field.CLOT][k]);
      show(Subtype.INTRAPARENCHYMAL, share * cover[Field.CLOT][k]);
    }
    value = mix(value, calcificationHu, cover[Field.CALCIFICATION][k]);
    if (seen[Field.SUBDURAL]) {
      value = mix(value, blood, cover[Field.SUBDURAL][k]);
      show(Subtype.SUBDURAL, share * cover[Field.SUBDURAL][k]);
    }
    if (seen[Field.EPIDURAL]) {
      value = mix(value, blood, cover[Field.EPIDURAL][k]);
      show(Subtype.EPIDURAL, share * cover[Field.EPIDURAL][k]);
    }
    return value;
  }

  private void show(Subtype subtype, float share) {
    shownPixels[subtype.ordinal()] += share;
  }

  /** Returns the HU of soft tissue. The skin is thinner than a cell, so it is added here. */
  private float softHu(int node, int k) {
    float under = (between(Field.SKIN_DEPTH, node, k) - SKIN_MM) / 1.2f + 0.5f;
    return mix(SKIN_HU, between(Field.SOFT_HU, node, k), Math.max(0, Math.min(1, under)));
  }

  /** Returns the HU of bone: dense tables with spongy bone between them. */
  private float boneHu(int node, int k) {
    float deep =
        Math.min(-between(Field.OUTER_TABLE, node, k), between(Field.INNER_TABLE, node, k));
    return mix(corticalHu, diploeHu, Math.max(0, Math.min(1, deep - 0.9f)));
  }

  private float between(int field, int node, int k) {
    float a = row[field][node];
    return a + t[k] * (row[field][node + 1] - a);
  }

  /**
   * Computes the share of each pixel inside a surface. Returns false if the whole cell lies
   * outside.
   */
  private boolean surface(int field, int node) {
    float a = row[field][node];
    float b = row[field][node + 1];
    float[] out = cover[field];
    if (a >= 0.5f && b >= 0.5f) {
      if (seen[field]) {
        Arrays.fill(out, 0);
        seen[field] = false;
      }
      return false;
    }
    for (int k = 0; k < step; k++) {
      out[k] = Math.max(0, Math.min(1, 0.5f - (a + t[k] * (b - a))));
    }
    seen[field] = true;
    return true;
  }

  /**
   * Computes the share of each pixel inside a thin sheet around the zero of a signed coordinate.
   */
  private void sheet(int coordinate, int half, int node) {
    float h0 = row[half][node];
    float h1 = row[half][node + 1];
    float[] out = cover[half];
    if (h0 <= -SHEET_MM / 2 && h1 <= -SHEET_MM / 2) {
      Arrays.fill(out, 0);
      return;
    }
    float c0 = row[coordinate][node];
    float c1 = row[coordinate][node + 1];
    for (int k = 0; k < step; k++) {
      float off = Math.abs(c0 + t[k] * (c1 - c0)) - (h0 + t[k] * (h1 - h0));
      out[k] = Math.max(0, Math.min(1, 0.5f - off / SHEET_MM));
    }
  }

  private static float mix(float a, float b, float share) {
    return a + (b - a) * share;
  }
}
