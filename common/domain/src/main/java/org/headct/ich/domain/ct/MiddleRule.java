package org.headct.ich.domain.ct;

import java.io.Serializable;
import java.math.BigDecimal;
import java.math.RoundingMode;

/** How many slices of an ordered series are its middle; {@link MiddleSlices} says which. */
public sealed interface MiddleRule extends Serializable {

  /** Of a series of {@code n} slices, n ≥ 0; may be more than n, and then all are meant. */
  int of(int n);

  /** A series of fewer slices is a short one. */
  int least();

  /**
   * The same number of each series: the thesis takes 5.
   *
   * @param slices at least 1
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
   * The same part of each series, rounded to the nearest slice, a half upwards, and at least one:
   * the same length of the head, however thick its slices are.
   *
   * @param part in (0, 1]
   */
  record Fraction(double part) implements MiddleRule {
    public Fraction {
      require(part > 0 && part <= 1, part);
    }

    @Override
    public int of(int n) {
      // In decimal, or 0.7 of 15 would be a little less than 10.5.
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
      throw new IllegalArgumentException("no middle of " + value);
    }
  }
}
