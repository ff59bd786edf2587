package org.headct.ich.domain.series;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.headct.ich.domain.series.SeriesOrder.Finding;
import org.headct.ich.domain.series.SeriesOrder.LeftOut;
import org.headct.ich.domain.series.SeriesOrder.Ordered;
import org.headct.ich.domain.series.SeriesOrder.Reason;
import org.headct.ich.domain.series.SeriesOrder.Slice;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SeriesOrderTest {
  private static final double[] AXIAL = {1, 0, 0, 0, 1, 0};
  private static final double[] CORONAL = {1, 0, 0, 0, 0, -1};

  private static Slice slice(
      String id, @Nullable Integer number, double @Nullable [] orientation, double... position) {
    return new Slice(id, number, position.length == 0 ? null : position, orientation);
  }

  /** Returns slices s00, s01, ... at these heights, with instance numbers in reverse order. */
  private static List<Slice> axial(double... heightsMm) {
    List<Slice> series = new ArrayList<>();
    for (int i = 0; i < heightsMm.length; i++) {
      series.add(slice(String.format("s%02d", i), 100 - i, AXIAL, -125, -125, heightsMm[i]));
    }
    return series;
  }

  private static List<String> ids(Ordered ordered) {
    return ordered.slices().stream().map(Slice::imageId).toList();
  }

  private static List<Slice> shuffled(List<Slice> series, long seed) {
    List<Slice> copy = new ArrayList<>(series);
    Collections.shuffle(copy, new Random(seed));
    return copy;
  }

  @Test
  void feetToHeadWhateverTheNumbers() {
    Ordered ordered = SeriesOrder.order(axial(20, 0, 10, 5, 15));
    assertThat(ids(ordered)).containsExactly("s01", "s03", "s02", "s04", "s00");
    assertThat(ordered.findings()).isEmpty();
  }

  /** Checks a tilt of 30° with an origin that slides in the plane: z falls while slices go up. */
  @Test
  void tiltedSeriesGoesByItsNormalNotByZ() {
    double tilt = Math.toRadians(30);
    double[] orientation = {1, 0, 0, 0, Math.cos(tilt), Math.sin(tilt)};
    double[] normal = {0, -Math.sin(tilt), Math.cos(tilt)};
    double[] column = {0, Math.cos(tilt), Math.sin(tilt)};
    List<Slice> series = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      double along = 5 * i;
      double slide = -10 * i;
      series.add(
          slice(
              "s" + i,
              null,
              orientation,
              -120,
              along * normal[1] + slide * column[1],
              along * normal[2] + slide * column[2]));
    }
    assertThat(series.get(5).imagePositionMm()[2]).isLessThan(series.get(0).imagePositionMm()[2]);
    Ordered ordered = SeriesOrder.order(shuffled(series, 3));
    assertThat(ids(ordered)).containsExactly("s0", "s1", "s2", "s3", "s4", "s5");
    assertThat(ordered.findings()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void anyOrderOfTheInputGivesTheSame(long seed) {
    List<Slice> series = axial(0, 5, 10, 10, 10.004, 20, 25, 25, 30);
    series.add(slice("scout", 1, CORONAL, 0, -300, 200));
    series.add(slice("lost", 2, null));
    Ordered one = SeriesOrder.order(series);
    Ordered other = SeriesOrder.order(shuffled(series, seed));
    assertThat(ids(other)).isEqualTo(ids(one));
    assertThat(other.findings()).isEqualTo(one.findings());
  }

  @Test
  void rowsOrColumnsTheOtherWayKeepTheOrder() {
    List<Slice> plain = axial(20, 0, 10, 5, 15);
    double[][] flips = {{-1, 0, 0, 0, 1, 0}, {1, 0, 0, 0, -1, 0}, {-1, 0, 0, 0, -1, 0}};
    for (double[] flip : flips) {
      List<Slice> flipped =
          plain.stream()
              .map(s -> new Slice(s.imageId(), s.instanceNumber(), s.imagePositionMm(), flip))
              .toList();
      assertThat(ids(SeriesOrder.order(flipped))).isEqualTo(ids(SeriesOrder.order(plain)));
    }
  }

  @Test
  void coronalLocalizerIsSplitOff() {
    List<Slice> series = axial(0, 5, 10, 15, 20);
    series.add(slice("scout", 1, CORONAL, -200, -300, 10));
    Ordered ordered = SeriesOrder.order(series);
    assertThat(ids(ordered)).containsExactly("s00", "s01", "s02", "s03", "s04");
    assertThat(ordered.findings())
        .containsExactly(
            new Finding(
                Reason.OTHER_ORIENTATION, "scout", "90.0 degrees off the main orientation"));
  }

  @Test
  void asManyCoronalAsAxialKeepsTheAxial() {
    List<Slice> series = List.of(slice("a", 1, CORONAL, 0, 0, 0), slice("b", 2, AXIAL, 0, 0, 0));
    assertThat(ids(SeriesOrder.order(series))).containsExactly("b");
  }

  @Test
  void tiltThatWaversByADegreeStaysOneSeries() {
    List<Slice> series = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      double tilt = Math.toRadians(15 + i * 0.2);
      double[] orientation = {1, 0, 0, 0, Math.cos(tilt), -Math.sin(tilt)};
      series.add(slice("s" + i, i, orientation, -120, -140, 5 * i));
    }
    Ordered ordered = SeriesOrder.order(shuffled(series, 9));
    assertThat(ids(ordered)).containsExactly("s0", "s1", "s2", "s3", "s4", "s5");
    assertThat(ordered.findings()).isEmpty();
  }

  @Test
  void tiesGoByNumberThenByIdWithNoNumberLast() {
    List<Slice> series =
        List.of(
            slice("d", null, AXIAL, 0, 0, 5.001),
            slice("c", 7, AXIAL, 0, 0, 5.002),
            slice("b", 7, AXIAL, 0, 0, 5.004),
            slice("a", 9, AXIAL, 0, 0, 5),
            slice("e", 1, AXIAL, 0, 0, 10));
    Ordered ordered = SeriesOrder.order(series, 1);
    assertThat(ids(ordered)).containsExactly("b", "c", "a", "d", "e");
    assertThat(ordered.findings())
        .extracting(Finding::reason, Finding::imageId)
        .containsExactly(tuple(Reason.TIE, "c"), tuple(Reason.TIE, "a"), tuple(Reason.TIE, "d"));
  }

  @Test
  void missingSliceIsAGapAndAChangeOfSpacingIsNot() {
    assertThat(SeriesOrder.order(axial(0, 5, 10, 20, 25, 30, 40, 45)).findings())
        .extracting(Finding::reason, Finding::imageId)
        .containsExactly(tuple(Reason.GAP, "s03"), tuple(Reason.GAP, "s06"));
    assertThat(SeriesOrder.order(axial(0, 2, 4, 6, 8, 10, 15, 20, 25, 30, 35)).findings())
        .isEmpty();
    assertThat(SeriesOrder.order(axial(0, 2, 4, 6, 8, 10, 15, 20)).findings()).isEmpty();
    assertThat(SeriesOrder.order(axial(0, 5, 10, 15, 25)).findings())
        .extracting(Finding::imageId)
        .containsExactly("s04");
    assertThat(SeriesOrder.order(axial(0, 10, 15, 20, 25)).findings())
        .extracting(Finding::imageId)
        .containsExactly("s01");
    assertThat(SeriesOrder.order(axial(0, 5), 2).findings()).isEmpty();
  }

  @Test
  void shortSeriesIsAFindingOfTheSeries() {
    assertThat(SeriesOrder.order(axial(0, 5, 10, 15)).findings())
        .containsExactly(new Finding(Reason.SHORT_SERIES, "", "4 slices, at least 5 needed"));
    assertThat(SeriesOrder.order(axial(0, 5, 10, 15), 4).findings()).isEmpty();
    assertThat(SeriesOrder.order(List.of()).findings())
        .containsExactly(new Finding(Reason.SHORT_SERIES, "", "0 slices, at least 5 needed"));
  }

  @Test
  void aSliceWithoutGeometryIsLeftOut() {
    List<Slice> series = axial(0, 5, 10, 15, 20);
    series.add(slice("lost", 3, AXIAL));
    Ordered ordered = SeriesOrder.order(series);
    assertThat(ids(ordered)).hasSize(5).doesNotContain("lost");
    assertThat(ordered.findings())
        .extracting(Finding::reason, Finding::imageId)
        .containsExactly(tuple(Reason.NO_GEOMETRY, "lost"));
  }

  @Test
  void aSeriesWithoutGeometryGoesByNumber() {
    List<Slice> series =
        List.of(
            slice("a", 3, null),
            slice("b", 1, null),
            slice("c", 2, AXIAL, 0, 0, 99),
            slice("d", null, null),
            slice("e", 1, null));
    Ordered ordered = SeriesOrder.order(series);
    assertThat(ids(ordered)).containsExactly("b", "e", "c", "a");
    assertThat(ordered.findings())
        .containsExactly(
            new Finding(
                Reason.NO_GEOMETRY, "", "4 of 5 slices lack geometry; ordered by InstanceNumber"),
            new Finding(Reason.NO_GEOMETRY, "d", "no geometry and no InstanceNumber"),
            new Finding(Reason.TIE, "e", "InstanceNumber 1, as b"),
            new Finding(Reason.SHORT_SERIES, "", "4 slices, at least 5 needed"));
  }

  @Test
  void everySliceIsInOrderOrNamed() {
    Random random = new Random(11);
    for (int round = 0; round < 200; round++) {
      List<Slice> series = new ArrayList<>();
      for (int i = random.nextInt(12); i > 0; i--) {
        double[] orientation =
            switch (random.nextInt(4)) {
              case 0 -> CORONAL;
              case 1 -> null;
              default -> AXIAL;
            };
        double[] position = {0, random.nextInt(3), random.nextInt(5)};
        series.add(new Slice("i" + i, random.nextInt(4), position, orientation));
      }
      Ordered ordered = SeriesOrder.order(series);
      List<String> accounted = new ArrayList<>(ids(ordered));
      for (LeftOut left : ordered.leftOut()) {
        accounted.add(left.slice().imageId());
        assertThat(ordered.findings())
            .anyMatch(
                finding ->
                    finding.reason() == left.reason()
                        && Set.of("", left.slice().imageId()).contains(finding.imageId()));
      }
      assertThat(accounted)
          .containsExactlyInAnyOrderElementsOf(series.stream().map(Slice::imageId).toList());
    }
  }
}
