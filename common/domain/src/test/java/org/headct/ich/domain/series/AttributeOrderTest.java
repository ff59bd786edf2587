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

/** Series without geometry are ordered by what they have, and never at random. */
class AttributeOrderTest {
  private static final double[] AXIAL = {1, 0, 0, 0, 1, 0};
  private static final List<String> UPWARDS = List.of("s5", "s4", "s3", "s2", "s1", "s0");

  /** Returns slices s0, s1, ... Their ids and their places run in opposite directions. */
  private static List<Slice> series(
      @Nullable Double @Nullable [] heights,
      @Nullable Double @Nullable [] locations,
      @Nullable Integer @Nullable [] numbers) {
    List<Slice> slices = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      Double height = heights == null ? null : heights[i];
      slices.add(
          new Slice(
              "s" + i,
              0,
              numbers == null ? null : numbers[i],
              height == null ? null : new double[] {-120, -120, height},
              null,
              locations == null ? null : locations[i],
              ImageKind.AXIAL));
    }
    Collections.shuffle(slices, new Random(4));
    return slices;
  }

  private static final Double[] FALLING_MM = {25.0, 20.0, 15.0, 10.0, 5.0, 0.0};
  private static final Double[] EQUAL_MM = {0.0, 0.0, 0.0, 0.0, 0.0, 0.0};
  private static final Integer[] FALLING = {6, 5, 4, 3, 2, 1};
  private static final Integer[] RISING = {1, 2, 3, 4, 5, 6};
  private static final Integer[] EQUAL = {1, 1, 1, 1, 1, 1};
  private static final Integer[] MIXED = {1, 6, 2, 5, 3, 4};

  private static List<String> ids(Ordered ordered) {
    return ordered.slices().stream().map(Slice::imageId).toList();
  }

  private static void assertOrder(List<Slice> series, List<String> ids, Finding... findings) {
    Ordered ordered = SeriesOrder.order(series);
    assertThat(ids(ordered)).isEqualTo(ids);
    assertThat(ordered.findings()).containsExactly(findings);
    assertThat(ordered.leftOut()).isEmpty();
  }

  private static Finding by(String attribute) {
    return new Finding(
        Reason.NO_GEOMETRY, "", "6 of 6 slices lack geometry; ordered by " + attribute);
  }

  @Test
  void theHeightOfAPositionWithoutOrientationComesFirst() {
    assertOrder(series(FALLING_MM, EQUAL_MM, EQUAL), UPWARDS, by("height of ImagePositionPatient"));
  }

  @Test
  void thenSliceLocationInEitherDirectionOfTheNumbers() {
    assertOrder(series(null, FALLING_MM, null), UPWARDS, by("SliceLocation"));
    assertOrder(series(EQUAL_MM, FALLING_MM, FALLING), UPWARDS, by("SliceLocation"));
    assertOrder(series(null, FALLING_MM, RISING), UPWARDS, by("SliceLocation"));
  }

  @Test
  void locationsAndNumbersThatDisagreeAreSaid() {
    assertOrder(
        series(null, FALLING_MM, MIXED),
        UPWARDS,
        by("SliceLocation"),
        new Finding(
            Reason.ORDER_CONFLICT,
            "",
            "SliceLocation and InstanceNumber disagree; ordered by SliceLocation"));
  }

  @Test
  void thenTheNumber() {
    assertOrder(series(null, EQUAL_MM, FALLING), UPWARDS, by("InstanceNumber"));
    assertOrder(series(null, null, FALLING), UPWARDS, by("InstanceNumber"));
  }

  @Test
  void nothingThatOrdersLeavesTheSeriesOut() {
    for (List<Slice> series :
        List.of(
            series(null, null, null),
            series(null, null, EQUAL),
            series(EQUAL_MM, EQUAL_MM, EQUAL),
            series(null, null, new Integer[] {1, null, 2, null, null, null}))) {
      Ordered ordered = SeriesOrder.order(series);
      assertThat(ordered.slices()).isEmpty();
      assertThat(ordered.leftOut())
          .hasSize(6)
          .extracting(LeftOut::reason)
          .containsOnly(Reason.NO_ORDER);
      assertThat(ordered.findings())
          .containsExactly(
              new Finding(
                  Reason.NO_ORDER,
                  "",
                  "6 of 6 slices lack geometry; neither SliceLocation nor InstanceNumber orders"
                      + " them; none is selected"));
    }
  }

  @Test
  void aFewSlicesWithoutTheAttributeAreNamed() {
    Ordered ordered = SeriesOrder.order(series(null, null, new Integer[] {6, null, 4, 3, 2, 1}));
    assertThat(ids(ordered)).containsExactly("s5", "s4", "s3", "s2", "s0");
    assertThat(ordered.findings())
        .extracting(Finding::reason, Finding::imageId)
        .containsExactly(tuple(Reason.NO_GEOMETRY, ""), tuple(Reason.NO_GEOMETRY, "s1"));
  }

  /** An anonymiser may write the same position into all slices. */
  @Test
  void slicesAtOnePositionAreOrderedByAnotherAttribute() {
    List<Slice> series = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      series.add(new Slice("s" + i, FALLING[i], new double[3], AXIAL));
    }
    assertOrder(
        series,
        UPWARDS,
        new Finding(
            Reason.NO_GEOMETRY, "", "6 slices lie at one position; ordered by InstanceNumber"));
  }

  @Test
  void framesOfOneObjectAreOrderedByTheirNumber() {
    List<Slice> frames = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      String id = i == 0 ? "ID_1" : "ID_1-f" + i;
      frames.add(new Slice(id, i, 1, new double[3], AXIAL, null, ImageKind.AXIAL));
    }
    assertThat(SeriesOrder.order(frames).slices()).isEqualTo(frames);
  }

  @Test
  void aSeriesOfOtherKindsIsLeftOutWithOneFinding() {
    List<Slice> series = new ArrayList<>();
    double[] coronal = {1, 0, 0, 0, 0, -1};
    for (int i = 0; i < 6; i++) {
      series.add(new Slice("s" + i, i, new double[] {0, i, 0}, coronal));
    }
    series.add(new Slice("s9", 0, 9, new double[3], AXIAL, null, ImageKind.LOCALIZER));
    Ordered ordered = SeriesOrder.order(series);
    assertThat(ordered.slices()).isEmpty();
    assertThat(ordered.leftOut()).hasSize(7);
    assertThat(ordered.findings())
        .containsExactly(
            new Finding(
                Reason.NOT_AXIAL,
                "",
                "left out by select.kinds: 6 of kind reformat, 1 of kind localizer"));

    Ordered asked = SeriesOrder.order(series, 5, Set.of(ImageKind.AXIAL, ImageKind.REFORMAT));
    assertThat(ids(asked)).containsExactly("s0", "s1", "s2", "s3", "s4", "s5");
    assertThat(asked.findings())
        .containsExactly(new Finding(Reason.NOT_AXIAL, "s9", "a localizer"));
  }

  /** A few axial slices among many reformats are the ones to read. */
  @Test
  void axialSlicesAreReadEvenIfTheyAreFew() {
    List<Slice> series = new ArrayList<>();
    for (int i = 0; i < 9; i++) {
      boolean axial = i < 3;
      series.add(
          new Slice(
              "s" + i,
              i,
              axial ? new double[] {0, 0, 5 * i} : new double[] {0, i, 0},
              axial ? AXIAL : new double[] {1, 0, 0, 0, 0, -1}));
    }
    Ordered ordered = SeriesOrder.order(series, 1);
    assertThat(ids(ordered)).containsExactly("s0", "s1", "s2");
    assertThat(ordered.findings())
        .hasSize(6)
        .extracting(Finding::reason)
        .containsOnly(Reason.OTHER_ORIENTATION);
  }
}
