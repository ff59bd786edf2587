package org.headct.ich.domain.series;

import java.io.Serializable;
import java.math.BigDecimal;
import java.math.RoundingMode;

/** The number of middle slices of an ordered series; {@link MiddleSlices} says which they are. */
public sealed interface MiddleRule extends Serializable {

  /** Returns the number for a series of n ≥ 0 slices. A number above n means all slices. */
  int of(int n);

  /** Returns the number of slices below which a series is short. */
  int least();

  /**
   * A fixed number of slices of every series; the thesis takes 5.
   *
   * @param slices number of slices, at least 1
   */
  record Count(int slices) implements MiddleRule {
    public Count {
      require(slices >= 1, slices);
    }

    @Override
    public int of(int n) {
      return slices;
    }

    @Override
    public int least() {
      return slices;
    }
  }

  /**
   * A fixed fraction of every series, rounded half up to whole slices, at least one. It covers the
   * same length of the head at any slice thickness.
   *
   * @param part fraction, in (0, 1]
   */
  record Fraction(double part) implements MiddleRule {
    public Fraction {
      require(part > 0 && part <= 1, part);
    }

    @Override
    public int of(int n) {
      // Decimal arithmetic: in binary 0.7 of 15 is a little less than 10.5.
      BigDecimal slices = BigDecimal.valueOf(part).multiply(BigDecimal.valueOf(n));
      return Math.max(1, slices.setScale(0, RoundingMode.HALF_UP).intValueExact());
    }

    @Override
    public int least() {
      return 1;
    }
  }

  private static void require(boolean holds, Number value) {
    if (!holds) {
      throw new IllegalArgumentException(
          "the middle must be at least 1 slice or a fraction in (0, 1], got " + value);
    }
  }
}
