package org.headct.ich.domain.ct;

import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;

/**
 * An image in HU.
 *
 * @param repairs the repairs that the image needs, in the order of {@link Repair}
 * @param padded number of padding pixels, which are air now
 */
public record Rescaled(HuImage image, Set<Repair> repairs, int padded) {
  public Rescaled {
    Set<Repair> copy = EnumSet.noneOf(Repair.class);
    copy.addAll(repairs);
    repairs = Collections.unmodifiableSet(copy);
  }
}
