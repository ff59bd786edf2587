package org.headct.ich.jobs.selectslices;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.ToLongFunction;
import org.headct.ich.domain.config.SelectConfig;
import org.headct.ich.domain.sample.Split;
import org.headct.ich.domain.sample.SplitAssigner;
import org.headct.ich.domain.sample.SplitMode;
import org.headct.ich.domain.sample.SplitRule;
import org.headct.ich.domain.sample.SplitUnit;
import org.headct.ich.domain.sample.StableHash;
import org.headct.ich.domain.series.MiddleRule;
import org.headct.ich.domain.series.SeriesRule;
import org.headct.ich.jobs.selectslices.MiddleOfSeries.Middle;

/**
 * Annotated middle slices by one rule, split into training, validation and test. All of them are
 * assigned to a part before a dataset chooses its images. So datasets with equal terms put each
 * image into the same part.
 */
final class SplitSlices {
  private final List<LabelledSlice> images;
  private final SplitUnits units;
  private final Map<String, Split> sides = new HashMap<>();

  /** Settings that datasets with the same split have in common. */
  record Terms(
      SeriesRule series,
      MiddleRule middle,
      int sample,
      SplitUnit unit,
      SplitMode mode,
      SplitRule split) {
    static Terms of(SelectConfig config) {
      return new Terms(
          config.series(),
          config.middle(),
          config.sample(),
          config.unit(),
          config.mode(),
          config.rule());
    }

    /**
     * Draws a sample of the images and keeps their order. Returns all images if the sample size is
     * 0 or there are not more images.
     */
    List<LabelledSlice> drawn(List<LabelledSlice> all) {
      if (sample == 0 || all.size() <= sample) {
        return all;
      }
      // These hashes must differ from those of the split. Otherwise all drawn images would be in
      // one part.
      ToLongFunction<LabelledSlice> lot =
          image -> StableHash.of(split.seed(), "sample " + image.middle().imageId());
      return all.stream()
          .sorted(Comparator.comparingLong(lot))
          .limit(sample)
          .sorted(Comparator.comparing(image -> image.middle().imageId()))
          .toList();
    }
  }

  /**
   * Assigns each slice to a part.
   *
   * @param annotated the middle slices by this rule; slices by other rules are ignored
   * @param series the series that are taken
   */
  SplitSlices(Terms terms, List<LabelledSlice> annotated, SelectedSeries series) {
    images =
        terms.drawn(
            annotated.stream()
                .filter(image -> image.middle().isMiddleBy(terms.middle()))
                .filter(image -> series.has(terms.series(), image.middle().seriesId()))
                .toList());
    List<Middle> middles = images.stream().map(LabelledSlice::middle).toList();
    units = SplitUnits.of(terms.unit(), middles);
    SplitAssigner assigner =
        terms.split().assigner(terms.mode(), middles.stream().map(units::of).toList());
    middles.forEach(middle -> sides.put(middle.imageId(), assigner.of(units.of(middle))));
  }

  List<LabelledSlice> images() {
    return images;
  }

  Split side(Middle middle) {
    return Objects.requireNonNull(sides.get(middle.imageId()), middle.imageId());
  }

  SplitUnits units() {
    return units;
  }
}
