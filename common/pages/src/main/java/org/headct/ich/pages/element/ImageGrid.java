package org.headct.ich.pages.element;

import java.util.List;

/**
 * Slices, each in its windows side by side, with a line or more about each.
 *
 * @param large whether the pictures are what the page is for
 */
public record ImageGrid(
    String title, String caption, String source, List<Tile> tiles, boolean large) implements Block {

  /**
   * @param title names the slice
   * @param pictures the same slice in several windows
   * @param lines what is to be said of it, a line each
   * @param tags by which a reader picks tiles, such as its classes and its part of the split
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

    /** For the page's script; a tag holds no line end. */
    public String tagLines() {
      return String.join("\n", tags);
    }
  }

  public ImageGrid {
    tiles = List.copyOf(tiles);
  }

  /** The slices and what is said of them, without their pictures. */
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
