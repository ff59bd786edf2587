package org.headct.ich.common.config;

import java.util.List;
import org.headct.ich.common.ct.MiddleRule;
import org.headct.ich.common.sample.SplitMode;
import org.headct.ich.common.sample.SplitRule;
import org.headct.ich.common.sample.SplitUnit;

/**
 * Settings of {@code select-slices}.
 *
 * @param datasets to write
 * @param middleBy what the middle of an ordered series is
 * @param middleSlices central slices of each, if by count
 * @param middleFraction central part of each, if by fraction
 * @param balance how training makes up for the rarer class
 * @param unit what never stands on both sides of the split
 * @param mode how the cut is made
 * @param rule seed and fractions
 */
public record SelectConfig(
    List<Dataset> datasets,
    Middle middleBy,
    int middleSlices,
    double middleFraction,
    Balance balance,
    SplitUnit unit,
    SplitMode mode,
    SplitRule rule) {

  /** What makes up for the rarer class while training. */
  public enum Balance {
    /** Nothing. */
    NONE,
    /** An image weighs n / (2 n_class) in the loss, by {@code any}. */
    CLASS_WEIGHTS
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

  public static SelectConfig from(Settings settings) {
    return new SelectConfig(
        settings.choices("select.datasets", Dataset.class),
        settings.choice("select.rule", Middle.class),
        settings.integer("select.middle-slices", 1, 1000),
        settings.number("select.middle-fraction", 0.001, 1),
        settings.choice("select.balance", Balance.class),
        settings.choice("split.unit", SplitUnit.class),
        settings.choice("split.mode", SplitMode.class),
        new SplitRule(
            settings.seed("split.seed"),
            settings.number("split.test", 0, 0.9),
            settings.number("split.validation", 0, 0.9)));
  }
}
