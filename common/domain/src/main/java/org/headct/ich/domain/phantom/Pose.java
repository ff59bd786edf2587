package org.headct.ich.domain.phantom;

/**
 * The pose of a head on the table: a rotation about its own origin and a place in the scanner, in
 * mm.
 */
final class Pose {
  private final double[] rotation;
  private final double[] centreMm;

  private Pose(double[] rotation, double[] centreMm) {
    this.rotation = rotation;
    this.centreMm = centreMm;
  }

  /**
   * Returns a pose.
   *
   * @param turn rotation of the nose to the left about z, in radians
   * @param nod rotation of the chin to the chest about x, in radians
   * @param lean rotation of the ear to the shoulder about y, in radians
   * @param centreMm the head's origin in the scanner, x y z, in mm
   */
  static Pose of(double turn, double nod, double lean, double... centreMm) {
    double cz = StrictMath.cos(turn);
    double sz = StrictMath.sin(turn);
    double cx = StrictMath.cos(nod);
    double sx = StrictMath.sin(nod);
    double cy = StrictMath.cos(lean);
    double sy = StrictMath.sin(lean);
    double[] z = {cz, sz, 0, -sz, cz, 0, 0, 0, 1};
    double[] x = {1, 0, 0, 0, cx, sx, 0, -sx, cx};
    double[] y = {cy, 0, -sy, 0, 1, 0, sy, 0, cy};
    return new Pose(times(times(x, y), z), centreMm.clone());
  }

  private static double[] times(double[] a, double[] b) {
    double[] product = new double[9];
    for (int i = 0; i < 9; i++) {
      int row = i / 3 * 3;
      int column = i % 3;
      product[i] = a[row] * b[column] + a[row + 1] * b[column + 3] + a[row + 2] * b[column + 6];
    }
    return product;
  }

  double[] toHead(double... world) {
    return turn(world[0] - centreMm[0], world[1] - centreMm[1], world[2] - centreMm[2]);
  }

  double[] turn(double... v) {
    double[] r = rotation;
    return new double[] {
      r[0] * v[0] + r[1] * v[1] + r[2] * v[2],
      r[3] * v[0] + r[4] * v[1] + r[5] * v[2],
      r[6] * v[0] + r[7] * v[1] + r[8] * v[2]
    };
  }
}
