package org.headct.ich.pages;

import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.headct.ich.pages.ExploreReport.MeasureCount;
import org.headct.ich.pages.element.Block;
import org.headct.ich.pages.element.Figure;
import org.headct.ich.pages.element.Histogram;
import org.headct.ich.pages.element.Numbers;

/** Charts of the series' geometry, one per measure. */
final class GeometryFigures {
  /** A measure of the geometry query, with the step to which its values are rounded. */
  private enum Measure {
    DISTANCE("distance (mm)", "Distance between slices", "mm", 0.5, 1),
    THICKNESS("thickness (mm)", "Thickness of slices", "mm", 0.5, 1),
    TILT("tilt (degrees)", "Tilt", "degrees", 1, 0),
    PIXEL("pixel (mm)", "Size of a pixel", "mm", 0.02, 2);

    private final String name;
    private final String title;
    private final String unit;
    private final double step;
    private final int digits;

    Measure(String name, String title, String unit, double step, int digits) {
      this.name = name;
      this.title = title;
      this.unit = unit;
      this.step = step;
      this.digits = digits;
    }
  }

  private GeometryFigures() {}

  static List<Block> of(QueryResult<MeasureCount> geometry) {
    return List.of(
        figure(
            geometry,
            Measure.DISTANCE,
            "Distance between neighbouring slices along their normal, in mm. It is less than the"
                + " thickness if slices overlap, and more if they leave gaps."),
        figure(geometry, Measure.THICKNESS, "Slice thickness as stated in the headers, in mm."),
        figure(
            geometry,
            Measure.TILT,
            "Angle between the slices' normal and the long axis of the body, in degrees. It is"
                + " above 0 if the gantry is tilted."),
        figure(
            geometry,
            Measure.PIXEL,
            "Distance between two neighbouring pixels in the slice plane, in mm."));
  }

  private static Figure figure(
      QueryResult<MeasureCount> geometry, Measure measure, String caption) {
    SortedMap<Integer, Long> counts = new TreeMap<>();
    for (MeasureCount one : geometry.rows()) {
      if (one.measure().equals(measure.name)) {
        counts.merge((int) Math.round(one.value() / measure.step), one.series(), Long::sum);
      }
    }
    return new Figure(
        measure.title,
        caption + " Each series counts once, with its median.",
        geometry.source(),
        Histogram.of(
            measure.title + " (" + measure.unit + ")",
            "series",
            counts,
            step -> Numbers.decimal(step * measure.step, measure.digits)));
  }
}
