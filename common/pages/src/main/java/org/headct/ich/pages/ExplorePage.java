package org.headct.ich.pages;

import java.util.ArrayList;
import java.util.List;
import org.headct.ich.pages.element.Facts;
import org.headct.ich.pages.element.ImageGrid;
import org.headct.ich.pages.element.Page;
import org.headct.ich.pages.element.PageRenderer;
import org.headct.ich.pages.element.Section;

/** The page of a data set: labels, series, findings, scanners, splits and some slices. */
public final class ExplorePage {
  private ExplorePage() {}

  /** Returns the whole HTML file as text; write it as UTF-8. */
  public static String render(ExploreReport report) {
    return new PageRenderer().render(page(report));
  }

  static Page page(ExploreReport report) {
    ExploreReport.Dataset dataset = report.dataset();
    List<Section> sections =
        new ArrayList<>(
            List.of(
                new Section("facts", "Key figures", "", List.of(new Facts(dataset.facts()))),
                new Section(
                    "labels",
                    "Labels",
                    "An image may show several subtypes; “any” is the OR of the five.",
                    ExploreFigures.labels(report)),
                new Section("series", "Series", "", ExploreFigures.series(report)),
                new Section(
                    "geometry",
                    "Geometry",
                    "Slice distance, slice thickness, tilt and pixel size of the series.",
                    GeometryFigures.of(report.geometry())),
                new Section(
                    "findings",
                    "Findings",
                    "Errors and notable facts in the input, by reason.",
                    ExploreFigures.findings(report)),
                new Section(
                    "pixels",
                    "Scanners and pixels",
                    "",
                    List.of(ExploreTables.pixels(report.pixelDescriptions()))),
                new Section(
                    "splits",
                    "Splits",
                    "",
                    List.of(
                        ExploreTables.splits(report.splits()),
                        ExploreTables.leakage(report.leakage()))),
                new Section("slices", "Slices", "", List.of(contactSheet(report.contactSheet()))),
                new Section(
                    "changes",
                    "Changes",
                    "",
                    List.of(ExploreTables.publications(report.publications())))));
    return new Page(
        "Head CT data: " + dataset.name(),
        "Contents of the tables and findings in the input",
        List.of(DataOrigin.NOT_FOR_CLINICAL_USE, report.origin().sentence()),
        sections,
        "Made on %s by version %s."
            .formatted(Dates.utc(dataset.finished()), dataset.codeVersion()));
  }

  private static ImageGrid contactSheet(QueryResult<ContactSlice> slices) {
    List<ImageGrid.Tile> tiles =
        slices.rows().stream()
            .map(
                one ->
                    new ImageGrid.Tile(
                        one.imageId(), one.windows(), List.of(one.label()), one.tags()))
            .toList();
    return new ImageGrid(
        "Contact sheet",
        "Each slice is shown in the windows of the tensors.",
        slices.source(),
        tiles);
  }
}
