package org.headct.ich.domain.ct.fast;

import java.util.Arrays;
import org.headct.ich.domain.ct.HuImage;
import org.headct.ich.domain.ct.RescaleRule;
import org.headct.ich.domain.dicom.StoredPixels;

/**
 * A frame of 512×512 with whole HU within a span, stored as 16-bit numbers from 0 on. Nearly every
 * CT slice is such a frame.
 *
 * <p>Work goes block by block, in 16-bit lanes, so that it stays in the first-level cache. Loops
 * cover whole arrays from index 0 on, because the JIT compiler of Java 17 uses no SIMD with an
 * offset in the index.
 *
 * <p>Reuses its buffers between calls, so it is not thread-safe; use one for each thread.
 */
final class WholeHu {
  static final int SIDE = 512;

  private static final int BLOCK = 8 * SIDE;

  /** The largest intercept in HU. Beyond it, 16 stored bits could mean two HU within the span. */
  private static final int MAX_INTERCEPT = 20_000;

  private final int lowest;
  private final int bits;
  private final short[] values = new short[SIDE * SIDE];
  private final short[] stored = new short[BLOCK];
  private final short[] differs = new short[BLOCK];
  private final short[] shifted = new short[BLOCK];
  private final short[] seen = new short[BLOCK];

  /**
   * Creates a frame for a span of HU.
   *
   * @param lowest lowest HU of the span, at most that of air
   * @param bits length of the span as a power of two: it has 2^bits HU; 12 to 14
   */
  WholeHu(int lowest, int bits) {
    this.lowest = lowest;
    this.bits = bits;
  }

  /** Returns the HU that is 0 in {@link #values}. */
  int lowest() {
    return lowest;
  }

  /** Returns HU - {@link #lowest} of the last frame, row-major. The next call overwrites them. */
  short[] values() {
    return values;
  }

  /**
   * Takes a frame, sets its padding to air and undoes the RSNA wrap.
   *
   * @return true if the frame has 512×512 whole HU within the span; else the values are invalid
   */
  boolean take(StoredPixels pixels, RescaleRule rule) {
    boolean shift = rule.isShift() && Math.abs(rule.intercept()) <= MAX_INTERCEPT;
    if (pixels.rows() != SIDE || pixels.columns() != SIDE || !(shift || rule.wrapped())) {
      return false;
    }
    int air = (int) HuImage.AIR_HU;
    // All modulo 2^16: stored + add is HU - air, so it is 0 for air.
    int add = rule.wrapped() ? RescaleRule.WRAP_OFFSET : (int) rule.intercept() - air;
    int mask = rule.wrapped() ? RescaleRule.WRAP_MASK : -1;
    // Large unsigned values would turn into small ones.
    int refused = rule.wrapped() || pixels.signed() ? 0 : 1 << 15;
    Integer padding = rule.padding();
    Arrays.fill(seen, (short) 0);
    for (int at = 0; at < values.length; at += BLOCK) {
      System.arraycopy(pixels.values(), at, stored, 0, BLOCK);
      if (padding == null) {
        shift(stored, add, mask, air - lowest, shifted);
        see(stored, refused, shifted, seen);
      } else {
        differ(stored, padding, rule.paddingSpan(), differs);
        shift(stored, add, mask, differs, air - lowest, shifted);
        see(stored, refused, differs, shifted, seen);
      }
      System.arraycopy(shifted, 0, values, at, BLOCK);
    }
    int all = 0;
    for (short each : seen) {
      all |= each;
    }
    return (all & 0xFFFF) >>> bits == 0;
  }

  private static void shift(short[] stored, int add, int mask, int air, short[] shifted) {
    for (int i = 0; i < shifted.length; i++) {
      shifted[i] = (short) (((stored[i] + add) & mask) + air);
    }
  }

  private static void see(short[] stored, int refused, short[] shifted, short[] seen) {
    for (int i = 0; i < seen.length; i++) {
      seen[i] = (short) (seen[i] | shifted[i] | stored[i] & refused);
    }
  }

  /** Sets the top bit of values other than the padding. */
  private static void differ(short[] stored, int padding, int span, short[] differs) {
    if (span == 0) {
      differ(stored, padding, differs);
      return;
    }
    for (int i = 0; i < differs.length; i++) {
      differs[i] = (short) (span - (stored[i] - padding & 0xFFFF) >> 31);
    }
  }

  /** Sets the top bit of values other than one: d or -d has that bit unless d is 0. */
  private static void differ(short[] stored, int padding, short[] differs) {
    for (int i = 0; i < differs.length; i++) {
      differs[i] = (short) ((stored[i] ^ padding) | -(stored[i] ^ padding));
    }
  }

  private static void shift(
      short[] stored, int add, int mask, short[] differs, int air, short[] shifted) {
    for (int i = 0; i < shifted.length; i++) {
      shifted[i] = (short) (((stored[i] + add) & mask & differs[i] >> 15) + air);
    }
  }

  private static void see(
      short[] stored, int refused, short[] differs, short[] shifted, short[] seen) {
    for (int i = 0; i < seen.length; i++) {
      seen[i] = (short) (seen[i] | shifted[i] | stored[i] & refused & differs[i] >> 15);
    }
  }
}
