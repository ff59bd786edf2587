package org.headct.ich.jobs.selectslices;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.headct.ich.domain.config.Settings;
import org.headct.ich.domain.ct.SliceReason;
import org.headct.ich.domain.sample.Split;
import org.headct.ich.domain.series.Contrast;
import org.headct.ich.domain.series.DuplicateSlices;
import org.headct.ich.domain.series.ImageKind;
import org.headct.ich.domain.series.Kernel;
import org.headct.ich.domain.series.MiddleRule;
import org.headct.ich.domain.series.MiddleSlices;
import org.headct.ich.domain.series.SeriesRule;
import org.headct.ich.domain.series.SeriesRule.Candidate;
import org.headct.ich.domain.series.SliceGeometry;
import org.headct.ich.jobs.dump.OrderedSeries;
import org.headct.ich.jobs.table.SelectionsTable.Selection;
import org.headct.ich.jobs.table.SliceFindingsTable;
import org.headct.ich.jobs.table.SlicesTable.Content;
import org.headct.ich.jobs.table.SlicesTable.Description;
import org.headct.ich.jobs.table.SlicesTable.Identity;
import org.headct.ich.jobs.table.SlicesTable.Slice;
import org.jspecify.annotations.Nullable;

/** Middle slices of one series, and findings about its order. */
final class MiddleOfSeries {
  private static final String JOB = "select-slices";

  private MiddleOfSeries() {}

  /**
   * Middle slice with its position in the ordered series.
   *
   * @param patientId the id of the patient, never blank
   * @param studyId the id of the study, or blank
   * @param previousId the id of the previous slice in the series; null for the first
   * @param nextId the id of the next slice in the series; null for the last
   * @param pixelHash the hash of the pixels; null if they were not read, and null for a constant
   *     image, whose hash identifies nothing
   */
  record Middle(
      String imageId,
      String patientId,
      String studyId,
      String seriesId,
      int position,
      int seriesSlices,
      @Nullable String previousId,
      @Nullable String nextId,
      @Nullable String pixelHash)
      implements Serializable {
    /** Returns whether the slice is a middle slice by this rule. */
    boolean isMiddleBy(MiddleRule rule) {
      return MiddleSlices.range(seriesSlices, rule.of(seriesSlices)).contains(position);
    }

    /** Returns the slice's row in a dataset. */
    Selection selected(String dataset, Split split, double weight, int copies) {
      return new Selection(
          dataset,
          imageId,
          patientId,
          seriesId,
          position,
          seriesSlices,
          split.column(),
          weight,
          copies,
          previousId,
          nextId);
    }
  }

  /** Result for one series. */
  record Series(Candidate shape, List<Middle> middles, List<SliceFindingsTable.Entry> findings)
      implements Serializable {}

  /**
   * Orders a series and takes its middle slices.
   *
   * @param seriesId the id of the series, by {@link OrderedSeries#key}
   * @param rules the rules, at least one; a slice is taken if it is a middle slice by any of them,
   *     and the series is short if it is too short for any of them
   * @param kinds the kinds of images to take
   */
  static Series of(
      String seriesId, Iterable<Slice> rows, List<MiddleRule> rules, Set<ImageKind> kinds) {
    int least = rules.stream().mapToInt(MiddleRule::least).max().orElseThrow();
    OrderedSeries series = OrderedSeries.of(rows, least, kinds);
    List<Slice> ordered = series.slices();
    List<Middle> middles =
        IntStream.range(0, ordered.size())
            .mapToObj(position -> middle(seriesId, ordered, position))
            .filter(middle -> rules.stream().anyMatch(middle::isMiddleBy))
            .toList();
    List<SliceFindingsTable.Entry> findings = new ArrayList<>();
    series
        .findings()
        .forEach(f -> findings.add(finding(seriesId, f.reason(), f.imageId(), f.detail())));
    findings.addAll(duplicates(seriesId, ordered));
    return new Series(shape(seriesId, ordered), middles, findings);
  }

  private static Candidate shape(String seriesId, List<Slice> ordered) {
    String study = ordered.isEmpty() ? "" : ordered.get(0).identity().studyId();
    double distance = Double.NaN;
    if (ordered.size() > 1) {
      SliceGeometry first = geometry(ordered.get(0));
      SliceGeometry last = geometry(ordered.get(ordered.size() - 1));
      if (first != null && last != null) {
        distance = Math.abs(last.positionMm() - first.positionMm()) / (ordered.size() - 1);
      }
    }
    // A series without a study is a scan of its own. Slices at one position have no distance.
    return new Candidate(
        study.isEmpty() ? seriesId : study,
        seriesId,
        distance == 0 ? Double.NaN : distance,
        ordered.size(),
        common(ordered, Description::kernel, Kernel.UNKNOWN),
        common(ordered, Description::contrast, Contrast.UNKNOWN));
  }

  /** Returns the term that all slices have, or else {@code unknown}. */
  private static <E> E common(
      List<Slice> ordered, Function<Description, @Nullable E> term, E unknown) {
    Set<E> terms = new HashSet<>();
    for (Slice slice : ordered) {
      E own = term.apply(slice.description());
      terms.add(own == null ? unknown : own);
    }
    return terms.size() == 1 ? terms.iterator().next() : unknown;
  }

  private static @Nullable SliceGeometry geometry(Slice slice) {
    return SliceGeometry.of(
        array(slice.geometry().imagePositionMm()), array(slice.geometry().imageOrientation()));
  }

  /** Returns the finding that another series of the same scan was taken. */
  static SliceFindingsTable.Entry otherSeries(SeriesRule rule, Candidate left, Candidate taken) {
    return finding(
        left.seriesId(),
        SliceReason.OTHER_SERIES,
        "",
        "%s; %s is series %s, %s"
            .formatted(left.text(), Settings.kebab(rule), taken.seriesId(), taken.text()));
  }

  /** Returns the finding that the rule took a series without a clear reason. */
  static SliceFindingsTable.Entry unclear(SeriesRule rule, Candidate taken, String doubt) {
    return finding(
        taken.seriesId(),
        SliceReason.UNCLEAR_SERIES,
        "",
        "%s; taken as %s although %s".formatted(taken.text(), Settings.kebab(rule), doubt));
  }

  private static Middle middle(String seriesId, List<Slice> ordered, int position) {
    Slice row = ordered.get(position);
    Identity ids = row.identity();
    // Rows of earlier releases may have a blank patient. A blank id groups nothing.
    String study = ids.studyId().isEmpty() ? seriesId : ids.studyId();
    return new Middle(
        row.imageId(),
        ids.patientId().isEmpty() ? study : ids.patientId(),
        ids.studyId(),
        seriesId,
        position,
        ordered.size(),
        position == 0 ? null : ordered.get(position - 1).imageId(),
        position == ordered.size() - 1 ? null : ordered.get(position + 1).imageId(),
        pixelHash(row.content()));
  }

  private static List<SliceFindingsTable.Entry> duplicates(String seriesId, List<Slice> ordered) {
    List<@Nullable String> hashes = new ArrayList<>();
    ordered.forEach(slice -> hashes.add(pixelHash(slice.content())));
    return DuplicateSlices.of(hashes).stream()
        .map(
            d ->
                finding(
                    seriesId,
                    SliceReason.DUPLICATE_SLICE,
                    ordered.get(d.position()).imageId(),
                    "position %d has the pixels of %s at position %d"
                        .formatted(d.position(), ordered.get(d.first()).imageId(), d.first())))
        .toList();
  }

  /** Returns a finding about an image, or about the series if the image id is empty. */
  private static SliceFindingsTable.Entry finding(
      String seriesId, SliceReason reason, String imageId, String detail) {
    return new SliceFindingsTable.Entry(
        JOB,
        imageId.isEmpty() ? seriesId : imageId,
        reason.name(),
        false,
        imageId,
        "series " + seriesId + ": " + detail);
  }

  private static @Nullable String pixelHash(Content content) {
    return Objects.equals(content.minHu(), content.maxHu()) ? null : content.pixelHash();
  }

  private static double @Nullable [] array(List<Double> values) {
    return values.isEmpty() ? null : values.stream().mapToDouble(Double::doubleValue).toArray();
  }
}
