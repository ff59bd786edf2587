package org.headct.ich.pages;

import java.util.List;
import org.headct.ich.pages.TensorsReport.Channel;
import org.headct.ich.pages.element.DataTable;
import org.headct.ich.pages.element.Facts;
import org.headct.ich.pages.element.ImageGrid;
import org.headct.ich.pages.element.Page;
import org.headct.ich.pages.element.PageRenderer;
import org.headct.ich.pages.element.Section;
import org.headct.ich.pages.element.Table;

/** The page on which a person sees what a network sees: slices channel by channel. */
public final class TensorsPage {
  private TensorsPage() {}

  /** The whole HTML file, to be written as UTF-8. */
  public static String render(TensorsReport report) {
    return new PageRenderer().render(page(report));
  }

  private static Page page(TensorsReport report) {
    ExploreReport.Dataset dataset = report.dataset();
    List<Section> sections =
        List.of(
            new Section("facts", "Key figures", "", List.of(new Facts(dataset.facts()))),
            new Section("channels", "Channels", "", List.of(channels(report.channels()))),
            new Section(
                "slices",
                "Slices",
                "The classes come in turn; a slice of several stands once.",
                List.of(grid(report.slices()))));
    return new Page(
        "Tensors of the dataset " + dataset.name(),
        "Slices as the networks get them, each channel a picture",
        List.of(DataOrigin.NOT_FOR_CLINICAL_USE, report.origin().sentence()),
        sections,
        "Made on %s by version %s."
            .formatted(Dates.utc(dataset.finished()), dataset.codeVersion()));
  }

  private static Table channels(List<Channel> channels) {
    List<DataTable.Column> columns =
        List.of(
            DataTable.Column.text("Window (HU)"),
            DataTable.Column.number("Mean"),
            DataTable.Column.number("Deviation"));
    List<List<DataTable.Cell>> rows =
        channels.stream()
            .map(
                one ->
                    List.of(
                        DataTable.Cell.text(one.name()),
                        DataTable.Cell.decimal(one.mean(), 4),
                        DataTable.Cell.decimal(one.deviation(), 4)))
            .toList();
    return new Table(
        "Channels of a tensor",
        "Name, centre/width of each window. Standardised values have mean and deviation of the"
            + " training part taken out, and the pictures have them put back.",
        "",
        new DataTable(columns, rows));
  }

  private static ImageGrid grid(QueryResult<ContactSlice> slices) {
    List<ImageGrid.Tile> tiles =
        slices.rows().stream()
            .map(
                one ->
                    new ImageGrid.Tile(
                        one.imageId(),
                        one.windows(),
                        List.of(one.label(), one.place().line()),
                        one.tags()))
            .toList();
    return new ImageGrid(
        "Contact sheet",
        "Under each picture its window: name, centre/width in HU.",
        slices.source(),
        tiles,
        true);
  }
}
