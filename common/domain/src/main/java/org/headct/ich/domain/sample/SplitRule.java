package org.headct.ich.domain.sample;

import java.io.Serializable;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A train / validation / test split by the hash of a unit's id ({@link StableHash}). Test units
 * have the lowest hashes, then validation, then training. A change of the validation fraction
 * therefore never changes the test side.
 *
 * <p>Examples: {@code (0.2, 0)} is 80/20 without validation. {@code (0.15, 0.2)} is 85/15, then
 * 80/20 within the rest: 15 % test, 17 % validation, 68 % training.
 *
 * @param seed random seed; another seed gives an independent split
 * @param testFraction fraction of all units that is test, in [0, 1)
 * @param validationFraction fraction <em>of the rest</em> that is validation, in [0, 1)
 */
public record SplitRule(long seed, double testFraction, double validationFraction) {
  /**
   * Checks the fractions.
   *
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

  /** The number of units on each side in exact mode. */
  public record Sizes(int train, int validation, int test) {}

  /**
   * Returns the assigner of {@link SplitMode#STABLE}. A unit's side depends only on its id and this
   * rule.
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
   * Returns the assigner of {@link SplitMode#EXACT}. It orders units by hash (ties by id) and cuts
   * at {@link #sizes}. The assigner holds only the two cuts; it is valid only for units of the
   * list.
   *
   * @param unitIds ids of all units; equal ids count once
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

  /** Returns the assigner of a mode; stable mode ignores the list. */
  public SplitAssigner assigner(SplitMode mode, Collection<String> unitIds) {
    return switch (mode) {
      case STABLE -> stable();
      case EXACT -> exact(unitIds);
    };
  }

  /**
   * Returns the sizes in exact mode: the rest after test is ⌊(1 − test) n⌋, and training is ⌊(1 −
   * validation) rest⌋. Decimal arithmetic avoids rounding of binary fractions: 0.2 of 97,645 leaves
   * 78,116.
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

  /** The first place of validation and of training; null if that side is empty. */
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
