package org.headct.ich.domain.config;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.headct.ich.domain.sample.SplitMode;
import org.headct.ich.domain.sample.SplitRule;
import org.headct.ich.domain.sample.SplitUnit;
import org.headct.ich.domain.series.ImageKind;
import org.headct.ich.domain.series.MiddleRule;
import org.headct.ich.domain.series.SeriesRule;

/**
 * Settings of {@code select-slices} for one dataset.
 *
 * @param dataset dataset to write
 * @param kinds kinds of images to select, the same for all datasets
 * @param series series to take of a scan that has several
 * @param middleBy definition of the middle of an ordered series
 * @param middleSlices number of central slices of each series, if by count
 * @param middleFraction central fraction of each series, if by fraction
 * @param sample number of images drawn at random; 0 for all
 * @param balance compensation for the rarer class in training
 * @param hybridRatio minority over majority after resampling, in (0, 1]
 * @param unit unit that the split never divides
 * @param mode method of the split
 * @param rule seed and fractions of the split
 */
public record SelectConfig(
    DatasetDefinition dataset,
    Set<ImageKind> kinds,
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

  /** Compensation for the rarer class in training. */
  public enum Balance {
    /** No compensation. */
    NONE,
    /** Weights in the loss: an image weighs n / (2 n_class), by {@code any}. */
    CLASS_WEIGHTS,
    /** Resampling: drops majority images and repeats minority images; the total stays the same. */
    HYBRID
  }

  /** Definition of the middle of a series. */
  public enum Middle {
    /** A fixed number of slices in every series. */
    COUNT,
    /** A fixed fraction of every series. */
    FRACTION
  }

  /** Returns the rule for the number of middle slices of a series. */
  public MiddleRule middle() {
    return switch (middleBy) {
      case COUNT -> new MiddleRule.Count(middleSlices);
      case FRACTION -> new MiddleRule.Fraction(middleFraction);
    };
  }

  /** Returns the kinds of images that are selected, and that get a position in predict. */
  public static Set<ImageKind> kinds(Settings settings) {
    return EnumSet.copyOf(settings.choices("select.kinds", ImageKind.class));
  }

  /** Returns the settings of each dataset in {@code select.datasets}, in that order. */
  public static List<SelectConfig> all(Settings settings) {
    return DatasetDefinition.listed(settings, "select.datasets").stream()
        .map(dataset -> of(settings, dataset))
        .toList();
  }

  /** Returns the settings of a dataset, even if {@code select.datasets} does not list it. */
  public static SelectConfig of(Settings settings, DatasetDefinition dataset) {
    Settings own = settings.dataset(dataset.name());
    return new SelectConfig(
        dataset,
        kinds(settings),
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
