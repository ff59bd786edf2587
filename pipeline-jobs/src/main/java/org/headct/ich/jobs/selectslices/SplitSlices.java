package org.headct.ich.jobs.selectslices;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.ToLongFunction;
import org.headct.ich.domain.config.SelectConfig;
import org.headct.ich.domain.ct.MiddleRule;
import org.headct.ich.domain.ct.SeriesRule;
import org.headct.ich.domain.sample.Split;
import org.headct.ich.domain.sample.SplitAssigner;
import org.headct.ich.domain.sample.SplitMode;
import org.headct.ich.domain.sample.SplitRule;
import org.headct.ich.domain.sample.SplitUnit;
import org.headct.ich.domain.sample.StableHash;
import org.headct.ich.jobs.selectslices.MiddleOfSeries.Middle;

/**
 * The annotated middle slices of a rule, dealt to training, validation and test. All of them are
 * dealt, whatever a dataset takes of them then: datasets on equal terms agree on each image.
 */
final class SplitSlices {
  private final List<LabelledSlice> images;
  private final SplitUnits units;
  private final Map<String, Split> sides = new HashMap<>();

  /** What datasets that share a deal have in common. */
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

    /** So many of the images, in their order; all where that is 0 or there are fewer. */
    List<LabelledSlice> drawn(List<LabelledSlice> all) {
      if (sample == 0 || all.size() <= sample) {
        return all;
      }
      // Other numbers than those that deal: else the drawn images would stand on one side.
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
   * Deals.
   *
   * @param annotated the middle slices of this rule, and maybe of others
   * @param series which are taken
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
