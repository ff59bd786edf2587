package org.headct.ich.domain.config;

import java.util.List;
import org.headct.ich.domain.ct.MiddleRule;
import org.headct.ich.domain.ct.SeriesRule;
import org.headct.ich.domain.sample.SplitMode;
import org.headct.ich.domain.sample.SplitRule;
import org.headct.ich.domain.sample.SplitUnit;

/**
 * Settings of {@code select-slices} for one dataset.
 *
 * @param dataset to write
 * @param series which series of a scan that has several
 * @param middleBy what the middle of an ordered series is
 * @param middleSlices central slices of each, if by count
 * @param middleFraction central part of each, if by fraction
 * @param sample so many images of them, drawn at random; 0 for all
 * @param balance how training makes up for the rarer class
 * @param hybridRatio minority over majority after resampling, in (0, 1]
 * @param unit what never stands on both sides of the split
 * @param mode how the cut is made
 * @param rule seed and fractions
 */
public record SelectConfig(
    DatasetDefinition dataset,
    SeriesRule series,
    Middle middleBy,
    int middleSlices,
    double middleFraction,
    int sample,
    Balance balance,
    double hybridRatio,
    SplitUnit unit,
    SplitMode mode,
    SplitRule rule) {

  /** What makes up for the rarer class while training. */
  public enum Balance {
    /** Nothing. */
    NONE,
    /** An image weighs n / (2 n_class) in the loss, by {@code any}. */
    CLASS_WEIGHTS,
    /** Some of the majority are left out and the minority repeated, as many in all as before. */
    HYBRID
  }

  /** What the middle of a series is. */
  public enum Middle {
    /** The same number of slices of each. */
    COUNT,
    /** The same part of each. */
    FRACTION
  }

  /** How many slices of a series are its middle. */
  public MiddleRule middle() {
    return switch (middleBy) {
      case COUNT -> new MiddleRule.Count(middleSlices);
      case FRACTION -> new MiddleRule.Fraction(middleFraction);
    };
  }

  /** One for each of {@code select.datasets}, in that order. */
  public static List<SelectConfig> all(Settings settings) {
    return DatasetDefinition.listed(settings, "select.datasets").stream()
        .map(dataset -> of(settings, dataset))
        .toList();
  }

  /** What a dataset is selected by, whether or not {@code select.datasets} lists it. */
  public static SelectConfig of(Settings settings, DatasetDefinition dataset) {
    Settings own = settings.dataset(dataset.name());
    return new SelectConfig(
        dataset,
        own.choice("select.series", SeriesRule.class),
        own.choice("select.rule", Middle.class),
        own.integer("select.middle-slices", 1, 1000),
        own.number("select.middle-fraction", 0.001, 1),
        own.integer("select.sample", 0, 1_000_000_000),
        own.choice("select.balance", Balance.class),
        own.part("select.hybrid-ratio"),
        own.choice("split.unit", SplitUnit.class),
        own.choice("split.mode", SplitMode.class),
        new SplitRule(
            own.seed("split.seed"),
            own.number("split.test", 0, 0.9),
            own.number("split.validation", 0, 0.9)));
  }
}
