package org.headct.ich.pages.element;

import java.util.List;

/**
 * A grid of slices. Each slice has its windows side by side and lines of text.
 *
 * @param large true for large pictures
 */
public record ImageGrid(
    String title, String caption, String source, List<Tile> tiles, boolean large) implements Block {

  /**
   * A slice of the grid.
   *
   * @param title name of the slice
   * @param pictures slice in several windows
   * @param lines lines of text about the slice
   * @param tags tags to filter by, such as the slice's classes and its part of the split
   */
  public record Tile(String title, List<Picture> pictures, List<String> lines, List<String> tags) {
    public Tile {
      pictures = List.copyOf(pictures);
      lines = List.copyOf(lines);
      tags = List.copyOf(tags);
    }

    public Tile(String title, List<Picture> pictures, List<String> lines) {
      this(title, pictures, lines, List.of());
    }

    /** Returns the tags for the page's script, one per line; a tag holds no line end. */
    public String tagLines() {
      return String.join("\n", tags);
    }
  }

  public ImageGrid {
    tiles = List.copyOf(tiles);
  }

  /** Returns the slices and their text as a table, without the pictures. */
  DataTable data() {
    return new DataTable(
        List.of(DataTable.Column.text("Slice"), DataTable.Column.text("About")),
        tiles.stream()
            .map(
                tile ->
                    List.of(
                        DataTable.Cell.text(tile.title()),
                        DataTable.Cell.text(String.join("; ", tile.lines()))))
            .toList());
  }

  public ImageGrid(String title, String caption, String source, List<Tile> tiles) {
    this(title, caption, source, tiles, false);
  }
}
