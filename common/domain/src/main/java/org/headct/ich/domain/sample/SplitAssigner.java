package org.headct.ich.domain.sample;

import java.io.Serializable;

/** A function from a unit to its side; small and serialisable, so that executors can get it. */
@FunctionalInterface
public interface SplitAssigner extends Serializable {
  /**
   * Returns the side of a unit.
   *
   * @param unitId id of a patient, series or image, see {@link SplitUnit}
   */
  Split of(String unitId);
}
