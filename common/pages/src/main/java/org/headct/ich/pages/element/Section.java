package org.headct.ich.pages.element;

import java.util.List;

/**
 * A chapter of a page, reached from its table of contents.
 *
 * @param id its anchor: lower-case letters, digits and hyphens, unique in the page
 * @param lead what it is about, in a sentence or two; may be empty
 */
public record Section(String id, String title, String lead, List<Block> blocks) {
  public Section {
    if (!id.matches("[a-z][a-z0-9-]*")) {
      throw new IllegalArgumentException("not an anchor: " + id);
    }
    blocks = List.copyOf(blocks);
  }
}
