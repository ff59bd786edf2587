package org.headct.ich.pages.element;

import java.util.List;

/**
 * A section of a page, listed in its table of contents.
 *
 * @param id anchor: lower-case letters, digits and hyphens, unique in the page
 * @param lead introduction of one or two sentences; may be empty
 */
public record Section(String id, String title, String lead, List<Block> blocks) {
  public Section {
    if (!id.matches("[a-z][a-z0-9-]*")) {
      throw new IllegalArgumentException("a section id must match [a-z][a-z0-9-]*, got " + id);
    }
    blocks = List.copyOf(blocks);
  }
}
