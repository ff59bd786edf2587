package org.headct.ich.domain.ct;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.headct.ich.domain.series.SliceGeometry;
import org.junit.jupiter.api.Test;

class SliceGeometryTest {
  @Test
  void axialPositionIsZ() {
    double[] orientation = {1, 0, 0, 0, 1, 0};
    assertThat(SliceGeometry.positionMm(new double[] {-125, -130, 42.5}, orientation))
        .isEqualTo(42.5);
  }

  /** Checks a real header with a tilt of 18.5 degrees against numpy's cross and dot. */
  @Test
  void tiltedPosition() {
    double[] position = {-125, -107.683, 10.456};
    double[] orientation = {1, 0, 0, 0, 0.948324, -0.317305};
    assertThat(SliceGeometry.positionMm(position, orientation))
        .isCloseTo(0.317305 * -107.683 + 0.948324 * 10.456, within(1e-4));
  }

  @Test
  void normalIsTurnedToItsLargestComponent() {
    double[] position = {1, 2, 3};
    assertThat(SliceGeometry.positionMm(position, new double[] {-1, 0, 0, 0, 1, 0})).isEqualTo(3);
    assertThat(SliceGeometry.positionMm(position, new double[] {1, 0, 0, 0, 0, -1})).isEqualTo(2);
    assertThat(SliceGeometry.positionMm(position, new double[] {1, 0, 0, 0, 0, 1})).isEqualTo(2);
    assertThat(SliceGeometry.positionMm(position, new double[] {0, 1, 0, 0, 0, -1})).isEqualTo(1);
  }

  @Test
  void directionsOfFewDigitsAreNormalised() {
    double[] position = {0, 0, 100};
    assertThat(SliceGeometry.positionMm(position, new double[] {1.01, 0, 0, 0, 1.01, 0}))
        .isCloseTo(100, within(1e-9));
  }

  @Test
  void nothingWithoutUsableGeometry() {
    double[] position = {1, 2, 3};
    double[] orientation = {1, 0, 0, 0, 1, 0};
    assertThat(SliceGeometry.of(null, orientation)).isNull();
    assertThat(SliceGeometry.of(position, null)).isNull();
    assertThat(SliceGeometry.of(new double[] {1, 2}, orientation)).isNull();
    assertThat(SliceGeometry.of(new double[] {1, 2, Double.NaN}, orientation)).isNull();
    assertThat(SliceGeometry.of(position, new double[6])).isNull();
    assertThat(SliceGeometry.of(position, new double[] {1, 0, 0, 1, 0, 0})).isNull();
    assertThat(SliceGeometry.of(position, new double[] {1, 0, 0, 0, 0.5, 0})).isNull();
    assertThat(SliceGeometry.positionMm(null, null)).isNaN();
  }
}
