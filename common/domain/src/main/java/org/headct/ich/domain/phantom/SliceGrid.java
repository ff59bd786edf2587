package org.headct.ich.domain.phantom;

/**
 * The fields of a head on a grid of nodes, one every {@code step} pixels of a slice (about 2 mm).
 * Anatomy is computed at some thousand nodes only, and interpolated for a quarter million pixels.
 */
final class SliceGrid {
  private static final double NODE_MM = 1.9;
  private static final double SHARPNESS_MM = 1.15;

  /** The distance beyond which a surface counts as far; larger distances are not distinguished. */
  private static final double REACH_MM = 6;

  final int step;
  final int side;

  /** Field values, {@code values[field][node row * side + node column]}. */
  final float[][] values;

  SliceGrid(HeadModel head, Pose pose, SlicePlane plane) {
    step = Math.max(1, (int) Math.round(NODE_MM / plane.spacingMm()));
    side = (plane.size() - 1 + step - 1) / step + 1;
    values = new float[Field.COUNT][side * side];
    double nodeMm = step * plane.spacingMm();
    double[] origin = pose.toHead(plane.positionMm());
    double[] right = scaled(pose.turn(plane.row()), nodeMm);
    double[] down = scaled(pose.turn(plane.column()), nodeMm);
    double[] quarter = scaled(pose.turn(plane.normal()), plane.thicknessMm() / 4);
    double sharpness = Math.max(SHARPNESS_MM, 0.9 * plane.spacingMm());
    double[] above = new double[Field.COUNT];
    double[] below = new double[Field.COUNT];
    for (int j = 0; j < side; j++) {
      for (int i = 0; i < side; i++) {
        double x = origin[0] + i * right[0] + j * down[0];
        double y = origin[1] + i * right[1] + j * down[1];
        double z = origin[2] + i * right[2] + j * down[2];
        int node = j * side + i;
        boolean near =
            head.sample(x + quarter[0], y + quarter[1], z + quarter[2], above)
                & head.sample(x - quarter[0], y - quarter[1], z - quarter[2], below);
        if (near) {
          set(node, above, below, sharpness);
        } else {
          clear(node);
        }
      }
    }
  }

  private void set(int node, double[] above, double[] below, double sharpness) {
    for (int field = 0; field < Field.SURFACES; field++) {
      double upper = Math.min(REACH_MM, above[field]);
      double lower = Math.min(REACH_MM, below[field]);
      double slope = 2 * (upper - lower);
      double width = Math.sqrt(sharpness * sharpness + slope * slope);
      values[field][node] = (float) ((upper + lower) / 2 / width);
    }
    for (int field = Field.SURFACES; field < Field.COUNT; field++) {
      values[field][node] = (float) ((above[field] + below[field]) / 2);
    }
  }

  private void clear(int node) {
    for (int field = 0; field < Field.SURFACES; field++) {
      values[field][node] = (float) Field.FAR_MM;
    }
    values[Field.SKIN][node] = 4;
    values[Field.FOLD_HALF][node] = -3;
    values[Field.FALX_HALF][node] = -3;
    values[Field.FISSURE_HALF][node] = -3;
    values[Field.SOFT_HU][node] = 45;
  }

  private static double[] scaled(double[] v, double factor) {
    return new double[] {v[0] * factor, v[1] * factor, v[2] * factor};
  }
}
