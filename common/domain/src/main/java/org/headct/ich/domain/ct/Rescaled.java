package org.headct.ich.domain.ct;

import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;

/** An image in HU and the repairs that were needed, in the order of {@link Repair}. */
public record Rescaled(HuImage image, Set<Repair> repairs) {
  public Rescaled {
    Set<Repair> copy = EnumSet.noneOf(Repair.class);
    copy.addAll(repairs);
    repairs = Collections.unmodifiableSet(copy);
  }
}
