package org.headct.ich.domain.sample;

import java.io.Serializable;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A train / validation / test split by the hash of a unit's id ({@link StableHash}). Along the
 * hash, from 0 to 1, lie first the test side, then validation, then training; so a change of the
 * validation fraction never changes the test side.
 *
 * <p>80/20 without validation is {@code (0.2, 0)}. 85/15 and then 80/20 within the rest is {@code
 * (0.15, 0.2)}: 15 % test, 17 % validation, 68 % training.
 *
 * @param seed another seed gives an independent split
 * @param testFraction in [0, 1): the part of all units that is test
 * @param validationFraction in [0, 1): the part <em>of the rest</em> that is validation
 */
public record SplitRule(long seed, double testFraction, double validationFraction) {
  /**
   * @throws IllegalArgumentException if a fraction is outside [0, 1)
   */
  public SplitRule {
    if (!(testFraction >= 0 && testFraction < 1)) {
      throw new IllegalArgumentException("test fraction must be in [0, 1), got " + testFraction);
    }
    if (!(validationFraction >= 0 && validationFraction < 1)) {
      throw new IllegalArgumentException(
          "validation fraction must be in [0, 1), got " + validationFraction);
    }
  }

  /** How many of some units are on each side in exact mode. */
  public record Sizes(int train, int validation, int test) {}

  /**
   * {@link SplitMode#STABLE}: each unit by itself. A unit's side depends on nothing but its id and
   * this rule.
   */
  public SplitAssigner stable() {
    long splitSeed = seed;
    double test = testFraction;
    double held = testFraction + (1 - testFraction) * validationFraction;
    return unitId -> {
      double place = StableHash.unit(splitSeed, unitId);
      return place < test ? Split.TEST : place < held ? Split.VALIDATION : Split.TRAIN;
    };
  }

  /**
   * {@link SplitMode#EXACT}: the units in the order of their hash (ties by id), cut at {@link
   * #sizes}. What comes back holds two places to cut at, not the units; ask it only for units of
   * the list.
   *
   * @param unitIds all units; equal ids count once
   */
  public SplitAssigner exact(Collection<String> unitIds) {
    List<Place> places =
        unitIds.stream().distinct().map(id -> Place.of(seed, id)).sorted(Place.ORDER).toList();
    Sizes sizes = sizes(places.size());
    Place validation = sizes.test() < places.size() ? places.get(sizes.test()) : null;
    int held = sizes.test() + sizes.validation();
    Place train = held < places.size() ? places.get(held) : null;
    return new Cut(seed, validation, train);
  }

  /** The assigner of a mode; stable mode ignores the list. */
  public SplitAssigner assigner(SplitMode mode, Collection<String> unitIds) {
    return switch (mode) {
      case STABLE -> stable();
      case EXACT -> exact(unitIds);
    };
  }

  /**
   * Sizes in exact mode: not-test is ⌊(1 − test) n⌋ and training is ⌊(1 − validation) not-test⌋, in
   * decimal arithmetic, so that 0.2 of 97,645 leaves 78,116 and no rounding of binary fractions
   * shows.
   */
  public Sizes sizes(int units) {
    int rest = floorOfRest(units, testFraction);
    int train = floorOfRest(rest, validationFraction);
    return new Sizes(train, rest - train, units - rest);
  }

  private static int floorOfRest(int count, double fraction) {
    return BigDecimal.ONE
        .subtract(BigDecimal.valueOf(fraction))
        .multiply(BigDecimal.valueOf(count))
        .setScale(0, RoundingMode.FLOOR)
        .intValueExact();
  }

  /** A unit's place in the order of hashes. */
  private record Place(long hash, String id) implements Serializable {
    static final Comparator<Place> ORDER =
        ((Comparator<Place>) (a, b) -> Long.compareUnsigned(a.hash, b.hash))
            .thenComparing(Place::id);

    static Place of(long seed, String id) {
      return new Place(StableHash.of(seed, id), id);
    }
  }

  /** The first place of validation and of training; null where there is none. */
  private record Cut(long seed, @Nullable Place validation, @Nullable Place train)
      implements SplitAssigner {
    @Override
    public Split of(String unitId) {
      Place place = Place.of(seed, unitId);
      if (validation == null || Place.ORDER.compare(place, validation) < 0) {
        return Split.TEST;
      }
      return train == null || Place.ORDER.compare(place, train) < 0
          ? Split.VALIDATION
          : Split.TRAIN;
    }
  }
}
