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

/** The page of a dataset's tensors: slices as a network sees them, channel by channel. */
public final class TensorsPage {
  private TensorsPage() {}

  /** Returns the whole HTML file as text; write it as UTF-8. */
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
                "Each class has some slices; a slice of several classes appears once.",
                List.of(grid(report.slices()))));
    return new Page(
        "Tensors of the dataset " + dataset.name(),
        "Slices as the networks get them, one picture per channel",
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
        "Name, centre/width of each window. Standardised values have the mean of the training"
            + " part subtracted and are divided by its deviation. The pictures undo this.",
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
        "The text under a picture is its window: name, centre/width in HU.",
        slices.source(),
        tiles,
        true);
  }
}
