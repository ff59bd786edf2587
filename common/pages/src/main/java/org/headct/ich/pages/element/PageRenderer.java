package org.headct.ich.pages.element;

import com.samskivert.mustache.Mustache;
import com.samskivert.mustache.Template;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The renderer of a {@link Page} as one HTML file. The file loads nothing: style, scripts, pictures
 * and data are inside, and its Content-Security-Policy allows only those. The template escapes
 * every text.
 */
public final class PageRenderer {
  private static final Pattern NOT_INLINE =
      Pattern.compile("</script|<!--", Pattern.CASE_INSENSITIVE);

  private final Template template;
  private final String style;
  private final String library;
  private final String script;
  private final String licence;

  public PageRenderer() {
    template =
        Mustache.compiler()
            .emptyStringIsFalse(true)
            .withLoader(name -> new StringReader(Resources.text(name + ".mustache")))
            .compile(Resources.text("page.mustache"));
    style = Resources.text("page.css");
    library = inline(Resources.text("vendor/echarts.min.js"));
    script = inline(Resources.text("page.js"));
    licence = Resources.text("vendor/LICENSE.txt") + "\n" + Resources.text("vendor/NOTICE.txt");
  }

  /** Returns the whole HTML file as text; write it as UTF-8. */
  public String render(Page page) {
    return template.execute(
        Map.ofEntries(
            Map.entry("title", page.title()),
            Map.entry("subtitle", page.subtitle()),
            Map.entry("notices", page.notices()),
            Map.entry("sections", page.sections().stream().map(PageRenderer::section).toList()),
            Map.entry("footer", page.footer()),
            Map.entry("csp", policy()),
            Map.entry("style", style),
            Map.entry("library", library),
            Map.entry("script", script),
            Map.entry("licence", licence)));
  }

  /**
   * Returns the Content-Security-Policy. Only styles are 'unsafe-inline', because charts set styles
   * on elements.
   */
  private String policy() {
    return "default-src 'none'; img-src data:; style-src 'unsafe-inline'; script-src "
        + Resources.cspHash(library)
        + " "
        + Resources.cspHash(script)
        + "; base-uri 'none'; form-action 'none'";
  }

  private static String inline(String script) {
    if (NOT_INLINE.matcher(script).find()) {
      throw new IllegalStateException("a script holds </script or <!--");
    }
    return script;
  }

  private static Map<String, Object> section(Section section) {
    return Map.of(
        "id", section.id(),
        "title", section.title(),
        "lead", section.lead(),
        "blocks", section.blocks().stream().map(PageRenderer::block).toList());
  }

  private static Map<String, Object> block(Block block) {
    if (block instanceof Figure figure) {
      return Map.of("figure", figure(figure));
    } else if (block instanceof Table table) {
      return Map.of("table", table(table));
    } else if (block instanceof Facts facts) {
      return Map.of("facts", Map.of("tiles", facts.facts()));
    } else if (block instanceof ImageGrid grid) {
      return Map.of("images", grid(grid));
    } else if (block instanceof Note note) {
      return Map.of("note", Map.of("text", note.text(), "link", note.link()));
    }
    throw new IllegalArgumentException("unknown block " + block.getClass().getName());
  }

  private static Map<String, Object> figure(Figure figure) {
    boolean empty = figure.chart().isEmpty();
    return Map.of(
        "title", figure.title(),
        "caption", figure.caption(),
        "source", figure.source(),
        "shape", shape(figure.chart()),
        "empty", empty,
        "json", empty ? "" : ChartJson.write(figure.chart()),
        "data", data(figure.title(), figure.chart().data()));
  }

  private static Map<String, Object> table(Table table) {
    return Map.of(
        "title", table.title(),
        "caption", table.caption(),
        "source", table.source(),
        "empty", table.data().rows().isEmpty(),
        "data", data(table.title(), table.data(), table.marked()));
  }

  private static Map<String, Object> data(String title, DataTable table) {
    return data(title, table, Set.of());
  }

  private static Map<String, Object> data(String title, DataTable table, Set<Integer> marked) {
    List<String> align =
        table.columns().stream().map(c -> c.align() == DataTable.Align.NUMBER ? "n" : "t").toList();
    List<Map<String, Object>> rows = new ArrayList<>();
    for (List<DataTable.Cell> row : table.rows()) {
      List<Map<String, Object>> cells = new ArrayList<>();
      for (DataTable.Cell cell : row) {
        boolean first = cells.isEmpty();
        cells.add(
            Map.of(
                "text", cell.shown(),
                "link", cell.link(),
                "align", align.get(cells.size()),
                "heads", first));
      }
      rows.add(Map.of("cells", cells, "marked", marked.contains(rows.size())));
    }
    List<Map<String, Object>> columns = new ArrayList<>();
    table
        .columns()
        .forEach(c -> columns.add(Map.of("name", c.name(), "align", align.get(columns.size()))));
    return Map.of(
        "label", title,
        "columns", columns,
        "rows", rows,
        "file", slug(title) + ".csv",
        "csv", Csv.dataUri(table));
  }

  private static Map<String, Object> grid(ImageGrid grid) {
    return Map.of(
        "title", grid.title(),
        "caption", grid.caption(),
        "source", grid.source(),
        "empty", grid.tiles().isEmpty(),
        "large", grid.large(),
        "tiles", grid.tiles(),
        "file", slug(grid.title()) + ".csv",
        "csv", Csv.dataUri(grid.data()));
  }

  private static String shape(Chart chart) {
    if (chart instanceof Lines lines) {
      return lines.shape() == Lines.Shape.SQUARE ? "square" : "wide";
    }
    return chart instanceof HeatMap ? "square" : "wide";
  }

  /** Turns a title into a file name: "ROC curves" becomes "roc-curves". */
  private static String slug(String title) {
    String words = title.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
    String trimmed = words.replaceAll("^-|-$", "");
    return trimmed.isEmpty() ? "data" : trimmed;
  }
}
