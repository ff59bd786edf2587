package org.headct.ich.jobs.page;

import java.util.ArrayList;
import java.util.List;
import org.headct.ich.jobs.page.ExploreReport.PixelDescription;
import org.headct.ich.jobs.page.ExploreReport.SplitCount;

/**
 * The page of a data set: its labels, series, findings, scanners, splits and some of its slices.
 */
public final class ExplorePage {
  private ExplorePage() {}

  /** The whole HTML file, to be written as UTF-8. */
  public static String render(ExploreReport report) {
    return new PageRenderer().render(page(report));
  }

  static Page page(ExploreReport report) {
    ExploreReport.Dataset dataset = report.dataset();
    List<Section> sections =
        List.of(
            new Section("facts", "Key figures", "", List.of(new Facts(dataset.facts()))),
            new Section(
                "labels",
                "Labels",
                "An image may show several subtypes; “any” is the OR of the five.",
                ExploreFigures.labels(report)),
            new Section("series", "Series", "", ExploreFigures.series(report)),
            new Section(
                "findings",
                "Findings",
                "What was wrong or noteworthy in the input, by reason.",
                ExploreFigures.findings(report)),
            new Section(
                "pixels", "Scanners and pixels", "", List.of(pixels(report.pixelDescriptions()))),
            new Section("splits", "Splits", "", List.of(splits(report.splits()))),
            new Section("slices", "Slices", "", List.of(contactSheet(report.contactSheet()))));
    return new Page(
        "Head CT data: " + dataset.name(),
        "What is in the tables, and what was found wrong with it",
        List.of(DataOrigin.NOT_FOR_CLINICAL_USE, report.origin().sentence()),
        sections,
        "Made on %s by version %s."
            .formatted(Dates.utc(dataset.finished()), dataset.codeVersion()));
  }

  private static Table pixels(Queried<PixelDescription> descriptions) {
    List<DataTable.Column> columns =
        List.of(
            DataTable.Column.text("Scanner"),
            DataTable.Column.number("Rows × columns"),
            DataTable.Column.number("Bits stored"),
            DataTable.Column.text("Representation"),
            DataTable.Column.text("Transfer syntax"),
            DataTable.Column.number("Rescale intercept (HU)"),
            DataTable.Column.number("Images"),
            DataTable.Column.number("Share"));
    long all = descriptions.rows().stream().mapToLong(PixelDescription::images).sum();
    List<List<DataTable.Cell>> rows = new ArrayList<>();
    for (PixelDescription one : descriptions.rows()) {
      double share = all == 0 ? Double.NaN : (double) one.images() / all;
      rows.add(
          List.of(
              DataTable.Cell.text(orUnknown(one.scanner())),
              DataTable.Cell.text(one.rows() + " × " + one.columns()),
              DataTable.Cell.count(one.bitsStored()),
              DataTable.Cell.text(one.representation()),
              DataTable.Cell.text(one.transferSyntax()),
              DataTable.Cell.decimal(one.rescaleIntercept(), 0),
              DataTable.Cell.count(one.images()),
              DataTable.Cell.number(share, Format.PERCENT)));
    }
    return new Table(
        "Scanners and pixel descriptions",
        "How the stored pixels are to be read, image by image.",
        descriptions.source(),
        new DataTable(columns, rows));
  }

  private static Table splits(Queried<SplitCount> splits) {
    List<String> classes =
        splits.rows().stream()
            .flatMap(split -> split.positives().stream())
            .map(SplitCount.ClassCount::name)
            .distinct()
            .toList();
    List<DataTable.Column> columns = new ArrayList<>();
    columns.add(DataTable.Column.text("Part"));
    columns.add(DataTable.Column.number("Patients"));
    columns.add(DataTable.Column.number("Series"));
    columns.add(DataTable.Column.number("Images"));
    classes.forEach(name -> columns.add(DataTable.Column.number(name)));
    List<List<DataTable.Cell>> rows = new ArrayList<>();
    for (SplitCount split : splits.rows()) {
      List<DataTable.Cell> row = new ArrayList<>();
      row.add(DataTable.Cell.text(split.split()));
      row.add(DataTable.Cell.count(split.patients()));
      row.add(DataTable.Cell.count(split.series()));
      row.add(DataTable.Cell.count(split.images()));
      for (String name : classes) {
        long images =
            split.positives().stream()
                .filter(one -> one.name().equals(name))
                .mapToLong(SplitCount.ClassCount::images)
                .sum();
        String share = Numbers.share(images, split.images());
        row.add(
            new DataTable.Cell(Numbers.count(images) + " (" + share + ")", Long.toString(images)));
      }
      rows.add(row);
    }
    return new Table(
        "Parts of the split",
        "Positive images of each class, and their share of the part.",
        splits.source(),
        new DataTable(columns, rows));
  }

  private static ImageGrid contactSheet(Queried<ContactSlice> slices) {
    List<ImageGrid.Tile> tiles =
        slices.rows().stream()
            .map(one -> new ImageGrid.Tile(one.imageId(), one.windows(), List.of(one.label())))
            .toList();
    return new ImageGrid(
        "Contact sheet", "Each slice in the windows of the tensors.", slices.source(), tiles);
  }

  private static String orUnknown(String text) {
    return text.isBlank() ? "not stated" : text;
  }
}
