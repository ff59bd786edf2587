package org.headct.ich.domain.phantom;

import java.util.EnumSet;
import java.util.Set;
import org.headct.ich.domain.dicom.StoredPixels;
import org.headct.ich.domain.label.Subtype;

/** One rendered slice of a head: its visible blood and its pixels. */
final class SliceRender {
  private final PhantomPatient patient;
  private final SlicePlane plane;
  private final SliceGrid grid;

  SliceRender(PhantomPatient patient, SlicePlane plane) {
    this.patient = patient;
    this.plane = plane;
    grid = new SliceGrid(patient.head(), patient.pose(), plane);
  }

  /**
   * Returns the area of blood by the subtype's ordinal in mm2, from the grid's nodes (about 2 mm
   * apart).
   */
  double[] bloodMm2() {
    TissuePainter painter = painter(1);
    float[] line = new float[grid.side];
    for (int node = 0; node < grid.side; node++) {
      painter.row(grid, node, 0);
      for (int i = 0; i < grid.side; i++) {
        painter.cell(i, line, i, 1);
      }
    }
    return inMm2(painter, grid.step * plane.spacingMm());
  }

  /**
   * Returns the labels that follow from areas, with {@link Subtype#ANY} if there is one of the
   * five.
   */
  static Set<Subtype> labels(double[] bloodMm2) {
    Set<Subtype> labels = EnumSet.noneOf(Subtype.class);
    for (Subtype subtype : Subtype.FIVE) {
      if (bloodMm2[subtype.ordinal()] >= PhantomSlice.VISIBLE_MM2) {
        labels.add(subtype);
      }
    }
    if (!labels.isEmpty()) {
      labels.add(Subtype.ANY);
    }
    return labels;
  }

  /** Draws noisy pixels as the patient's scanner stores them, with its intercept. */
  StoredPixels pixels(RandomDraws draws) {
    int size = plane.size();
    TissuePainter painter = painter(grid.step);
    QuantumNoise noise = new QuantumNoise(draws);
    float deviation = patient.noiseHu(size);
    float[] line = new float[size];
    short[] stored = new short[size * size];
    Scanner scanner = patient.scanner();
    double downY = plane.column()[1] * plane.spacingMm();
    for (int r = 0; r < size; r++) {
      int nodeRow = r / grid.step;
      painter.row(grid, nodeRow, (float) (r % grid.step) / grid.step);
      for (int at = 0; at < size; at += grid.step) {
        painter.cell(at / grid.step, line, at, Math.min(grid.step, size - at));
      }
      double y = plane.positionMm()[1] + r * downY;
      patient.rest().paint(line, size, y, plane.positionMm()[0], plane.spacingMm());
      noise.add(r, line, size, deviation);
      store(scanner, line, stored, r, size);
    }
    return new StoredPixels(size, size, scanner.signed, stored);
  }

  private static void store(Scanner scanner, float[] hu, short[] stored, int row, int size) {
    int low = scanner.signed ? -1000 : 0;
    for (int c = 0; c < size; c++) {
      int value = Math.round(hu[c] - Scanner.INTERCEPT_HU);
      stored[row * size + c] = (short) Math.max(low, Math.min(4095, value));
    }
    if (scanner.signed) {
      double half = (size - 1) / 2.0;
      double dy = row - half;
      double reach = half * half - dy * dy;
      int margin = (int) Math.ceil(half - Math.sqrt(Math.max(0, reach)));
      for (int c = 0; c < margin; c++) {
        stored[row * size + c] = Scanner.PADDING;
        stored[row * size + size - 1 - c] = Scanner.PADDING;
      }
    }
  }

  private TissuePainter painter(int step) {
    return new TissuePainter(
        patient.head(), patient.corticalHu(), patient.diploeHu(), step, grid.side);
  }

  private static double[] inMm2(TissuePainter painter, double pixelMm) {
    double[] area = painter.shownPixels();
    for (int i = 0; i < area.length; i++) {
      area[i] *= pixelMm * pixelMm;
    }
    return area;
  }
}
