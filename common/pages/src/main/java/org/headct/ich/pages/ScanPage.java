package org.headct.ich.pages;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.headct.ich.pages.ScanReport.Slice;
import org.headct.ich.pages.element.Axis;
import org.headct.ich.pages.element.Block;
import org.headct.ich.pages.element.DataTable;
import org.headct.ich.pages.element.Facts;
import org.headct.ich.pages.element.Figure;
import org.headct.ich.pages.element.Format;
import org.headct.ich.pages.element.ImageGrid;
import org.headct.ich.pages.element.Lines;
import org.headct.ich.pages.element.Note;
import org.headct.ich.pages.element.Numbers;
import org.headct.ich.pages.element.Page;
import org.headct.ich.pages.element.PageRenderer;
import org.headct.ich.pages.element.Point;
import org.headct.ich.pages.element.Section;
import org.headct.ich.pages.element.Table;

/** The page of one scan: the model's scores along its series and the most suspicious slices. */
public final class ScanPage {
  private ScanPage() {}

  /** Returns the whole HTML file as text; write it as UTF-8. */
  public static String render(ScanReport report) {
    return new PageRenderer().render(page(report));
  }

  private static Page page(ScanReport report) {
    ScansReport.Scan scan = report.scan();
    List<Facts.Fact> facts = new ArrayList<>();
    facts.add(
        new Facts.Fact("Suspicion", Numbers.decimal(scan.suspicion(), 4), "no. " + report.rank()));
    facts.add(new Facts.Fact("Patient", scan.patientId(), ""));
    facts.add(new Facts.Fact("Slices", Numbers.count(scan.slices()), scan.series() + " series"));
    facts.addAll(ScansPage.facts(report.source()));
    List<Section> sections =
        List.of(
            new Section(
                "scan",
                "The scan",
                "",
                List.of(new Facts(facts), new Note("All scans of the dump", scan.page()))),
            new Section(
                "series",
                "Along the series",
                "Axial slices run from feet to head. A bleed spans neighbouring slices; a high"
                    + " score of a single slice may be noise.",
                curves(report)),
            new Section(
                "suspicious",
                "Most suspicious slices",
                "Each slice is shown in the windows that the network sees.",
                List.of(grid(report))),
            new Section("slices", "All slices", "", List.of(table(report))));
    return new Page(
        "Scan " + scan.scanId(),
        "Dump " + report.source().dump() + ", scored by run " + report.source().run(),
        List.of(DataOrigin.NOT_FOR_CLINICAL_USE, report.origin().sentence()),
        sections,
        ScansPage.footer(report.source()));
  }

  private static List<Block> curves(ScanReport report) {
    return report.slices().stream()
        .map(Slice::seriesId)
        .distinct()
        .sorted()
        .map(series -> (Block) curve(report, series))
        .toList();
  }

  private static Figure curve(ScanReport report, String series) {
    List<Slice> placed =
        report.slices().stream()
            .filter(slice -> slice.seriesId().equals(series) && slice.position().isPresent())
            .sorted(Comparator.comparingInt(slice -> slice.position().getAsInt()))
            .toList();
    List<Lines.Series> lines =
        IntStream.range(0, report.outputs().size())
            .mapToObj(
                output ->
                    new Lines.Series(
                        report.outputs().get(output),
                        "",
                        Lines.Style.LINE,
                        placed.stream().map(slice -> point(slice, output)).toList(),
                        List.of()))
            .toList();
    return new Figure(
        "Series " + series,
        "Score of each slice by its position in the series.",
        "",
        new Lines(
            Axis.ofCounts("Position in the series"),
            Axis.ofFraction("Score", Format.DECIMAL),
            Lines.Shape.WIDE,
            lines));
  }

  private static Point point(Slice slice, int output) {
    return Point.of(slice.position().getAsInt(), slice.scores().get(output));
  }

  private static ImageGrid grid(ScanReport report) {
    List<ImageGrid.Tile> tiles =
        report.slices().stream()
            .filter(slice -> !slice.windows().isEmpty())
            .map(
                slice ->
                    new ImageGrid.Tile(
                        slice.imageId(),
                        slice.windows(),
                        List.of(scores(report, slice), "position " + slice.place())))
            .toList();
    return new ImageGrid(
        "Slices",
        "The text under a picture is its window: name:centre/width in HU.",
        "",
        tiles,
        true);
  }

  private static String scores(ScanReport report, Slice slice) {
    return String.join(
        ", ",
        IntStream.range(0, report.outputs().size())
            .mapToObj(
                output ->
                    report.outputs().get(output)
                        + " "
                        + Numbers.decimal(slice.scores().get(output), 3))
            .toList());
  }

  private static Table table(ScanReport report) {
    List<DataTable.Column> columns = new ArrayList<>();
    columns.add(DataTable.Column.text("Slice"));
    columns.add(DataTable.Column.number("Position"));
    columns.add(DataTable.Column.number("Suspicion"));
    report.outputs().forEach(name -> columns.add(DataTable.Column.number(name)));
    columns.add(DataTable.Column.text("Series"));
    List<List<DataTable.Cell>> rows = new ArrayList<>();
    for (Slice slice : report.slices()) {
      List<DataTable.Cell> row = new ArrayList<>();
      row.add(DataTable.Cell.text(slice.imageId()));
      row.add(new DataTable.Cell(slice.place(), slice.position().isPresent() ? slice.place() : ""));
      row.add(DataTable.Cell.decimal(slice.suspicion(), 4));
      slice.scores().forEach(score -> row.add(DataTable.Cell.decimal(score, 4)));
      row.add(DataTable.Cell.text(slice.seriesId()));
      rows.add(row);
    }
    return new Table(
        "Slices, those that count first, by suspicion",
        "– means a slice without a position in its series. Slices that nothing orders count for the"
            + " scan only if no other slice has a position. Localizers, reformats, projections and"
            + " maps never count and come last; ich.score_findings names them.",
        "",
        new DataTable(columns, rows));
  }
}
