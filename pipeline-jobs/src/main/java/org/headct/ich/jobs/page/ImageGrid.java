package org.headct.ich.jobs.page;

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
   */
  public record Tile(String title, List<Picture> pictures, List<String> lines) {
    public Tile {
      pictures = List.copyOf(pictures);
      lines = List.copyOf(lines);
    }
  }

  public ImageGrid {
    tiles = List.copyOf(tiles);
  }

  public ImageGrid(String title, String caption, String source, List<Tile> tiles) {
    this(title, caption, source, tiles, false);
  }
}
