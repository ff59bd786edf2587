package org.headct.ich.jobs.notebook;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import org.knowm.xchart.CategoryChart;
import org.knowm.xchart.CategoryChartBuilder;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.style.Styler;
import org.knowm.xchart.style.markers.SeriesMarkers;

/**
 * XChart charts in the pages' colours. The notebook adds the series. XChart is only on the
 * notebooks' class path.
 */
public final class Charts {
  /**
   * Okabe and Ito's colours, as on the pages; blue comes first, because most charts have one
   * series.
   */
  private static final Color[] COLOURS = {
    new Color(0x0072b2), new Color(0xe69f00), new Color(0x009e73), new Color(0xd55e00),
    new Color(0xcc79a7), new Color(0x56b4e9), new Color(0x8c7a00), new Color(0x1b1f24)
  };

  private static final int WIDTH = 760;
  private static final int HEIGHT = 380;

  /** A font small enough for the subtypes' names side by side. */
  private static final Font TICKS = new Font(Font.SANS_SERIF, Font.PLAIN, 11);

  private Charts() {}

  /** Returns a chart of lines over numbers. */
  public static XYChart lines(String title, String x, String y) {
    XYChart chart = xy(WIDTH, HEIGHT, title, x, y);
    chart.getStyler().setMarkerSize(6);
    return chart;
  }

  /** Returns a square chart of rates from 0 to 1, with the diagonal. */
  public static XYChart rates(String title, String x, String y, String diagonal) {
    XYChart chart = xy(HEIGHT + 180, HEIGHT + 40, title, x, y);
    chart.getStyler().setXAxisMin(0.0).setXAxisMax(1.0).setYAxisMin(0.0).setYAxisMax(1.0);
    chart
        .addSeries(diagonal, new double[] {0, 1}, new double[] {0, 1})
        .setMarker(SeriesMarkers.NONE)
        .setLineStyle(new BasicStroke(1, BasicStroke.CAP_BUTT, 0, 1, new float[] {4, 4}, 0))
        .setLineColor(Color.GRAY);
    return chart;
  }

  /** Returns a chart with one bar per category. */
  public static CategoryChart bars(String title, String x, String y) {
    CategoryChart chart =
        new CategoryChartBuilder()
            .width(WIDTH)
            .height(HEIGHT)
            .title(title)
            .xAxisTitle(x)
            .yAxisTitle(y)
            .build();
    style(chart.getStyler());
    chart.getStyler().setAvailableSpaceFill(0.8).setAxisTickLabelsFont(TICKS);
    return chart;
  }

  private static XYChart xy(int width, int height, String title, String x, String y) {
    XYChart chart =
        new XYChartBuilder()
            .width(width)
            .height(height)
            .title(title)
            .xAxisTitle(x)
            .yAxisTitle(y)
            .build();
    style(chart.getStyler());
    return chart;
  }

  private static void style(Styler styler) {
    styler.setSeriesColors(COLOURS);
    styler.setChartBackgroundColor(Color.WHITE);
    styler.setPlotBorderVisible(false);
    styler.setLegendBorderColor(Color.WHITE);
    styler.setChartTitleFont(new Font(Font.SANS_SERIF, Font.BOLD, 15));
    styler.setLegendPosition(Styler.LegendPosition.OutsideE);
    styler.setAntiAlias(true);
  }
}
