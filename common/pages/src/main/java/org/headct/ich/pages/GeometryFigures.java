package org.headct.ich.pages;

import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.headct.ich.pages.ExploreReport.MeasureCount;
import org.headct.ich.pages.element.Block;
import org.headct.ich.pages.element.Figure;
import org.headct.ich.pages.element.Histogram;
import org.headct.ich.pages.element.Numbers;

/** How the slices of the series are placed: a chart for each measure. */
final class GeometryFigures {
  /** The measures of the query, each with the step that it rounds to. */
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
            "Between neighbours along the normal of their plane, in mm: less than the thickness where"
                + " slices overlap, more where they leave gaps."),
        figure(geometry, Measure.THICKNESS, "As the headers state it, in mm."),
        figure(
            geometry,
            Measure.TILT,
            "Angle of the slices' normal to the long axis of the body, in degrees: a tilted gantry."),
        figure(geometry, Measure.PIXEL, "Distance of two pixels in the slice's plane, in mm."));
  }

  private static Figure figure(QueryResult<MeasureCount> geometry, Measure measure, String caption) {
    SortedMap<Integer, Long> counts = new TreeMap<>();
    for (MeasureCount one : geometry.rows()) {
      if (one.measure().equals(measure.name)) {
        counts.merge((int) Math.round(one.value() / measure.step), one.series(), Long::sum);
      }
    }
    return new Figure(
        measure.title,
        caption + " The median of each series.",
        geometry.source(),
        Histogram.of(
            measure.title + " (" + measure.unit + ")",
            "series",
            counts,
            step -> Numbers.decimal(step * measure.step, measure.digits)));
  }
}
