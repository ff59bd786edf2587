package org.headct.ich.domain.sample;

import java.io.Serializable;

/** Says on which side a unit is; small and serialisable, to be sent to executors. */
@FunctionalInterface
public interface SplitAssigner extends Serializable {
  /**
   * The side of a unit.
   *
   * @param unitId a patient's, series' or image's id, as {@link SplitUnit} says
   */
  Split of(String unitId);
}
