package org.headct.ich.domain.phantom;

import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import org.headct.ich.domain.error.UserException;
import org.jspecify.annotations.Nullable;

/**
 * The seeded assignment of defects to slices, at most one per slice. Only slices at odd positions
 * inside a series get a defect, so each has sound neighbours.
 */
final class DefectPlan {
  private static final long SLICES_FOR_ONE_MORE = 2000;

  private final Map<Long, Defect> sites = new HashMap<>();
  private final Map<Defect, Integer> counts = new EnumMap<>(Defect.class);

  DefectPlan(PhantomSettings settings) {
    if (settings.defects().isEmpty()) {
      return;
    }
    int perSeries = (settings.slices() - 1) / 2;
    long room = (long) settings.patients() * perSeries;
    long each = 1 + (long) settings.patients() * settings.slices() / SLICES_FOR_ONE_MORE;
    if (settings.defects().size() * each > room) {
      throw new UserException(
          "phantom defects: "
              + settings.defects().size()
              + " defects do not fit in "
              + settings.patients()
              + " patients of "
              + settings.slices()
              + " slices; ask for more patients or slices");
    }
    RandomDraws draws = RandomDraws.of(settings.seed(), -1);
    for (Defect defect : settings.defects()) {
      for (long i = 0; i < each; i++) {
        long site;
        do {
          int patient = draws.below(settings.patients());
          site = site(patient, 2 * draws.below(perSeries) + 1);
        } while (sites.containsKey(site));
        sites.put(site, defect);
        counts.merge(defect, 1, Integer::sum);
      }
    }
  }

  @Nullable Defect at(int patient, int position) {
    return sites.get(site(patient, position));
  }

  Map<Defect, Integer> counts() {
    return new EnumMap<>(counts);
  }

  private static long site(int patient, int position) {
    return (long) patient << 10 | position;
  }
}
