package org.headct.ich.jobs.selectslices;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.headct.ich.domain.series.Contrast;
import org.headct.ich.domain.series.ImageKind;
import org.headct.ich.domain.series.Kernel;
import org.headct.ich.domain.series.MiddleRule;
import org.headct.ich.domain.series.SeriesOrder;
import org.headct.ich.jobs.dump.OrderedSeries;
import org.headct.ich.jobs.selectslices.MiddleOfSeries.Middle;
import org.headct.ich.jobs.selectslices.MiddleOfSeries.Series;
import org.headct.ich.jobs.table.SliceFindingsTable.Entry;
import org.headct.ich.jobs.table.SlicesTable.Description;
import org.headct.ich.jobs.table.SlicesTable.Slice;
import org.headct.ich.jobs.testing.SliceRows;
import org.junit.jupiter.api.Test;

/** Middle slices of series of every kind, with and without ids. */
class MiddleOfSeriesTest {
  private static final List<MiddleRule> FIVE = List.of(new MiddleRule.Count(5));
  private static final List<Double> CORONAL = List.of(1.0, 0.0, 0.0, 0.0, 0.0, -1.0);

  private static List<Slice> series(Description description) {
    List<Slice> slices = new ArrayList<>();
    for (int z = 0; z < 9; z++) {
      slices.add(SliceRows.described(SliceRows.at("i" + z, "P", z), description));
    }
    return slices;
  }

  private static Description described(ImageKind kind) {
    return new Description(kind, Kernel.SOFT, Contrast.WITHOUT, null);
  }

  private static Series middle(List<Slice> slices) {
    return MiddleOfSeries.of(OrderedSeries.key(slices.get(0)), slices, FIVE, SeriesOrder.READ);
  }

  @Test
  void axialSeriesAndRowsOfEarlierReleasesAreSelectedAlike() {
    Series now = middle(series(described(ImageKind.AXIAL)));
    Series before = middle(series(Description.NONE));
    assertThat(now.middles())
        .isEqualTo(before.middles())
        .extracting(Middle::imageId, Middle::studyId)
        .startsWith(tuple("i2", "study P"))
        .hasSize(5);
    assertThat(now.findings()).isEmpty();
    assertThat(now.shape().text())
        .isEqualTo("soft kernel, without contrast agent, 5.00 mm apart, 9 slices");
    assertThat(before.shape().text()).isEqualTo("5.00 mm apart, 9 slices");
  }

  @Test
  void otherKindsAreLeftOutByOneFinding() {
    for (ImageKind kind : ImageKind.values()) {
      if (kind == ImageKind.AXIAL) {
        continue;
      }
      List<Slice> slices = series(described(kind));
      Series left = middle(slices);
      assertThat(left.middles()).isEmpty();
      assertThat(left.shape().slices()).isZero();
      assertThat(left.findings())
          .containsExactly(
              new Entry(
                  "select-slices",
                  "series P",
                  "NOT_AXIAL",
                  false,
                  "",
                  "series series P: left out by select.kinds: 9 of kind " + kind.column()));
      assertThat(MiddleOfSeries.of("series P", slices, FIVE, Set.of(kind)).middles()).hasSize(5);
    }
  }

  /** The plane of an image stands in rows of earlier releases, too. */
  @Test
  void coronalRowsOfEarlierReleasesAreLeftOut() {
    List<Slice> slices = new ArrayList<>();
    for (int y = 0; y < 9; y++) {
      slices.add(
          SliceRows.placed(SliceRows.at("i" + y, "P", y), List.of(0.0, 5.0 * y, 0.0), CORONAL, y));
    }
    assertThat(middle(slices).middles()).isEmpty();
    assertThat(
            MiddleOfSeries.of("series P", slices, FIVE, Set.of(ImageKind.AXIAL, ImageKind.REFORMAT))
                .middles())
        .hasSize(5);
  }

  @Test
  void slicesWithoutASeriesAreNoSeries() {
    Slice one = SliceRows.withIds(SliceRows.at("i1", "P", 1), "P", "", "");
    Slice other = SliceRows.withIds(SliceRows.at("i2", "P", 2), "P", "", "");
    assertThat(OrderedSeries.key(one)).isNotEqualTo(OrderedSeries.key(other));
    Series alone = middle(List.of(one));
    assertThat(alone.middles()).isEmpty();
    assertThat(alone.findings())
        .singleElement()
        .satisfies(
            finding -> {
              assertThat(finding.reason()).isEqualTo("BLANK_ID");
              assertThat(finding.imageId()).isEqualTo("i1");
            });
  }

  @Test
  void aBlankPatientOfAnEarlierReleaseIsTheStudy() {
    List<Slice> slices = new ArrayList<>();
    series(Description.NONE)
        .forEach(slice -> slices.add(SliceRows.withIds(slice, "", "study", "series")));
    assertThat(middle(slices).middles()).extracting(Middle::patientId).containsOnly("study");
    slices.replaceAll(slice -> SliceRows.withIds(slice, "", "", "series"));
    assertThat(middle(slices).middles()).extracting(Middle::patientId).containsOnly("series");
  }

  @Test
  void aSeriesThatNothingOrdersIsNotSelected() {
    List<Slice> slices = new ArrayList<>();
    series(Description.NONE)
        .forEach(slice -> slices.add(SliceRows.placed(slice, List.of(), List.of(), 1)));
    Series left = middle(slices);
    assertThat(left.middles()).isEmpty();
    assertThat(left.findings()).extracting(Entry::reason).containsExactly("NO_ORDER");

    slices.clear();
    for (int z = 0; z < 9; z++) {
      Slice bare = SliceRows.placed(SliceRows.at("i" + z, "P", z), List.of(), List.of(), 1);
      slices.add(SliceRows.described(bare, new Description(null, null, null, -5.0 * z)));
    }
    Series byLocation = middle(slices);
    assertThat(byLocation.middles())
        .extracting(Middle::imageId)
        .containsExactly("i6", "i5", "i4", "i3", "i2");
    assertThat(byLocation.findings())
        .extracting(Entry::detail)
        .containsExactly("series series P: 9 of 9 slices lack geometry; ordered by SliceLocation");
  }

  @Test
  void termsThatDifferWithinASeriesAreUnknown() {
    List<Slice> slices = series(described(ImageKind.AXIAL));
    slices.set(
        4,
        SliceRows.described(
            slices.get(4), new Description(ImageKind.AXIAL, Kernel.SHARP, null, null)));
    assertThat(middle(slices).shape().kernel()).isEqualTo(Kernel.UNKNOWN);
    assertThat(middle(slices).shape().contrast()).isEqualTo(Contrast.UNKNOWN);
  }
}
