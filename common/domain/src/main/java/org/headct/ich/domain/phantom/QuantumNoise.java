package org.headct.ich.domain.phantom;

/**
 * The noise of a CT slice: a normal field of deviation 1. Neighbours correlate by 0.67 and next
 * neighbours by 0.17 (a 1-2-1 kernel in both directions). Pixels in the brain of real head CT were
 * measured at 0.59 to 0.71 and -0.02 to 0.20. All slices use one tile of 512x512, each at its own
 * offset.
 */
final class QuantumNoise {
  private static final int SIDE = 512;
  private static final int MASK = SIDE - 1;
  private static final float[] TILE = tile();

  private final int rowOffset;
  private final int columnOffset;

  QuantumNoise(RandomDraws draws) {
    rowOffset = draws.below(SIDE);
    columnOffset = draws.below(SIDE);
  }

  /** Adds noise to a row; {@code deviationHu} is its standard deviation in HU. */
  void add(int row, float[] hu, int columns, float deviationHu) {
    int start = ((row + rowOffset) & MASK) * SIDE;
    for (int c = 0; c < columns; c++) {
      hu[c] += deviationHu * TILE[start + ((c + columnOffset) & MASK)];
    }
  }

  private static float[] tile() {
    RandomDraws draws = RandomDraws.of(0x71CE);
    float[] white = new float[SIDE * SIDE];
    for (int i = 0; i < white.length; i++) {
      white[i] = (float) draws.normal();
    }
    float[] across = new float[white.length];
    float[] tile = new float[white.length];
    // The kernel's squares sum to 6, so dividing by sqrt(6) keeps the deviation at 1.
    float scale = (float) (1 / Math.sqrt(6));
    for (int i = 0; i < white.length; i++) {
      int row = i & ~MASK;
      float left = white[row | ((i - 1) & MASK)];
      float right = white[row | ((i + 1) & MASK)];
      across[i] = (left + 2 * white[i] + right) * scale;
    }
    for (int i = 0; i < white.length; i++) {
      float above = across[(i - SIDE) & (tile.length - 1)];
      float below = across[(i + SIDE) & (tile.length - 1)];
      tile[i] = (above + 2 * across[i] + below) * scale;
    }
    return tile;
  }
}
