package org.headct.ich.domain.phantom;

/** The scanner's head rest: a thin shell under the head, in scanner coordinates, in mm. */
final class HeadRest {
  private static final double EDGE_MM = 1.2;
  private static final double AIR_HU = -1000;

  private final double centreX;
  private final double centreY;
  private final double radiusMm;
  private final double halfThicknessMm;
  private final double topY;
  private final double shellHu;

  /**
   * @param backY the position of the skin at the back of the head, in mm
   */
  HeadRest(RandomDraws draws, Scanner scanner, double backY) {
    boolean cradle = scanner == Scanner.SIGNED_16;
    radiusMm = cradle ? draws.between(98, 112) : draws.between(150, 220);
    centreX = draws.between(-3, 3);
    centreY = backY + draws.between(5, 16) - radiusMm;
    topY = centreY + (cradle ? draws.between(-55, 20) : radiusMm * 0.5);
    halfThicknessMm = cradle ? draws.between(0.8, 1.4) : draws.between(1.4, 2.4);
    shellHu = draws.between(60, 260);
  }

  /**
   * Paints the rest into the air pixels of a row at height {@code y}, given the row's first x and
   * the step, in mm.
   */
  void paint(float[] hu, int columns, double y, double firstX, double stepMm) {
    if (y < topY) {
      return;
    }
    double dy = Math.max(0, y - centreY);
    double reach = radiusMm + halfThicknessMm + EDGE_MM;
    if (dy > reach) {
      return;
    }
    double blur = Math.max(EDGE_MM, stepMm);
    for (int c = 0; c < columns; c++) {
      if (hu[c] > -999) {
        continue;
      }
      double dx = firstX + c * stepMm - centreX;
      double off = Math.abs(Math.sqrt(dx * dx + dy * dy) - radiusMm) - halfThicknessMm;
      double share = 0.5 - off / blur;
      if (share > 0) {
        hu[c] = (float) (AIR_HU + (shellHu - AIR_HU) * Math.min(1, share));
      }
    }
  }
}
