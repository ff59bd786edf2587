package org.headct.ich.jobs.selectslices;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import org.headct.ich.common.sample.Split;
import org.headct.ich.jobs.selectslices.MiddleOfSeries.Middle;
import org.jspecify.annotations.Nullable;

/**
 * What stands on more than one side of a split.
 *
 * @param patients how many of them
 * @param series how many of them
 * @param images how many images, by their pixels; null where pixels were not read
 */
record Leaks(long patients, long series, @Nullable Long images) {
  static Leaks of(Collection<Middle> middles, Map<String, Split> splits) {
    boolean read = middles.stream().anyMatch(middle -> middle.pixelHash() != null);
    return new Leaks(
        leaked(middles, splits, Middle::patientId),
        leaked(middles, splits, Middle::seriesId),
        read ? leaked(middles, splits, Middle::pixelHash) : null);
  }

  private static long leaked(
      Collection<Middle> middles,
      Map<String, Split> splits,
      Function<Middle, @Nullable String> key) {
    Map<String, Set<Split>> sides = new HashMap<>();
    for (Middle middle : middles) {
      String id = key.apply(middle);
      if (id != null) {
        sides
            .computeIfAbsent(id, k -> new HashSet<>())
            .add(Objects.requireNonNull(splits.get(middle.imageId())));
      }
    }
    return sides.values().stream().filter(s -> s.size() > 1).count();
  }

  boolean none() {
    return patients == 0 && series == 0 && (images == null || images == 0);
  }

  @Override
  public String toString() {
    return "%,d patients, %,d series, %s"
        .formatted(
            patients,
            series,
            images == null
                ? "equal images not known (audit.depth = header)"
                : "%,d equal images".formatted(images));
  }
}
