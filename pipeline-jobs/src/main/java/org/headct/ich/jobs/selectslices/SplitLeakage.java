package org.headct.ich.jobs.selectslices;

import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.headct.ich.domain.sample.Split;
import org.headct.ich.jobs.selectslices.MiddleOfSeries.Middle;
import org.jspecify.annotations.Nullable;

/**
 * Counts of what more than one part of a split contains.
 *
 * @param patients the number of such patients
 * @param studies the number of such studies
 * @param series the number of such series
 * @param images the number of such images, by their pixels; null if pixels were not read
 */
record SplitLeakage(long patients, long studies, long series, @Nullable Long images) {
  static SplitLeakage of(Map<Middle, Split> sides) {
    boolean read = sides.keySet().stream().anyMatch(middle -> middle.pixelHash() != null);
    return new SplitLeakage(
        leaked(sides, Middle::patientId),
        leaked(sides, middle -> middle.studyId().isEmpty() ? null : middle.studyId()),
        leaked(sides, Middle::seriesId),
        read ? leaked(sides, Middle::pixelHash) : null);
  }

  private static long leaked(Map<Middle, Split> sides, Function<Middle, @Nullable String> key) {
    Map<String, Set<Split>> ofKey = new HashMap<>();
    sides.forEach(
        (middle, side) -> {
          String id = key.apply(middle);
          if (id != null) {
            ofKey.computeIfAbsent(id, k -> EnumSet.noneOf(Split.class)).add(side);
          }
        });
    return ofKey.values().stream().filter(s -> s.size() > 1).count();
  }

  boolean none() {
    return patients == 0 && studies == 0 && series == 0 && (images == null || images == 0);
  }

  @Override
  public String toString() {
    return "%,d patients, %,d studies, %,d series, %s"
        .formatted(
            patients,
            studies,
            series,
            images == null
                ? "equal images not known (audit.depth = header)"
                : "%,d equal images".formatted(images));
  }
}
